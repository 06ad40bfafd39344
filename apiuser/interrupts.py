"""Ctrl-C, which waits while modules load.

Nothing is imported here that Python has not loaded or built in: `signal` would load
other modules, before this has begun.
"""

import _signal  # type: ignore[import-not-found]  # no types are published
import _thread
import sys
import time

TYPE_CHECKING = False  # as typing has it, which is not loaded yet
if TYPE_CHECKING:
    from types import FrameType

_AGAIN = 0.002
"""Seconds after which to interrupt again; modules may still load by then."""
_DEAF = 2.0
"""Seconds after Ctrl-C in which a second one does not disturb the clean-up."""
_held: list[int] = []
_raised: list[float] = []


def heed_interrupts() -> None:
    """Let Ctrl-C interrupt everything but the loading of modules.

    There it would surface as another error, or end the process: modules in C++ cannot
    go on after an error in a module that they load, and Python itself ignores the
    errors of some of its functions.
    """
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _interrupt)


def ignore_interrupts() -> None:
    """Let Ctrl-C do nothing from here on."""
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)


def deliver() -> None:
    """Interrupt now, if a Ctrl-C still waits."""
    if _held:
        _raise()


def _interrupt(number: int, frame: "FrameType | None") -> None:
    if not _is_loading(frame):
        if _raised and time.monotonic() < _raised[-1] + _DEAF:
            _held.clear()
            return
        _raise()
    if not _held:
        _thread.start_new_thread(_interrupt_again, (_thread.get_ident(),))
    _held.append(number)


def _is_loading(frame: "FrameType | None") -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _interrupt_again(main: int) -> None:
    """Interrupt until it is felt.

    A signal that comes just before the main thread begins to wait is lost to it.
    """
    while True:
        time.sleep(_AGAIN)
        if not _held:
            return
        if hasattr(_signal, "pthread_kill"):
            # A signal of its own, since the main thread may wait for a reader by now.
            _signal.pthread_kill(main, _signal.SIGINT)
        else:  # Windows
            _thread.interrupt_main()


def _raise() -> None:
    # Python would tell of objects that are only half made when they are dropped.
    sys.unraisablehook = lambda _: None
    _held.clear()
    _raised.append(time.monotonic())
    raise KeyboardInterrupt
