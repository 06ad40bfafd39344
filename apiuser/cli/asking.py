"""Ask for what must not be on a command line."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from apiuser.cli.telling import prompt
from apiuser.credentials.credential import Secret
from apiuser.errors import InputError

if TYPE_CHECKING:
    from types import FrameType

_ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")
"""Signals that end a process without a word, where there are such."""
_STOPPING = ("SIGTSTP", "SIGTTOU")
"""Signals that stop a process, by Ctrl-Z or when it changes the terminal from behind."""
_MOST_TYPED = 10_000
"""Characters of a line; no secret or name is nearly as long."""
_AGAIN = 0.01
"""Seconds after which a signal is sent again."""


def ask_secret(name: str) -> Secret:
    """Ask for a secret without showing it, or take the next line of a pipe.

    Raises:
        InputError: There is no answer, or it is too long or no text.
    """
    _refuse_closed(name)
    try:
        if not sys.stdin.isatty():
            line = _read_line(name)
            # Bytes that are not text come as lone surrogates if Python lets them.
            line.encode()
            return Secret(line)
        import getpass  # noqa: PLC0415  # late: a pipe does without

        with _end_after_prompt():
            return Secret(getpass.getpass(f"{name}: "))
    except UnicodeError:
        message = f"The {name.lower()} is not text in this encoding. Start again."
        raise InputError(message) from None
    except EOFError:
        message = f"Nothing was typed for the {name.lower()}. Start again."
        raise InputError(message) from None


@contextlib.contextmanager
def _end_after_prompt() -> Iterator[None]:
    """Let a signal that ends the process do so once the prompt is left.

    By then the terminal shows again what is typed there. Ctrl-Z does nothing, since a
    shell lets the terminal show what is typed when the command goes on; a command that
    was stopped in another way asks no more.

    Raises:
        InputError: It goes on after it was stopped.
    """
    import signal  # noqa: PLC0415  # late, as above

    ended: list[int] = []

    def end(number: int, frame: "FrameType | None") -> None:
        if ended:  # others must not disturb the end
            return
        try:
            ends[number](number, frame)
        except (KeyboardInterrupt, EOFError, InputError):
            ended.append(number)
            raise

    known = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    # Those that the caller ignores stay ignored.
    ends: dict[int, Callable[[int, FrameType | None], object]] = {
        number: _give_up
        for number in known
        if signal.getsignal(number) is signal.SIG_DFL
    }
    if callable(interrupt := signal.getsignal(signal.SIGINT)):
        ends[signal.SIGINT] = interrupt
    if hasattr(signal, "SIGCONT"):
        ends[signal.SIGCONT] = _refuse_stopped
    former = {number: signal.signal(number, end) for number in ends}
    for name in _STOPPING:
        if hasattr(signal, name):
            number = getattr(signal, name)
            former[number] = signal.signal(number, signal.SIG_IGN)
    try:
        with _repeat_signals(ended):
            yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        if ended and ended[0] in known:
            os.kill(os.getpid(), ended[0])


def _give_up(_number: int, _frame: object) -> None:
    raise EOFError


def _refuse_stopped(_number: int, _frame: object) -> None:
    message = "The prompt was stopped before anything was typed. Start again."
    raise InputError(message)


@contextlib.contextmanager
def _repeat_signals(ended: Sequence[int]) -> Iterator[None]:
    """Send a signal again until it is felt.

    One that comes just before the main thread begins to read is lost to it.
    """
    import signal  # noqa: PLC0415  # late, as above
    import threading  # noqa: PLC0415  # late, as above

    if not hasattr(signal, "pthread_kill"):  # Windows, where getpass looks for keys
        yield
        return
    main, left = threading.get_ident(), threading.Event()
    heard, told = os.pipe()
    os.set_blocking(told, False)

    def repeat() -> None:
        for number in os.read(heard, 1):
            while not (left.wait(_AGAIN) or ended):
                signal.pthread_kill(main, number)

    repeating = threading.Thread(target=repeat)
    former = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    repeating.start()
    try:
        yield
    finally:
        left.set()
        signal.set_wakeup_fd(former)
        os.close(told)
        repeating.join()
        os.close(heard)


def ask_secret_twice(name: str) -> Secret:
    """Ask twice at a terminal, where a slip of the finger cannot be seen.

    Raises:
        InputError: The two are not the same.
    """
    secret = ask_secret(name)
    if sys.stdin.isatty() and ask_secret(f"{name}, again") != secret:
        message = f"The two entries of the {name.lower()} differ. Start again."
        raise InputError(message)
    return secret


def ask_line(name: str) -> str:
    """Ask for one line, or take the next line of a pipe.

    Raises:
        InputError: There is no input.
    """
    _refuse_closed(name)
    if sys.stdin.isatty():
        prompt(f"{name}: ")
    return _read_line(name)


def _read_line(name: str) -> str:
    line = sys.stdin.readline(_MOST_TYPED + 1)
    if len(line) > _MOST_TYPED:
        message = f"The {name.lower()} is longer than {_MOST_TYPED:,} characters."
        raise InputError(message)
    return line.rstrip("\r\n")


def _refuse_closed(name: str) -> None:
    if sys.stdin is None:  # closed by the caller
        message = f"There is no input for the {name.lower()}. Start again."
        raise InputError(message)
