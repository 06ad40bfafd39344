"""What large tables need: work that grows with the rows and no faster."""

from pathlib import Path

import pytest

from apiuser.auditing import audit

pytestmark = pytest.mark.many


@pytest.mark.parametrize("look", ["same", "alike"])
def test_a_conflict_holds_its_names_once_however_many_findings_it_has(
    tmp_path: Path, look: str
) -> None:
    number = 4096
    bits = (f"{at:012b}".replace("1", "o") for at in range(number))
    names = ["presh1"] * number if look == "same" else [f"presh{b}" for b in bits]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["Username", *names]), encoding="utf-8")

    report = audit(path)

    (conflict,) = report.conflicts
    assert conflict.alike == (look == "alike")
    assert len(conflict.members) == len(conflict.found) == number
    assert sum(row.group == 1 for row in report.rows()) == number
