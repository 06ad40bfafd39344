"""The audit form knows the names that the folder keeps as in use by a tenant."""

from pathlib import Path

import pytest

from apiuser.checklist.known_tenants import Tenant, write_tenant
from tests.forms.test_audit_sheet import check, open_sheet
from tests.forms.windows import Sent

ROWS = (
    "Username,Status,License Type\nsync2it,Active,API User\nlink3up,Inactive,API User\n"
    "aarcher,Active,Professional\n"
)


def keep(folder: Path, name: str) -> None:
    (folder / "tenants").mkdir()
    tenant = Tenant(name="Sample MSP", values={"taken_names": name})
    write_tenant(tenant, folder / "tenants")


@pytest.mark.parametrize("name", ["new4key", "NEW4key@sample.example.com"])
def test_a_name_made_here_is_not_called_free(
    tmp_path: Path, sent: Sent, name: str
) -> None:
    (tmp_path / "export.csv").write_text(ROWS, encoding="utf-8")
    window = open_sheet(tmp_path, sent)
    before = check(window, "export.csv", names=name)
    keep(tmp_path, "new4key@sample.example.com")

    (said,) = check(window, names=name)["names"]

    assert before["names"][0]["text"].startswith("Free among 3 names")
    assert said["level"] == "warning"
    assert said["text"] == (
        "In use by Sample MSP, as this folder keeps; the exports do not show it."
    )


def test_a_name_made_here_is_not_proposed_instead_of_another(
    tmp_path: Path, sent: Sent
) -> None:
    (tmp_path / "export.csv").write_text(ROWS, encoding="utf-8")
    window = open_sheet(tmp_path, sent)
    before = check(window, "export.csv", names="link3up")
    free = before["names"][0]["free"]
    keep(tmp_path, free)

    (said,) = check(window, names="link3up")["names"]

    assert free
    assert said["free"] == ""
