"""Names that a program altered when it wrote the export leave nothing proved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.auditing.report import AuditReport
from apiuser.credentials.matching import fold_lookalike, fold_lookalikes
from apiuser.exports import ResourceTable, read_resources
from apiuser.exports.engine.large_table import LargeTable

HEADER = "ID,Username,Status,License Type"
Reader = Callable[[Path], ResourceTable]
READERS: list[Reader] = [read_resources, partial(read_resources, narrow_from=0)]
each_reader = pytest.mark.parametrize("read", READERS, ids=["rows", "DuckDB"])


def audit_beside(
    path: Path, field: str, *, beside: str = "ada", read: Reader
) -> AuditReport:
    """Audit an export with one field beside a name that is plain."""
    rows = [HEADER, f"1,{beside},Active,Professional", f"2,{field},Inactive,3"]
    path.write_text("\n".join([*rows, "3,ben,Active,Professional", ""]), "utf-8")
    table = read(path)
    assert isinstance(table, LargeTable) == (read is READERS[1])
    return audit([table], co_managed=False)


@each_reader
@pytest.mark.parametrize(
    "field", ['"=""ada"""', '"=""ada@x.example.com"""', '"= ""ada"" "', '"=""007"""']
)
def test_a_formula_that_keeps_a_text_leaves_nothing_proved(
    tmp_path: Path, field: str, read: Reader
) -> None:
    report = audit_beside(tmp_path / "export.csv", field, read=read)

    assert report.tables[0].summary.changed == 1
    assert not report.proved
    assert "errors or formulas (line 3)" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize("name", ["=ada", "+ada", "-ada", "-ada@x.example.com", "-é"])
def test_an_apostrophe_put_before_a_formula_hides_no_conflict(
    tmp_path: Path, name: str, read: Reader
) -> None:
    path = tmp_path / "export.csv"

    report = audit_beside(path, f"'{name}", beside=name, read=read)

    assert [(m.group, m.username) for m in report.members] == [
        (1, name),
        (1, f"'{name}"),
    ]


def test_an_apostrophe_elsewhere_is_one() -> None:
    names = [
        "'-ada",
        "\u2019=ada",
        " '+ada\t",
        "'ada",
        "o'-brien",
        "'é",
        "'-é",
        "''-ada",
    ]

    assert [*map(fold_lookalike, names)] == fold_lookalikes(names)
    assert fold_lookalikes(names)[:4] == ["-ada", "=ada", "+ada", "'ada"]
    assert fold_lookalike("o'-brien") == fold_lookalike("o\u2019-brien")


def test_an_unquoted_formula_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f'{HEADER}\n1,="ada",Active,3\n2,ben,Inactive,3\n', "utf-8")

    (record,) = read_resources(path).unreadable

    assert record.line == 2
    assert '="..." to keep text' in record.reason
