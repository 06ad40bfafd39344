"""What the tests of the audit share."""

from pathlib import Path

import pytest

from tests.auditing.audit_samples import WHOLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one tenant, of which nothing is missing."""
    folder = tmp_path / "exports"
    (folder / "north").mkdir(parents=True)
    (folder / "north" / "all.csv").write_text(WHOLE)
    return folder
