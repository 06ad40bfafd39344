"""JupyterLab, opened at a notebook that shows its form."""

import asyncio
import logging
import os
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.handlers import ContentsHandler
from jupyter_server.utils import url_path_join
from jupyterlab.labapp import LabApp
from tornado.ioloop import IOLoop
from traitlets import default

from apiuser.lab.address import show_addresses
from apiuser.lab.copies import FIRST, is_as_shipped
from apiuser.lab.filling import FillingError, fill_notebook

_OPTIONS = (
    "--ServerApp.open_browser=False",  # opened below, when the form is on its way
    "--ServerApp.no_browser_open_file=True",
    "--LabApp.log_level=ERROR",
    # Their parts of the page are off: no use for a form, and slow to load.
    "--ServerApp.jpserver_extensions={'jupyter_lsp': False, 'voila.server_extension': False}",
    "--LabApp.extension_manager=readonly",  # the default one asks a public host
)


_PATIENCE = 5


class _QuietServer(ServerApp):
    """A server that says what went wrong, and more only where its settings say so."""

    @default("log_level")
    def _be_quiet(self) -> int:
        return logging.ERROR


class _Lab(LabApp):  # type: ignore[misc]  # it has no types
    serverapp_class = _QuietServer

    @classmethod
    def get_extension_package(cls) -> str:
        return "jupyterlab"


class _PatientHandler(ContentsHandler):
    """Lets the page wait for a notebook whose form is being made.

    The page takes seconds to load before it asks, and the notebook runs meanwhile.
    """

    def initialize(self, *, ready: asyncio.Event) -> None:
        self._ready = ready

    async def prepare(self) -> None:  # type: ignore[override]  # a lesser answer
        await super().prepare()
        await self._ready.wait()


def prepare(
    folder: Path, *, browser: Mapping[str, str] | None
) -> tuple[IOLoop, Callable[[], None], Callable[[], object]]:
    """Prepare JupyterLab for the notebooks in a folder.

    Args:
        folder: Where they are.
        browser: The environment of a browser, where one is to be opened.

    Returns:
        The loop of the server, what starts it, and what stops it from within the loop.
    """
    token = secrets.token_urlsafe()
    # Not words of a command line, which every user of the machine sees.
    options = [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}"]
    # A container's only user is often root, whom JupyterLab refuses by default.
    if getattr(os, "geteuid", lambda: 1)() == 0:
        options.append("--ServerApp.allow_root=True")
    server = _Lab.initialize_server(argv=[*options, *_OPTIONS])
    ready = asyncio.Event()
    pattern = rf"/api/contents(?P<path>/{re.escape(FIRST)})"
    handler = (url_path_join(server.base_url, pattern), _PatientHandler)
    server.web_app.add_handlers(".*$", [(*handler, {"ready": ready})])

    def show() -> None:
        begin = url_path_join(server.connection_url, "{}?token=" + token)
        addresses = {
            "The form": begin.format(f"doc/tree/{FIRST}"),
            "All notebooks": begin.format("lab"),
        }
        show_addresses(addresses, folder=folder, browser=browser)

    opening = server.io_loop.asyncio_loop.create_task(
        _open(server, folder, ready, show)
    )

    async def stop() -> None:
        # A kernel that is ended while it starts says so, at length.
        await asyncio.wait([opening], timeout=_PATIENCE)
        server.stop()

    return server.io_loop, server.start, stop


async def _open(
    server: ServerApp, folder: Path, ready: asyncio.Event, show: Callable[[], None]
) -> None:
    """Open the page and, while it loads, make the form in the notebook."""
    show()
    try:
        await _fill(server, folder)
    except FillingError as error:
        advice = "Press Run > Run All Cells in the notebook to see the form."
        print(f"apiuser: {error} {advice}", file=sys.stderr, flush=True)
    finally:
        ready.set()


async def _fill(server: ServerApp, folder: Path) -> None:
    if not is_as_shipped(folder / FIRST):
        message = f"{FIRST} was changed, so its cells were not run."
        raise FillingError(message)
    await fill_notebook(server, FIRST)
