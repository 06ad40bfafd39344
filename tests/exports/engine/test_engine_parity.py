"""An export read by DuckDB is audited as one whose records are read one by one."""

import csv
import io
import sys
import tempfile
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apiuser.auditing import audit
from apiuser.credentials.confusables import ASCII_FORMS
from apiuser.credentials.matching import fold_lookalike
from apiuser.errors import ApiuserError
from apiuser.exports import (
    ReadOptions,
    ResourceTable,
    Status,
    assume_status,
    read_resources,
    select_candidates,
)
from apiuser.exports.engine.database import open_database
from apiuser.exports.engine.large_table import LargeTable
from apiuser.exports.engine.statements import write_form
from apiuser.exports.surroundings import is_dashes
from benchmarks.exports import write_export
from tests.make_hostile_table import FINDS, INPUTS

pytestmark = [
    pytest.mark.many,
    pytest.mark.usefixtures("kept_database"),
]

read_narrow = partial(read_resources, narrow_from=0)
HOSTILE = {
    **INPUTS,
    **{path.name: path.read_bytes() for path in FINDS.glob("*.csv")},
    "a field too many that is empty": b"ID,Username\n1,a1\n2,b2,\n",
    "marks in a field without marks": b'ID,Username\n1,a"b"c\n2,b2\n',
    "a blank in front of a mark": b'ID,Username\n1, "b2"\n2,b2\n',
    "a blank behind a mark": b'ID,Username\n"1" ,b2\n2,b2\n',
    "a stray mark that ends a field": b'ID,Username,Status\n1,a",b",c\n2,b2,\n',
    "a bad byte in a column nobody reads": b"Note,Username\nx,a1\n\xff,b2\n",
    "returns inside of marks": b'Note,Username\n"a\rb",a1\nx,b2\n',
    "two kinds of line end": b"ID,Username\r\n1,a1\n2,A1\r\n",
    "line ends inside of marks": b'Note,Username\n"a\n\nb",a1\n"c\n",A1\nx,b2\nx,B2',
    "returns and feeds inside of marks": b'A,Username\r\n"a\r\nb",a1\r\nx,A1\r\n',
    "a header of two lines": b'"A\nnote",Username\nx,a1\ny,A1\n',
    "a declared delimiter": b"sep=;\nID;Username\n1;a1\n2;A1\n",
    "words that come late": b"Username,Status\n"
    + b"".join(b"n%dx,Active\n" % at for at in range(2_000))
    + b"late1,Gone\nlate2,Inactive\nLATE2,\n",
    "as many words as rows": b"Username,Status\n"
    + b"".join(b"n%dx,state %d\n" % (at, at) for at in range(400)),
    "one column with a comma": b'Username\n"a1,b"\na1\nA1\n',
    "a sign that may stand for @": "Username\na1\uff20b\na1@b\n".encode(),
    "names of accents alone": "Username\n\u0301\n\u0301\n\u0302\n".encode(),
    "invisible characters": "Username\na\u200b1\na1\n\ta1 \n a2\x7f\n".encode(),
    "twice encoded": "Note,Username\né,a1\n".encode().decode("latin-1").encode(),
    "formulas that keep a text": b'ID,Username\n1,"=""a1"""\n2,a1\n3,"=""b@x"""\n',
    "apostrophes before formulas": b"Username\n'-a1\n-a1\n'=b@x\n=b@x\n'+c\n'@d\n",
    "names of broken characters": "Username\njos\ufffd\nren\xc3\xa9@x\na1\n".encode(),
    "names that nobody sees": "Username\n\xad\n\u3164@x\n\u2800\n\u3164\n".encode(),
    "lines of nothing that come late": b"ID,Username\n"
    + b"".join(b"%d,n%d\n" % (at, at % 7) for at in range(9_000))
    + b',\n"",""\n,""\n' * 9,
    "hardly a name": b"ID,Username\n1,a1\n2,A1\n" + b"3,\n" * 99,
    "states that contradict each other": b"Username,Status,Is Active\n"
    b"a1,Active,Yes\nA1,Active,No\nb2,Inactive,no\n",
    "usernames or states": b"Username,Status,Username Inactive\na1,Active,No\n"
    b"b2,Inactive,A1\nb3,Inactive,b9\n",
    "a total and numbers of rows": b"#,Username,Total Records\n1,a1,9\n2,A1,9\n"
    b"4,b2,9\n\x205.0,c,\n",
    "rows numbered in groups": b"No.,Username\n"
    + "".join(f'"{at:,}",n{at}x\n' for at in range(1, 1_300) if at != 9).encode(),
    "two tenants": b"Username,Tenant,License Type\na1@x.example,beta,7\n"
    b"a1@y.example,Acme,7\nb2,BETA ,3\n",
    "variables": b"Username\n${userName}\n%a1%\n$a1\n!A1!\n#{x}\na1~\nA1~2\n",
    "numbers for IDs": b"ID,Username\n"
    + b"".join(b"%d,n%d\n" % (at, at % 7) for at in range(1, 12)),
}
NAMES = st.one_of(
    st.text("aAb1lIi|oO0mrn", max_size=4),
    st.text("ab1 \t\"%`'@,;=-", max_size=4),
    # Accents, other forms of characters, look-alikes, and what nobody sees.
    st.text(
        "a1\u00e9\u0301\u00df\ufb01\uff11\uff4d\u0430@\uff20\u200b\x1f\u2028\u017f",
        max_size=4,
    ),
    st.builds("{}@{}".format, st.text("ab1l", max_size=2), st.text("xX", max_size=1)),
)
HEADERS = (
    "Resource ID",
    "Username",
    "Email Address",
    "License Type",
    "Security Level",
    "Status",
    "Locked",
    "Integration Vendor",
    "Note",
)
RECORDS = st.tuples(
    st.sampled_from(["1", "2", "3", "4.0", "5", "007", " 6", "x", ""]),
    NAMES,
    st.sampled_from(["", "a@example.com", "A1@Example.com"]),
    st.sampled_from(["", "API User", "7", "Professional", "Co-managed Help Desk"]),
    st.sampled_from(["", "Technician", "API User (system)", "x (API-only)", "9"]),
    st.sampled_from(["", "Active", "inactive", "1", "perhaps"]),
    st.sampled_from(["", "yes"]),
    st.sampled_from(["", "Sample Vendor", "Sample Vendor, Another"]),
    st.sampled_from(["", "x", 'a "b", c', "two\nlines", "é"]),
)


def describe(paths: Sequence[Path], read: Any, **options: Any) -> Any:  # noqa: ANN401
    """Return all that an audit says of some exports, or why it does not."""
    try:
        tables = [read(path) for path in paths]
        report = audit(tables, **options)
    except ApiuserError as error:
        return type(error), str(error)
    return {
        "rows": [*report.rows()],
        "members": report.members,
        "notices": report.notices,
        "missing": report.missing,
        "suggestions": report.suggestions,
        "same": report.same_resources,
        "tables": [
            (
                t.encoding,
                t.delimiter,
                t.headers,
                t.records,
                t.unreadable,
                t.username_column,
            )
            for t in report.tables
        ],
        "taken": sorted({*report.find_taken(["a1", "late1", "B", "é1"])}),
    }


def write_table(path: Path, records: Sequence[Sequence[str]], **form: Any) -> Path:  # noqa: ANN401
    text = io.StringIO()
    writer = csv.writer(text, **form)
    writer.writerow(HEADERS)
    writer.writerows(records)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_exports_get_the_same_audit_or_refusal(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    proposed = ["a1", "LATE1", "é1"]

    expected = describe([path], read_resources, proposed=proposed)

    assert describe([path], read_narrow, proposed=proposed) == expected


def _is_told(row: Sequence[str]) -> bool:
    """Tell whether a row is a record for certain: DuckDB leaves the others to Python."""
    return any(row) and not is_dashes(row[1])


@pytest.mark.timeout(600)  # each of its examples starts DuckDB anew, on both sides
@given(
    exports=st.lists(
        st.lists(RECORDS.filter(_is_told), max_size=12), min_size=1, max_size=3
    ),
    proposed=st.lists(NAMES.filter(str.strip), max_size=3),
    lineterminator=st.sampled_from(["\n", "\r\n"]),
    delimiter=st.sampled_from(",;\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@example(
    exports=[
        [("1", f"{form}@x", "", "", "", "", "", "", "")] for form in ("lm", "1rn")
    ],
    proposed=["irn"],
    lineterminator="\n",
    delimiter=",",
    quoting=csv.QUOTE_MINIMAL,
)
@example(
    exports=[
        [("4", "\u0301", "", "", "", "", "", "", "")],
        [
            ("4", "1@", "a@example.com", "", "", "", "", "", ""),
            ("2", "@x", "", "", "", "", "", "", ""),
        ],
    ],
    proposed=[],
    lineterminator="\n",
    delimiter=",",
    quoting=csv.QUOTE_MINIMAL,
)
@example(
    exports=[[("1", "0", *7 * [""]), ("2", "7", *7 * [""])]],
    proposed=[],
    lineterminator="\n",
    delimiter=",",
    quoting=csv.QUOTE_MINIMAL,
)
def test_generated_exports_get_the_same_audit(
    exports: Sequence[Sequence[Sequence[str]]],
    proposed: Sequence[str],
    **form: Any,  # noqa: ANN401
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [
            write_table(Path(folder, f"{at}.csv"), records, **form)
            for at, records in enumerate(exports)
        ]
        read_whole, read_large = cache(read_resources), cache(read_narrow)

        expected = describe(paths, read_whole, proposed=proposed)

        # Only cells and columns that are others, and names that may be masks, are left
        # to the other reader.
        assert all(
            isinstance(read_large(path), LargeTable)
            or read_whole(path).unreadable
            or read_whole(path).doubts
            or read_whole(path).odd_rows
            for path in paths
        )
        assert describe(paths, read_large, proposed=proposed) == expected
        # Exports that are read whole are compared with the others.
        first = paths[0]

        def read(path: Path) -> ResourceTable:
            return (read_whole if path == first else read_large)(path)

        assert describe(paths, read, proposed=proposed) == expected


@pytest.mark.timeout(600)  # a quarter of a million rows, read twice
@pytest.mark.parametrize("dense", [False, True], ids=["sparse", "dense"])
def test_exports_of_several_buffers_get_the_same_audit(
    tmp_path: Path, *, dense: bool
) -> None:
    export, names = write_export(tmp_path, 250_000, dense=dense)
    proposed = names.read_text("utf-8").splitlines()[:50]

    expected = describe([export], read_resources, proposed=proposed)

    assert isinstance(read_narrow(export), LargeTable)
    assert describe([export], read_narrow, proposed=proposed) == expected


def test_rows_kept_have_what_the_export_says_of_them(tmp_path: Path) -> None:
    export, _ = write_export(tmp_path, 5_000, dense=True)
    whole = read_resources(export)

    (narrow,) = select_candidates([read_narrow(export)], {"aarcher5"})

    assert 0 < len(narrow.usernames) < narrow.records == whole.records
    assert _list_rows(narrow) == [
        row for row in _list_rows(whole) if row[0] in set(narrow.numbers)
    ]


def test_rows_are_in_their_places_however_many_levels_mean_an_api_user(
    tmp_path: Path,
) -> None:
    # Long enough for several threads of DuckDB.
    records = [
        (str(at), f"usér{at}", f"a{at}@example.com", "API User", f"level {at % 12}")
        if at % 997 == 0
        else (str(at), f"user{at}", "", "Professional", f"level {at % 12}")
        for at in range(60_000)
    ]
    rest = ("Active", "", "", 300 * "x")
    path = write_table(tmp_path / "export.csv", [(*one, *rest) for one in records])
    whole = read_resources(path)

    (narrow,) = select_candidates([read_narrow(path)], ())

    assert len(narrow.usernames) == 61
    assert _list_rows(narrow) == [
        row for row in _list_rows(whole) if row[0] in set(narrow.numbers)
    ]


def _list_rows(table: ResourceTable) -> list[tuple[Any, ...]]:
    roles = sorted(table.columns)
    columns = (table.columns[role] for role in roles)
    return [
        *zip(
            table.numbers,
            table.lines,
            table.usernames,
            table.statuses,
            table.kinds,
            *columns,
            strict=True,
        )
    ]


def test_a_status_that_a_person_gave_counts(tmp_path: Path) -> None:
    path = tmp_path / "active.csv"
    path.write_text("Username,License Type\na1,API User\nA1,7\nb2,\n", "utf-8")

    def read(path: Path, **options: Any) -> ResourceTable:  # noqa: ANN401
        return assume_status(read_resources(path, **options), Status.INACTIVE)

    assert describe([path], partial(read, narrow_from=0)) == describe([path], read)


def test_no_rows_are_left_out_unless_that_is_asked_for(tmp_path: Path) -> None:
    export, _ = write_export(tmp_path, 120_000)
    assert export.stat().st_size > 8 << 20

    assert len(read_resources(export).usernames) == 120_000


@pytest.mark.parametrize(
    "name",
    [
        "[a] {b,c} *?.csv",
        "year=2026/export.csv",
        "it's.csv.gz",
        "é \n~.csv",
        "\udcff.csv",
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_is_read_whatever_its_name_means_elsewhere(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("Username\na1\nA1\n")

    assert describe([path], read_narrow) == describe([path], read_resources)


def test_both_readers_refuse_by_the_same_limits(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"Note,Username\n{'x' * 3_000},a1\n,b2\n")
    options = ReadOptions(max_cell=2_999)

    expected = describe([path], partial(read_resources, options=options))

    assert "a cell contains more than 2999 characters" in expected[1]
    assert describe([path], partial(read_narrow, options=options)) == expected


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=9))
@example("".join(chr(code) for code in ASCII_FORMS))
def test_forms_are_those_of_python(text: str) -> None:
    odd = {chr(code) for code in ASCII_FORMS if not chr(code).isalnum()}
    text = "".join(c for c in text if c not in odd).lstrip("'")

    ((form,),) = open_database().run(f"select {write_form('lower(?)')}", text)

    assert form == fold_lookalike(text)
