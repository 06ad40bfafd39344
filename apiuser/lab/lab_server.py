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

from apiuser.errors import escape_invisible
from apiuser.lab.address import show_addresses
from apiuser.lab.copies import FIRST, TITLES, is_as_shipped
from apiuser.lab.filled_notebook import FillingError, fill_notebook

_OPTIONS = (
    "--ServerApp.open_browser=False",  # opened below, when the form is on its way
    "--ServerApp.no_browser_open_file=True",
    "--LabApp.log_level=ERROR",
    # Their parts of the page are off: no use for a form, and slow to load.
    "--ServerApp.jpserver_extensions={'jupyter_lsp': False, 'voila.server_extension': False}",
    "--LabApp.extension_manager=readonly",  # the default one asks a public host
)
_PATIENCE = 5
"""Seconds for forms being made when the server ends, of those that `serving` gives it."""


class _QuietServer(ServerApp):
    """A server that says what went wrong, and no more unless its settings say so."""

    @default("log_level")
    def _be_quiet(self) -> int:
        return logging.ERROR


class _Lab(LabApp):  # type: ignore[misc]  # it has no types
    serverapp_class = _QuietServer

    @classmethod
    def get_extension_package(cls) -> str:
        return "jupyterlab"


class _Forms:
    """The forms in the notebooks, each made once, for the first that needs it."""

    def __init__(self, server: ServerApp, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def make(self, name: str) -> "asyncio.Task[None]":
        """Begin to make the form of a notebook, unless that was begun before."""
        if name not in self._tasks:
            self._tasks[name] = asyncio.create_task(self._make(name))
        return self._tasks[name]

    async def _make(self, name: str) -> None:
        try:
            if not is_as_shipped(self._folder / name):
                message = (
                    f"{name} was changed, so its cells were not run. If that was a "
                    "mistake, delete it and start again: it is then made again."
                )
                raise FillingError(message)  # noqa: TRY301  # told below, as all are
            await fill_notebook(self._server, name)
        except FillingError as error:
            advice = "Press Run > Run All Cells in the notebook to see the form."
            said = escape_invisible(f"apiuser: {error} {advice}")
            print(said, file=sys.stderr, flush=True)

    async def wait(self) -> None:
        """Wait for the forms that are being made."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=_PATIENCE)


class _NotebookHandler(ContentsHandler):
    """Gives a notebook to the page once it shows its form."""

    def initialize(self, *, forms: _Forms) -> None:
        self._forms = forms

    async def prepare(self) -> None:  # type: ignore[override]  # a lesser answer
        await super().prepare()
        if self.current_user and self.request.method == "GET":
            await self._forms.make(self.path_kwargs["path"].removeprefix("/"))


def prepare(
    folder: Path, *, browser: Mapping[str, str] | None
) -> tuple[IOLoop, Callable[[], None], Callable[[], object]]:
    """Prepare JupyterLab for the notebooks in a folder.

    Args:
        folder: Where they are.
        browser: The environment of a browser, if one is to be opened.

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
    forms = _Forms(server, folder)
    names = "|".join(map(re.escape, TITLES))
    pattern = url_path_join(server.base_url, f"/api/contents(?P<path>/(?:{names}))")
    server.web_app.add_handlers(".*$", [(pattern, _NotebookHandler, {"forms": forms})])

    async def show() -> None:
        addresses = {
            title: f"{url_path_join(server.connection_url, place)}?token={token}"
            for name, title in TITLES.items()
            for place in [f"doc/tree/{name}"]
        }
        # The page takes seconds to load before it asks for the notebook.
        forms.make(FIRST)
        show_addresses(addresses, folder=folder, browser=browser)

    async def stop() -> None:
        # A kernel that is ended while it starts says so, at length.
        await forms.wait()
        server.stop()

    server.io_loop.add_callback(show)
    return server.io_loop, server.start, stop
