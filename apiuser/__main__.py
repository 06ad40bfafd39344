"""Start the command; Ctrl-C while its modules load gives no traceback.

Nothing is imported here that Python has not loaded by itself.
"""

import os
import sys

_INTERRUPTED = 130


def run() -> int:
    """Run the command as a process of its own, and return its exit code."""
    try:
        try:
            from apiuser.cli import run as run_command  # noqa: PLC0415  # late, see above

            return run_command()
        finally:
            _ignore_interrupts()
    except (KeyboardInterrupt, RuntimeError) as error:
        # Before 3.12, Python wraps what comes while a class is made.
        if not isinstance(error.__cause__ or error, KeyboardInterrupt):
            raise
        _ignore_interrupts()
        os.write(2, b"apiuser: interrupted.\n")
        return _INTERRUPTED


def _ignore_interrupts() -> None:
    """Let no Ctrl-C disturb Python's own end, which would report it at length."""
    import signal  # noqa: PLC0415  # late, see above

    signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(run())
