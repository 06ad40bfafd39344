"""No cell of a CSV or Excel report can run as a formula, however it is split."""

import csv
import io
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import AuditReport, TenantAudit, audit
from apiuser.reports import (
    render_csv,
    render_tenants_csv,
    render_tenants_xlsx,
    render_xlsx,
)
from apiuser.reports.csv_report import defuse

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
INVISIBLE = ["", " ", "\0", "\t", "\r", "\n", "\xa0", "\u200b", "\ufeff", "\u3164"]
SPLITTERS = ",;\t|\r\n"
Make = Callable[[list[str]], AuditReport]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make(names: list[str]) -> AuditReport:
        path = tmp_path / "export.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerows([("Username", "License Type"), *((n, "7") for n in names)])
        return audit(path)

    return make


def is_active(text: str) -> bool:
    """Tell whether a text may run, however a spreadsheet splits it into cells."""
    cells = re.split(f"[{SPLITTERS}]", text)
    return any(strip_invisible(cell).startswith(tuple(SIGNS)) for cell in cells)


def strip_invisible(text: str) -> str:
    """Take away what cannot be seen in front, in another way than the code does."""
    at = 0
    while at < len(text) and (
        unicodedata.category(text[at])[0] in "CZ" or text[at] in INVISIBLE
    ):
        at += 1
    return text[at:]


NAMES = [
    *(f"{front}{sign}1+1" for front in INVISIBLE for sign in SIGNS),
    *(f"a1{splitter}{sign}1+1" for splitter in SPLITTERS for sign in SIGNS),
    "a; \ufeff=1",
    "\u200b\u200b \t=1",
    ";;=1",
]


def test_no_cell_of_a_csv_report_is_active_by_any_delimiter(make: Make) -> None:
    report = make(NAMES)

    text = "".join(render_csv(report)).removeprefix("\ufeff")

    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["username"] for row in rows} >= {defuse(name) for name in NAMES}
    assert [cell for row in rows for cell in row.values() if is_active(cell)] == []


def test_cells_of_a_workbook_are_texts_whatever_comes_before_them(make: Make) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(make(NAMES))))["Findings"]

    cells = [row[5] for row in sheet.iter_rows(min_row=2) if row[5].value]
    assert len(cells) >= len(NAMES)
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


@pytest.fixture
def tenants(make: Make) -> list[TenantAudit]:
    """Tenants whose names are formulas, as the names of folders may be."""
    everything, little = make(NAMES), make(["=1"])
    return [
        TenantAudit(tenant="=1+1", report=everything, refused=("=1: refused",)),
        *(TenantAudit(tenant=name, report=little) for name in NAMES),
    ]


def test_no_cell_of_a_csv_over_tenants_is_active_by_any_delimiter(
    tenants: list[TenantAudit],
) -> None:
    text = "".join(render_tenants_csv(tenants)).removeprefix("\ufeff")

    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["tenant"] for row in rows} == {defuse(one.tenant) for one in tenants}
    assert {row["username"] for row in rows} >= {defuse(name) for name in NAMES}
    assert {cell for row in rows for cell in row.values() if is_active(cell)} == set()


def test_a_finding_is_the_same_row_with_and_without_a_tenant(make: Make) -> None:
    report = make(NAMES)
    alone = "".join(render_csv(report)).removeprefix("\ufeff")
    among = "".join(render_tenants_csv([TenantAudit(tenant="n", report=report)]))

    rows = csv.reader(io.StringIO(among.removeprefix("\ufeff"), newline=""))
    assert [row[1:] for row in rows] == list(csv.reader(io.StringIO(alone, newline="")))


def test_cells_of_a_workbook_over_tenants_are_texts_in_every_sheet(
    tenants: list[TenantAudit],
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_tenants_xlsx(tenants)))

    for name in ("Summary", "Findings", "Conflicts", "Counts", "Files", "Refused"):
        cells = [
            cell
            for row in book[name].iter_rows(min_row=2)
            for cell in row
            if cell.value is not None
        ]
        assert cells
        assert {(c.data_type, c.quotePrefix) for c in cells} <= {
            ("s", True),
            ("n", False),
        }


def test_every_character_that_cannot_be_seen_is_skipped() -> None:
    missed = [
        f"U+{point:04X}"
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
        and is_active(defuse(f"{chr(point)}=1"))
    ]

    assert missed == []


@pytest.mark.parametrize(
    "name",
    ["a1", "a-b+c", "a@sample.example.com", "a;b", "zoë1", "", "a =1", "'", "x\uff1d1"],
)
def test_other_texts_stay_as_they_are(name: str) -> None:
    assert defuse(name) == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("=1", "'=1"),
        (" =1", "' =1"),
        (";;=1", ";;'=1"),
        (" \ta;=1", "' \ta;'=1"),
        ("\t=1", "'\t'=1"),
        ("a; \ufeff@1", "a;' \ufeff@1"),
    ],
)
def test_the_apostrophe_is_where_the_cell_begins(name: str, safe: str) -> None:
    assert defuse(name) == safe


@pytest.mark.parametrize("unit", ["\t", ";", " ", ";=", "\u200b"])
def test_long_texts_take_no_long_time(unit: str) -> None:
    text = unit * 300_000 + "=1"
    begin = time.process_time()

    safe = defuse(text)

    assert time.process_time() - begin < 5
    assert not is_active(safe)
