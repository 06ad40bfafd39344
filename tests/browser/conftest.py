"""A real JupyterLab and a real browser for the tests of this folder.

Without a browser the tests are skipped by name; with APIUSER_REQUIRE_BROWSER=1 they
fail instead. APIUSER_SHOTS names a folder for pictures of what was seen.
"""

import importlib.util
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from apiuser.lab.starting import JUPYTER_SETTINGS
from tests.browser.browsers import FIREFOX, find_browser, open_browser, open_profile
from tests.browser.page_steps import KEEP_WORKERS, open_page
from tests.browser.pages import (
    SCREEN,
    Lab,
    end_kernel,
    prepare_page,
)
from tests.guide.served_site import serve_site

if TYPE_CHECKING:
    from playwright import sync_api as playwright

ROOT = Path(__file__).parents[2]
# Widget state is saved, as some people have it, so that a leak would show.
SETTINGS = {"@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True}}


@pytest.fixture(scope="session")
def browser_path() -> str:
    path = find_browser()
    if path is None or importlib.util.find_spec("playwright") is None:
        wanted = "Firefox" if FIREFOX else "Chromium, Chrome or Edge"
        missing = "Playwright" if path else wanted
        reason = f"{missing} is not installed: the browser tests did not run."
        if os.environ.get("APIUSER_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def lab(browser_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab that all tests share; `browser_path` skips where none can look."""
    del browser_path
    with open_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browsers for the lab keep, one after the other."""
    return tmp_path_factory.mktemp("profile")


@contextmanager
def open_lab(base: Path, more: Mapping[str, str] | None = None) -> Iterator[Lab]:
    """Open a JupyterLab of its own: fresh folders, loopback, token, encrypted kernels.

    Args:
        base: Where its folders go.
        more: Settings of the environment for the server and its kernels.
    """
    folder = base / "work"
    shutil.copytree(
        ROOT / "notebooks",
        folder,
        ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"),
    )
    settings = base / "settings"
    for name, value in SETTINGS.items():
        file = settings / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value), encoding="utf-8")
    token = secrets.token_urlsafe()
    environment = os.environ | {
        "HOME": str(base),
        "USERPROFILE": str(base),
        "IPYTHONDIR": str(base / "ipython"),
        "JUPYTER_CONFIG_DIR": str(base / "config"),
        "JUPYTER_CONFIG_PATH": str(JUPYTER_SETTINGS),  # as `apiuser lab` has it
        "JUPYTER_DATA_DIR": str(base / "data"),
        "JUPYTER_RUNTIME_DIR": str(base / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(base / "workspaces"),
        "JUPYTER_TOKEN": token,
        **(more or {}),
    }
    root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--LabApp.expose_app_in_browser=True",
        f"--ServerApp.root_dir={folder}",
        *root,
    ]
    with subprocess.Popen(
        command, env=environment, cwd=base, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Lab(url=_wait_for_address(process), token=token, folder=folder)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for_address(process: "subprocess.Popen[str]") -> str:
    """Read the server's log until it says where it listens; go on reading after."""
    assert process.stderr is not None
    log = process.stderr
    said: list[str] = []
    address: list[str] = []
    known = threading.Event()

    def read() -> None:
        for line in log:
            said.append(line)
            match = re.search(r"http://127\.0\.0\.1:\d+", line)
            if match and "/lab" in line and not address:
                address.append(match[0])
                known.set()
        known.set()  # the server has ended

    threading.Thread(target=read, daemon=True).start()
    known.wait()
    assert address, f"JupyterLab did not start: {''.join(said[-20:])}"
    return address[0]


# One browser for this folder and no longer: while Playwright is in use, an event loop
# runs in this thread, and the notebook tests want their own.
@pytest.fixture(scope="package")
def context(
    browser_path: str, lab: Lab, profile: Path
) -> Iterator["playwright.BrowserContext"]:
    """A browser that may use the clipboard; its cache makes later pages quick."""
    with open_profile(
        browser_path, profile, base_url=lab.url, viewport=SCREEN
    ) as context:
        yield context


@contextmanager
def _open_page(
    context: "playwright.BrowserContext", lab: Lab
) -> Iterator["playwright.Page"]:
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    prepare_page(page, lab)
    yield page
    end_kernel(page)
    page.close()
    web = {urlsplit(url) for url in asked if url.startswith(("http", "ws"))}
    assert {url.hostname for url in web} <= {"127.0.0.1"}


@pytest.fixture
def fresh_page(
    context: "playwright.BrowserContext", lab: Lab
) -> Iterator["playwright.Page"]:
    """A page of its own, for a test that cuts its connections."""
    with _open_page(context, lab) as page:
        yield page


@pytest.fixture(scope="package")
def shared_page(
    context: "playwright.BrowserContext", lab: Lab
) -> Iterator["playwright.Page"]:
    """One page for this folder; in the end it must have asked only the lab."""
    with _open_page(context, lab) as page:
        yield page


@pytest.fixture
def page(shared_page: "playwright.Page") -> Iterator["playwright.Page"]:
    """The shared page; `open_notebook` ends what is open, `renew_notebook` goes on."""
    yield shared_page
    shared_page.set_viewport_size(SCREEN)


@pytest.fixture(scope="package")
def address(site_folder: Path) -> Iterator[str]:
    """Where the built site is served."""
    with serve_site(site_folder) as address:
        yield address


@pytest.fixture(scope="package")
def browser(browser_path: str) -> Iterator["playwright.Browser"]:
    """A browser for the site, which needs no JupyterLab."""
    with open_browser(browser_path) as browser:
        yield browser


@pytest.fixture(scope="module")
def form_page(
    browser: "playwright.Browser", address: str
) -> Iterator["playwright.Page"]:
    """A page for all that the form does once its Python has started; see `open_anew`.

    Its clock stays the one that a test may have set.
    """
    with open_page(browser, f"{address}try/", script=KEEP_WORKERS) as page:
        yield page
