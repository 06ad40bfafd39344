"""What tests of several folders share."""

import fcntl
import gc
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings
from ipywidgets import Widget

from apiuser.cli import main
from apiuser.exports.engine.database import Database, open_database
from apiuser.handover import age_scrypt, kdbx
from tests.auditing.audit_samples import ExportRows
from tests.cli.command_driver import Call
from tests.exports.export_reading import Export
from tests.forms.windows import Sent
from tests.guide.served_site import build_site
from tests.guide.site_reading import Site, read_site
from tests.verification.stand_in import (
    Listen,
    StandIn,
    open_stand_in,
    stand_in_for_autotask,
)

ROOT = Path(__file__).parents[1]
_LIMITS = {"browser": 600, "lab": 900}
"""Seconds for a test by its folder: servers start, and end, late on a busy machine."""
_UNMEASURED = {"browser", "lab", "project", "reports", "verification"}
"""Folders whose tests run the package in other processes, or what is not measured."""

_WAS_MEASURED = pytest.StashKey[bool]()

# A shell starts background work with Ctrl-C ignored, and children inherit that; the
# tests of Ctrl-C would then wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Machines differ in speed and may be busy, so properties are not timed.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep nbval from measuring in the kernels, which it does wherever --cov is given.

    Coverage warns of kernels that load nothing of the package, and that fails them.
    What was collected stays to the end; so Python need not look through it again each
    time that it looks for garbage, which made tests of many objects ten times slower.
    """
    session.config.option.cov_source = None
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give servers and browsers time, and end the run where a property hangs.

    Coverage takes three times as long, so what it learns nothing from is not measured.

    Hypothesis would take the end of the time limit for a failure, and call the test
    again, without a limit, to find a smaller input.
    """
    for item in items:
        limit = _LIMITS.get(item.path.parent.name)
        if limit and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(limit))
        if item.path.parent.name in _UNMEASURED or item.get_closest_marker("many"):
            item.add_marker(pytest.mark.no_cover)
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.timeout(method="thread"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Forget what a test that is not measured has cached.

    Otherwise it would depend on the order of the tests which lines are measured.
    """
    measured = item.get_closest_marker("no_cover") is None
    if measured and not item.config.stash.get(_WAS_MEASURED, True):
        modules = [
            one for name, one in sys.modules.items() if name.startswith("apiuser")
        ]
        for cached in chain.from_iterable(vars(module).values() for module in modules):
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()
    item.config.stash[_WAS_MEASURED] = measured


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


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Give a way to write an export of any content."""

    def write(content: str | bytes, name: str = "export.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="module")
def kept_database() -> Database:
    """The database of huge exports, which is opened anew where no export is in it."""
    return open_database()


@pytest.fixture
def export_rows(tmp_path: Path) -> ExportRows:
    """Give a way to write an export of rows."""

    def write(
        rows: Sequence[tuple[str, ...]],
        *,
        name: str = "a.csv",
        header: str = "Username,Resource ID,Status,License Type",
    ) -> Path:
        path = tmp_path / name
        lines = [header, *(",".join(row) for row in rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def call(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Call:
    """Give a way to run the command in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call_main(*words: str, typed: str | None = None) -> tuple[int, str, str]:
        if typed is not None:
            monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            code = main(words)
        except SystemExit as stop:  # how argparse ends
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call_main


@pytest.fixture
def cheap_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let passphrases be turned into keys at once, which takes half a second each."""
    monkeypatch.setattr(kdbx, "MEMORY_KIB", 64)
    monkeypatch.setattr(kdbx, "ROUNDS", 1)
    monkeypatch.setattr(age_scrypt, "WORK_FACTOR", 2)


@pytest.fixture
def no_widgets_of_other_tests() -> None:
    """Close the widgets that earlier tests left open."""
    Widget.close_all()


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
    """The site as it is published, built with its warnings as errors.

    The processes of one run share it, since each build takes the time of many tests.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, built = shared / "site", shared / "site-is-built"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            build_site(folder)
            built.touch()
    return folder


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Site:
    """The elements of every page of the site."""
    return read_site(site_folder)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A stand-in that other processes reach as a proxy of their environment."""
    with open_stand_in(StandIn()) as one:
        yield one


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listen]:
    """Give a way to open a stand-in that this process takes for Autotask."""
    with stand_in_for_autotask(monkeypatch) as give:
        yield give
