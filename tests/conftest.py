"""What tests of several folders share."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.form_driver import Sent

ROOT = Path(__file__).parents[1]

# A shell starts background work with Ctrl-C ignored, and children inherit that; the
# tests of Ctrl-C would then wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Machines differ in speed, so properties are not timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What the parts of a form send to their views, in order."""
    messages: Sent = []

    def keep(
        _part: object, content: dict[str, Any], buffers: list[bytes] | None = None
    ) -> None:
        messages.append((content, buffers))

    monkeypatch.setattr("ipywidgets.Widget.send", keep)
    return messages


@pytest.fixture(scope="session")
def site_parts() -> Path:
    """What `npm ci` brings for the pages; without it the tests of the site say so."""
    folder = ROOT / "node_modules"
    if not folder.is_dir():
        reason = "npm ci was not run: the tests of the site did not run."
        if os.environ.get("APIUSER_REQUIRE_SITE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def site_folder(site_parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with its warnings as errors."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)]
    built = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120
    )
    assert built.returncode == 0, built.stderr
    return folder
