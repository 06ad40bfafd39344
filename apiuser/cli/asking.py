"""Ask for what must not be on a command line."""

import contextlib
import os
import sys
from collections.abc import Iterator

from apiuser.cli.telling import prompt
from apiuser.credentials.credential import Secret
from apiuser.errors import InputError

_ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")
"""Signals that end a process without a word, where there are such."""


def ask_secret(name: str) -> Secret:
    """Ask for a secret without showing it, or take the next line of a pipe.

    Raises:
        InputError: The prompt was left without an answer.
    """
    _refuse_closed(name)
    try:
        if not sys.stdin.isatty():
            line = sys.stdin.readline().rstrip("\r\n")
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

    By then the terminal shows again what is typed there.
    """
    import signal  # noqa: PLC0415  # late, as above

    ended: list[int] = []

    def end(number: int, _frame: object) -> None:
        ended.append(number)
        if len(ended) == 1:  # others must not disturb the end
            raise EOFError

    known = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    # Those that the caller ignores stay ignored.
    former = {
        number: signal.signal(number, end)
        for number in known
        if signal.getsignal(number) is signal.SIG_DFL
    }
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        if ended:
            os.kill(os.getpid(), ended[0])


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
    return sys.stdin.readline().rstrip("\r\n")


def _refuse_closed(name: str) -> None:
    if sys.stdin is None:  # closed by the caller
        message = f"There is no input for the {name.lower()}. Start again."
        raise InputError(message)
