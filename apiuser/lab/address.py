"""Where a form is served: printed in the terminal and opened in the browser."""

import atexit
import html
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from apiuser.errors import escape_invisible

_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<title>apiuser</title>
<a href="{address}">Open the form</a>
"""


def show_addresses(
    addresses: Mapping[str, str], *, folder: Path, browser: Mapping[str, str] | None
) -> None:
    """Print addresses and open the first in a browser.

    Args:
        addresses: Each address with its token, by what is found there.
        folder: Where the file that leads the browser is kept until the end.
        browser: The environment of a browser, if one is to be opened.
    """
    for name, address in addresses.items():
        print(escape_invisible(f"{name}: {address}"))
    print("Press Ctrl-C here to end.", flush=True)
    if browser is not None:
        page = _write_page(next(iter(addresses.values())), folder)
        command = [sys.executable, "-P", "-m", "webbrowser", "-t", page]
        # Some browsers return only when they are closed.
        threading.Thread(
            target=subprocess.run,
            args=[command],
            kwargs={"env": browser, "check": False, "stdout": subprocess.DEVNULL},
            daemon=True,
        ).start()


def _write_page(address: str, folder: Path) -> str:
    """Write a private file that leads to the address, and return its own.

    Every user of the machine sees the arguments a browser is started with. The file is
    not in the temporary folder, unless it must be: a browser in a snap cannot read
    that.
    """
    place = folder if os.access(folder, os.W_OK) else None
    number, name = tempfile.mkstemp(prefix=".apiuser-", suffix=".html", dir=place)
    path = Path(name)
    atexit.register(path.unlink, missing_ok=True)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(_PAGE.format(address=html.escape(address)))
    return path.resolve().as_uri()
