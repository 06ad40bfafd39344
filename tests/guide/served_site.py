"""The site as it is published, built and served on this machine."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.guide.site_reading import PUBLISHED

ROOT = Path(__file__).parents[2]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *arguments: object) -> None:
        pass


def build_site(folder: Path) -> None:
    """Build the site with its warnings as errors."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)]
    built = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | PUBLISHED,
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr


@contextmanager
def serve_site(
    folder: Path, handler: type[SimpleHTTPRequestHandler] = _Quiet
) -> Iterator[str]:
    """Serve a built site, and return its address."""
    serving = partial(handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
