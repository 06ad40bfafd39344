"""Audits of exports that hold odd names beside plain ones."""

from collections.abc import Sequence
from pathlib import Path

from apiuser.auditing import AuditReport, audit
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.export_reading import READERS, Reader

HEADER = "ID,Username,Status,License Type"


def audit_beside(
    path: Path, field: str, read: Reader, *, beside: str = "xyz"
) -> AuditReport:
    """Audit an export with one field between two names that are plain."""
    rows = [HEADER, f"1,{beside},Active,Professional", f"2,{field},Inactive,3"]
    path.write_text("\n".join([*rows, "3,ben,Active,Professional", ""]), "utf-8")
    table = read(path)
    assert isinstance(table, LargeTable) == (read is READERS[1])
    return audit([table], co_managed=False)


def audit_names(
    path: Path, names: Sequence[str], read: Reader, proposed: Sequence[str] = ()
) -> AuditReport:
    """Audit an export with names from line 3 on."""
    rows = [f'{at},"{name}",Inactive,API User' for at, name in enumerate(names, 20)]
    lines = [HEADER, "9,ada,Active,Professional", *rows]
    path.write_text("\n".join(lines), "utf-8")
    return audit([read(path)], co_managed=False, proposed=proposed)
