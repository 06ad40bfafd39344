"""The forms alone, by Voilà."""

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.paths import jupyter_config_path
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from traitlets import default
from voila.app import Voila
from voila.handler import VoilaHandler

from apiuser.lab.address import show_addresses
from apiuser.lab.copies import AUDIT, FIRST, TITLES, find_notebooks

# Voilà's pages for errors ask a public host for a font of icons.
_POLICY = (
    "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; frame-ancestors 'self'"
)
_TORNADO = {
    "headers": {"Content-Security-Policy": _POLICY},
    "ws_ping_timeout": 30_000,  # not above the interval, about which tornado warns
}
_OPTIONS = (
    f"--Voila.tornado_settings={_TORNADO}",
    "--VoilaConfiguration.template=apiuser",
    "--KernelManager.transport_encryption=auto",
)
# The end of each page's address.
_PLACES = {FIRST: "", AUDIT: "audit"}


class _FormServer(Voila):  # type: ignore[misc]  # it has no types
    show: Callable[[str], None]

    @default("log_level")
    def _be_quiet(self) -> int:
        return logging.ERROR

    @default("config_file_paths")
    def _find_settings(self) -> list[str]:
        return list(jupyter_config_path())  # not in the folder of people's files

    def init_handlers(self) -> list[tuple[Any, ...]]:
        *handlers, (pattern, handler, options) = super().init_handlers()
        audit = url_path_join(self.server_url, _PLACES[AUDIT])
        return [
            *handlers,
            # Where Voilà is below another address it would not find them there.
            *(
                (url_path_join(self.server_url, place), *rest)
                for place, *rest in self.identity_provider.get_handlers()
            ),
            (audit, handler, options | {"notebook_path": AUDIT}),
            (pattern, handler, options),
        ]

    def launch_browser(self) -> None:
        self.show(self.connection_url)


def prepare(
    folder: Path, *, browser: Mapping[str, str] | None
) -> tuple[IOLoop, Callable[[], None], Callable[[], object]]:
    """Prepare Voilà for the forms, working in a folder.

    Args:
        folder: Where the copies of the notebooks are.
        browser: The environment of a browser, if one is to be opened.

    Returns:
        The loop of the server, what starts it, and what stops it from within the loop.
    """
    token = secrets.token_urlsafe()
    server = _FormServer.instance()
    # Not words of a command line, which every user of the machine sees.
    server.initialize([str(folder / FIRST), f"--Voila.token={token}", *_OPTIONS])
    server.open_browser = True
    server.voila_configuration.prelaunch_hook = _take_form

    def show(url: str) -> None:
        addresses = {
            TITLES[name]: f"{url}{place}?token={token}"
            for name, place in _PLACES.items()
        }
        show_addresses(addresses, folder=folder, browser=browser)

    server.show = show
    loop = IOLoop.current()
    return loop, server.start, loop.stop


def _take_form(handler: VoilaHandler, **_: object) -> object:
    """Return the form of a notebook as shipped, without what surrounds it."""
    name = handler.notebook_path
    shipped = json.loads((find_notebooks() / name).read_text(encoding="utf-8"))
    code = [cell for cell in shipped["cells"] if cell["cell_type"] == "code"]
    links = {"cell_type": "markdown", "metadata": {}, "source": _link_pages(name)}
    shipped["cells"] = [links, *code]
    shipped["metadata"]["title"] = TITLES[name]
    return nbformat.reads(json.dumps(shipped), as_version=4)


def _link_pages(current: str) -> str:
    """Link the pages; each opens in a tab of its own, since leaving a form ends it."""
    links = (
        f"<b aria-current='page'>{TITLES[name]}</b>"
        if name == current
        else f"<a href='{place or './'}' target='_blank'>{TITLES[name]}</a>"
        for name, place in _PLACES.items()
    )
    return f"<nav aria-label='Forms'>{' &nbsp; '.join(links)}</nav>"
