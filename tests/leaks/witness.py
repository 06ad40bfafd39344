"""Run the command, and tell a watcher of each secret in it: at that moment it waits.

`python -m tests.leaks.witness TELL HEAR LIMIT WORDS...` runs `apiuser WORDS`, more
commands in the same process after the word `then`. TELL and HEAR are the numbers of
two pipes; LIMIT is the most bytes that a file may have, 0 for no limit.
"""

import base64
import os
import resource
import select
import signal
import sys
from collections.abc import Callable
from itertools import groupby

from apiuser.cli import main
from apiuser.credentials.credential import Secret

MADE, WRITTEN, READ = "made", "written", "read"
_LOOK_AGAIN = 0.1  # seconds


def watch_secrets(pause: Callable[[str, str], None]) -> None:
    """Pause when a secret is made, a whole file waits on the disk, an export is opened."""
    make, sync = Secret.__init__, os.fsync

    def make_and_tell(secret: Secret, text: str, /) -> None:
        make(secret, text)
        pause(MADE, text)

    def sync_and_tell(file: int) -> None:
        sync(file)
        pause(WRITTEN, "")

    def tell_export(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith(".csv"):
            pause(READ, "")

    sys.addaudithook(tell_export)
    Secret.__init__ = make_and_tell  # type: ignore[method-assign]
    os.fsync = sync_and_tell  # type: ignore[assignment]


def run(tell: int, hear: int, words: list[str]) -> int:
    """Run the commands and return the worst exit code."""

    def pause(moment: str, text: str) -> None:
        os.write(
            tell, f"{moment} {base64.b64encode(text.encode()).decode()}\n".encode()
        )
        # A signal just before a read would leave it waiting, so it is a short one.
        while not select.select([hear], (), (), _LOOK_AGAIN)[0]:
            pass
        os.read(hear, 1)

    watch_secrets(pause)
    commands = [list(g) for then, g in groupby(words, "then".__eq__) if not then]
    return max(main(command) for command in commands)


if __name__ == "__main__":
    if os.isatty(0):
        # The terminal becomes the one that /dev/tty leads to, and Ctrl-C comes from.
        os.close(os.open(os.ttyname(0), os.O_RDWR))
    if limit := int(sys.argv[3]):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    sys.exit(run(int(sys.argv[1]), int(sys.argv[2]), sys.argv[4:]))
