"""The process of a server: `python -m apiuser.lab.serving lab|form FOLDER`.

Its standard input is a pipe from the command that started it. The pipe closes when
that command ends, in whatever way, and then the server ends.
"""

import asyncio
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from tornado.ioloop import IOLoop

    Running: TypeAlias = list[tuple[IOLoop, Callable[[], object]]]

_PATIENCE = 15
"""Seconds for a server to end, before `starting` kills the process."""


def main() -> None:
    """Serve until told to end."""
    kind, folder, *options = sys.argv[1:]
    # Builds a grammar for 0.8 s, which only checks IRIs in JSON schemas. There are none.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    logging.captureWarnings(capture=True)  # they are for programmers, and not shown
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    logging.getLogger("asyncio").addFilter(_is_news)
    browser = None if options else dict(os.environ)  # it may live longer
    running: Running = []
    # Removed at the end, with what kernels that were killed left in it.
    with tempfile.TemporaryDirectory(
        prefix="apiuser-lab-", ignore_cleanup_errors=True
    ) as temporary:
        tempfile.tempdir = temporary
        os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)
        threading.Thread(
            target=_end_with_command, args=[running, temporary], daemon=True
        ).start()
        server = import_module(f"apiuser.lab.{kind}_server")
        loop, start, stop = server.prepare(Path(folder).resolve(), browser=browser)
        running.append((loop, stop))
        start()
        _cancel_tasks(loop)


def _is_news(record: logging.LogRecord) -> bool:
    """Do not log that a page was gone before an answer reached it."""
    error = record.exc_info[1] if record.exc_info else None
    return type(error).__name__ != "WebSocketClosedError"


def _end_with_command(running: "Running", temporary: str) -> None:
    # Not by sys.stdin, whose lock a thread must not hold when Python ends.
    while os.read(0, 1024):
        pass
    for loop, stop in running:
        loop.add_callback(stop)
        time.sleep(_PATIENCE)
    # Nothing runs yet, or it does not end.
    shutil.rmtree(temporary, ignore_errors=True)
    os._exit(1)


def _cancel_tasks(loop: "IOLoop") -> None:
    """Cancel what is left to do; threads wait for it, and the process for them."""
    tasks = asyncio.all_tasks(loop.asyncio_loop)  # type: ignore[attr-defined]
    for task in tasks:
        task.cancel()
    if tasks:
        rest = asyncio.wait(tasks, timeout=_PATIENCE)
        loop.run_sync(lambda: rest)


if __name__ == "__main__":
    main()
