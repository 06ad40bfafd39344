"""Words and masks in the place of a username are nobody's name, and prove nothing."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.exports.vocabulary import list_words
from tests.exports.export_reading import Reader, each_reader

MASKS = [
    *("xxxxxxxx", "XXX", "xxxx@x.example.com", "***", "*****@x.example.com"),
    *("??", "---@x", "[REDACTED]", "<hidden>", "(unknown)", "***redacted***"),
    *("unknown@x.example.com", "True", "false", "\u2022\u2022\u2022", "..."),
]


def audit_names(path: Path, names: Sequence[str], read: Reader) -> AuditReport:
    rows = [f'{at},"{name}",Inactive,API User' for at, name in enumerate(names, 20)]
    lines = ["ID,Username,Status,License Type", "9,ada,Active,Professional", *rows]
    path.write_text("\n".join(lines), "utf-8")
    return audit([read(path)], co_managed=False)


@each_reader
@pytest.mark.parametrize("name", sorted({*MASKS, *list_words("no known username")}))
def test_what_hides_a_name_twice_is_no_conflict_and_proves_nothing(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", [name, "k4p7q2", name], read)

    assert report.conflicts in ((), [])
    assert not report.proved
    assert report.tables[0].summary.odd_names == 2
    assert "(lines 3, 5)" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize(
    "name", ["xx", "xyz", "xxl1", "unknown1", "truefalse", "missinga", "a***", "nao"]
)
def test_a_name_that_begins_like_one_is_compared(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "export.csv", [name, "k4p7q2", name], read)

    assert [m.username for m in report.members] == [name, name]
