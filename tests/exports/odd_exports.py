"""Makes exports in which two resources have one name, in ways that hide the second.

Each number stands for one export: how it is written and where the second of the two
stands is drawn from that number. The places are those where people and programs put
resources: in a second table, a sheet, a text of JSON, beside the list.
"""

import csv
import io
import json
import random
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[str]
NAME = "k4p7q2m9x3v6b8n"
HEADER = ("Resource ID", "Username", "Email Address", "Status", "License Type")
FIELDS = ("id", "userName", "email", "isActive", "licenseType")
PEOPLE: Sequence[Row] = [
    (str(29_682_885 + at), name, f"{name}@example.com", status, "Professional")
    for at, (name, status) in enumerate(
        [("aarcher", "Active"), ("bbaker", "Inactive"), ("ccarter", "Active")]
    )
]
FIRST: Row = ("29682900", NAME, "alerts@example.com", "Active", "API User")
SECOND: Row = ("29682901", NAME, "old@example.com", "Inactive", "API User")
BASE = [*PEOPLE, FIRST]

Write = Callable[[Sequence[Row]], str]


def _move(row: Row) -> Row:
    return (row[1], row[3], row[4], row[0], row[2])


TABLES: Mapping[str, Callable[[Write], str]] = {
    "row": lambda w: w([HEADER, *BASE, SECOND]),
    "after a blank line": lambda w: w([HEADER, *BASE]) + "\n" + w([SECOND]),
    "after the header again": lambda w: w([HEADER, *BASE, HEADER, SECOND]),
    "after another header": lambda w: (
        w([HEADER, *BASE]) + "\n" + w([_move(HEADER), _move(SECOND)])
    ),
    "after a title": lambda w: (
        w([HEADER, *BASE]) + "\nInactive resources\n" + w([HEADER, SECOND])
    ),
    "after a group row": lambda w: w([HEADER, *BASE, ["Inactive (1)"], SECOND]),
    "joined with a mark": lambda w: w([HEADER, *BASE]) + "\ufeff" + w([HEADER, SECOND]),
    "after another delimiter": lambda w: (
        w([HEADER, *BASE]) + "^".join(HEADER) + "\n" + "^".join(SECOND) + "\n"
    ),
    "with a field more": lambda w: w([HEADER, *BASE, [*SECOND, "x"]]),
    "as one field": lambda w: w([HEADER, *BASE, ['"'.join(SECOND)]]),
    "as a comment": lambda w: w([HEADER, *BASE]) + "# " + w([SECOND]),
    "beside the table": lambda w: w(
        [
            [*HEADER, "", "Username"],
            *([*row, "", NAME if row is PEOPLE[0] else ""] for row in BASE),
        ]
    ),
    "after an end of file": lambda w: w([HEADER, *BASE]) + "\x1a" + w([SECOND]),
    "cut away": lambda w: w([HEADER, *BASE]) + w([SECOND])[:9],
    "with totals": lambda w: w([HEADER, *BASE, SECOND, ["Total", "5", "", "", ""]]),
    "in a list of names": lambda w: w(
        [HEADER, *BASE, (*SECOND[:1], f"{NAME}; b", *SECOND[2:])]
    ),
    "masked": lambda w: w([HEADER, *BASE, (*SECOND[:1], "k4p7***", *SECOND[2:])]),
    "as a formula": lambda w: w(
        [HEADER, *BASE, (*SECOND[:1], f'="{NAME}"', *SECOND[2:])]
    ),
    "one cell to the right": lambda w: w([HEADER, *BASE, ("", *SECOND[:-1])]),
    "one cell to the left": lambda w: w([HEADER, *BASE, (*SECOND[1:], "")]),
    "as a word": lambda w: w([HEADER, *BASE, (*SECOND[:1], "redacted", *SECOND[2:])]),
    "without a name": lambda w: w([HEADER, *BASE, (*SECOND[:1], "", *SECOND[2:])]),
}


def _make_object(row: Row) -> dict[str, Any]:
    return dict(zip(FIELDS, row, strict=True))


USERS = [_make_object(row) for row in BASE]
OTHER = _make_object(SECOND)
ANSWER = {"items": USERS}
LAST = {"pageDetails": {"nextPageUrl": None}}
JSONS: Mapping[str, object] = {
    "in the list": {"items": [*USERS, OTHER]},
    "beside the list": ANSWER | {"inactive": [OTHER]},
    "as an object beside it": ANSWER | {"owner": OTHER},
    "under its ID beside it": ANSWER | {"more": {"29682901": OTHER}},
    "as a name beside it": ANSWER | {"inactive": [NAME]},
    "as a row beside it": ANSWER | {"rows": [["29682901", NAME]]},
    "as a text beside it": ANSWER | {"body": json.dumps([OTHER])},
    "as a table beside it": ANSWER | {"csv": "ID,Username\n29682901," + NAME + "\n"},
    "as a text of its own": ANSWER | LAST | {"inactive": NAME},
    "as a key": ANSWER | LAST | {"inactive": {NAME: None}},
    "in base64": ANSWER | LAST | {"more": b64encode(NAME.encode()).decode()},
    "after a mark": ANSWER | {"after": 29682900},
    "in a record": {"items": [USERS[0] | {"manager": OTHER}, *USERS[1:]]},
    "in a text of a record": {
        "items": [USERS[0] | {"raw": json.dumps(OTHER)}, *USERS[1:]]
    },
    "in an inner list": [*USERS, [OTHER]],
    "in an inner answer": [*USERS, {"data": [OTHER]}],
    "in an inner object": [*USERS, {"a": {"b": {"c": {"d": OTHER}}}}],
    "as an element": [*USERS, NAME],
    "under another key": {"items": [*USERS, {"login": NAME, "id": 7}]},
    "on the next page": ANSWER | {"pageDetails": {"nextPageUrl": "p2"}},
    "on the page before": ANSWER | {"page": 2, "totalPages": 2},
    "above the limit": ANSWER | {"limit": len(USERS)},
    "not counted": ANSWER | {"total": 5},
    "after an error": ANSWER | {"errors": ["timeout"]},
    "of no success": ANSWER | {"success": False},
    "under IDs": {"29682900": USERS[-1], "29682901": OTHER},
    "cut short": ANSWER | {"inactive": "System.Object[]"},
}

LATER: Mapping[str, object] = {
    "as a further answer": {"items": [OTHER]},
    "as a further list": [OTHER],
    "as a further object": OTHER,
    "as a further name": [NAME],
    "as a text": NAME,
    "under another name": {"results": [OTHER]},
    "as objects under IDs": {"1": OTHER, "2": OTHER},
}


def _add(sheet: Worksheet, row: Row, line: int, column: int = 1) -> None:
    for at, text in enumerate(row, start=column):
        sheet.cell(line, at, text)


def _hide(sheet: Worksheet) -> None:
    _add(sheet, SECOND, 6)
    sheet.row_dimensions[6].hidden = True
    sheet.auto_filter.ref = "A1:E6"


def _merge(sheet: Worksheet) -> None:
    _add(sheet, SECOND, 6)
    sheet.merge_cells("B5:B6")


def _add_sheet(sheet: Worksheet) -> None:
    book = sheet.parent
    assert book is not None
    other = book.create_sheet("Inactive")
    _add(other, HEADER, 1)
    _add(other, SECOND, 2)
    other.sheet_state = "veryHidden"


def _add_right(sheet: Worksheet) -> None:
    _add(sheet, ("Username", "Status"), 1, 8)
    _add(sheet, (NAME, "Inactive"), 2, 8)


def _add_group(sheet: Worksheet) -> None:
    _add(sheet, ("Inactive (1)",), 7)
    _add(sheet, SECOND, 8)


SHEETS: Mapping[str, Callable[[Worksheet], None]] = {
    "in a row": lambda sheet: _add(sheet, SECOND, 6),
    "in a hidden row": _hide,
    "in merged cells": _merge,
    "in a hidden sheet": _add_sheet,
    "far below": lambda sheet: _add(sheet, SECOND, 60),
    "beside the table": _add_right,
    "beside the table, lower": lambda sheet: _add(sheet, (NAME, "Inactive"), 3, 8),
    "one cell to the right": lambda sheet: _add(sheet, SECOND, 6, 2),
    "as a formula": lambda sheet: _add(sheet, (SECOND[0], f'="{NAME}"'), 6),
    "below a group row": _add_group,
}


def make_export(number: int) -> tuple[str, str, bytes]:
    """Return how an export hides the second name, how its name ends, and its bytes."""
    draw = random.Random(number)  # noqa: S311  # no secret
    kind = draw.choice(["table", "table", "json", "json", "later", "book"])
    codec = draw.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"])
    if kind == "book":
        place = draw.choice([*SHEETS])
        return f"{kind}: {place}", ".xlsx", _write_book(SHEETS[place])
    if kind == "table":
        place = draw.choice([*TABLES])
        text = TABLES[place](_choose_dialect(draw))
        return f"{kind}: {place}", draw.choice([".csv", ".txt"]), text.encode(codec)
    indent = draw.choice([None, None, 1])
    if kind == "json":
        place = draw.choice([*JSONS])
        text = json.dumps(JSONS[place], indent=indent)
    else:
        place = draw.choice([*LATER])
        firsts: list[list[Any]] = [[ANSWER], [USERS], [*USERS], [{"data": USERS}]]
        first = draw.choice(firsts)
        between = draw.choice(["\n", "\n", "\n\ufeff", " "])
        text = between.join(map(json.dumps, [*first, LATER[place]]))
    return f"{kind}: {place}", draw.choice([".json", ".csv"]), text.encode(codec)


def _choose_dialect(draw: random.Random) -> Write:
    delimiter, end = draw.choice(",;\t|"), draw.choice(["\r\n", "\n"])
    quoted = draw.choice([True, False])

    def write(rows: Sequence[Row]) -> str:
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=delimiter,
            lineterminator=end,
            quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
        )
        writer.writerows(rows)
        return out.getvalue()

    return write


def _write_book(change: Callable[[Worksheet], None]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for line, row in enumerate([HEADER, *BASE], start=1):
        _add(sheet, row, line)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
