"""Start the command; little is loaded before Ctrl-C is heeded."""

import gc
import os
import sys

from apiuser.interrupts import deliver, heed_interrupts, ignore_interrupts

_INTERRUPTED = 130


def run() -> int:
    """Run the command as a process of its own, and return its exit code.

    It ends before cycles of objects are worth collecting: looking for them, while
    modules load and in every module when the interpreter ends, takes a tenth of a small
    audit.
    """
    gc.disable()
    try:
        try:
            heed_interrupts()
            from apiuser.cli import run as run_command  # noqa: PLC0415  # late, see above

            return run_command()
        finally:
            ignore_interrupts()
            deliver()
    except KeyboardInterrupt:
        # Again, as a Ctrl-C may have come first; Python would end with a long
        # traceback.
        ignore_interrupts()
        try:  # noqa: SIM105  # contextlib is not loaded yet
            os.write(2, b"apiuser: interrupted.\n")
        except OSError:  # full, closed, or nobody reads
            pass
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(run())
