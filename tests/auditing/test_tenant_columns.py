"""A list of several tenants, as a column tells, is not the complete list of any."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Reader, each_reader
from tests.exports.test_rival_columns import audit_columns, put_beside, write

HEADERS = """
Tenant
Tenant Name
tenant_id
TenantId
Autotask Tenant
Autotask Instance
Instance
Mandant
tenant.name
"""


@each_reader
@pytest.mark.parametrize("header", HEADERS.strip().splitlines())
def test_a_column_with_several_tenants_leaves_nothing_proved(
    tmp_path: Path, header: str, read: Reader
) -> None:
    columns = put_beside([header, "Beta", "Acme", "", "acme "])

    report = audit_columns(tmp_path / "export.csv", columns, read)

    assert report.missing == (f"the column {header} names 2 tenants (Acme, Beta)",)
    assert not report.proved


@each_reader
@pytest.mark.parametrize("ending", [".json", ".xlsx"])
def test_tenants_are_told_apart_in_files_of_any_kind(
    tmp_path: Path, ending: str, read: Reader
) -> None:
    columns = put_beside(["Tenant", "Beta", "Acme", "Acme", "Beta"])

    report = audit_columns(tmp_path / f"export{ending}", columns, read)

    assert report.missing == ("the column Tenant names 2 tenants (Acme, Beta)",)


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["Tenant", "Acme", "ACME", " acme", "Acme"],
        ["Tenant", "Acme", "", "n/a", "Acme"],
        ["Tenant", "", "", "", ""],
        ["Tenant", "Yes", "No", "Yes", "No"],
        ["Company", "Acme", "Beta", "Acme", "Acme"],
        ["Database", "Acme", "Beta", "Acme", "Acme"],
        ["Azure Tenant ID", "a1", "b2", "a1", "b2"],
        ["Time Zone", "CET", "UTC", "CET", "UTC"],
    ],
)
def test_one_tenant_or_something_else_leaves_the_proof(
    tmp_path: Path, column: Sequence[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert (report.missing, report.proved) == ((), True)


@each_reader
@pytest.mark.parametrize("other", ["Tenant", "TENANT", "Tenant ID"])
def test_exports_with_a_tenant_each_are_those_of_several(
    tmp_path: Path, other: str, read: Reader
) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    head = ("Username", "Status", "License Type")
    rows = [("ada", "Active", "API User"), ("ben", "Inactive", "Professional")]
    for path, name, row, more in zip(
        paths, ("Tenant", other), rows, ("Acme", "Beta"), strict=True
    ):
        write(path, [(*head, name), (*row, more)])

    report = audit([*map(read, paths)], co_managed=False)

    # Under another header, there may be another name of the same tenant.
    several = ("the column Tenant names 2 tenants (Acme, Beta)",)
    assert report.missing == (() if other == "Tenant ID" else several)


def test_not_every_one_of_many_tenants_is_named(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    records = [{"userName": f"ada{at}x", "tenant": f"T{at}"} for at in range(8)]
    path.write_text(json.dumps(records), "utf-8")

    missing = audit(path).missing

    said = "the column tenant names 8 tenants (T0, T1, T2, T3, T4 and 3 more)"
    assert said in missing
