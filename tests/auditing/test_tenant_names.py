"""Files of different tenants are never taken for those of one by their names."""

from pathlib import Path

import pytest

from apiuser.auditing import audit_tenants, find_tenants
from apiuser.auditing.tenant_names import is_tenant, name_tenant
from tests.exports.export_reading import read_cases

HEADER = "Username,Active,License Type\n"
HALVES = {"active": "same1,Yes,7\nown,Yes,9\n", "inactive": "Same1,No,3\n"}


@pytest.mark.parametrize(
    ("file", "tenant"),
    [
        *read_cases("""
            20261127_eta_active.csv eta, 2026-11-27_eta_active.csv eta
            Resources_eta_inactive.csv eta, export_eta_active.csv eta
            1_eta.csv eta, 27Nov2026_eta-active.csv eta, 2026-Q4_eta_active.csv eta
            20261127T1015Z_eta.csv eta, mars_active.csv mars, 20261127.csv 20261127
            export-eta-active.csv export-eta, resources.csv resources
            3com_active.csv 3com, north_active_emea.csv north
        """),
        ("27 Nov 2026_eta_active.csv", "eta"),
        ("Autotask Resources_2026_eta_active_2.csv", "eta"),
    ],
)
def test_dates_and_general_words_name_no_tenant(file: str, tenant: str) -> None:
    assert name_tenant(Path(file)) == tenant
    assert is_tenant(tenant)


@pytest.mark.parametrize(
    "file",
    ["20261127_active.csv", "Resources_inactive.csv", "export_2026-11-27_active.csv"],
)
def test_a_half_with_nothing_else_names_no_tenant(file: str) -> None:
    assert not is_tenant(name_tenant(Path(file)))


@pytest.mark.parametrize(
    ("halves", "tenants"),
    [
        (("20261127_eta_{}", "20261127_theta_{}"), ["eta", "theta"]),
        (("Resources_eta_{}", "Resources_theta_{}"), ["eta", "theta"]),
        (("acme_emea_{}", "acme_apac_{}"), ["acme_apac", "acme_emea"]),
        (("acme_{}", "acme_emea_{}"), ["acme", "acme_emea"]),
        (("acme_{}_emea", "acme_{}_apac"), ["acme_apac", "acme_emea"]),
        (("acme_emea_{}", "acme_EMEA_{}_2"), ["acme"]),
        (("20261126_acme_{}", "acme_resources_{}_20261127"), ["acme"]),
        (("acme_2025_{}", "acme-{}"), ["acme"]),
    ],
)
def test_tenants_are_apart_where_the_words_differ(
    tmp_path: Path, halves: tuple[str, str], tenants: list[str]
) -> None:
    for name, (half, rows) in zip(halves, HALVES.items(), strict=True):
        (tmp_path / f"{name.format(half)}.csv").write_text(HEADER + rows)

    found = find_tenants(tmp_path)

    assert [*found] == tenants
    for one in audit_tenants(found):
        assert one.complete == (len(tenants) == 1)
        assert one.report is not None
        assert ("USR007" in one.report.counts) == (len(tenants) == 1)


def test_files_given_to_one_tenant_by_their_first_word_are_pointed_out(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / "acme_emea_active.csv", tmp_path / "acme_apac_inactive.csv"]
    for path, rows in zip(paths, HALVES.values(), strict=True):
        path.write_text(HEADER + rows)

    (one,) = audit_tenants({"acme": paths})

    assert not one.complete
    assert "have different words beside the name" in one.complaints[0]


def test_a_folder_of_the_tenant_may_hold_any_names(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    for name, rows in zip(
        ("acme_a_active", "acme_b_inactive"), HALVES.values(), strict=True
    ):
        (folder / f"{name}.csv").write_text(HEADER + rows)

    (one,) = audit_tenants(find_tenants(tmp_path))

    assert (one.tenant, one.complete, one.faults) == ("acme", True, ())
