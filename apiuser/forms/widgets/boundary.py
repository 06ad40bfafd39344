"""The edge of a form: an error that nobody foresaw says where it arose, and no more.

IPython's verbose traceback prints the locals of every frame, and an error's own words
may repeat what it was about. Inside a form either could be a secret.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from apiuser.errors import locate_error

_P = ParamSpec("_P")


class UnexpectedError(Exception):
    """An error of the program itself; it holds no frame and no value of it."""


def describe_error(error: Exception) -> str:
    """Say what can be done about an error of the program itself, and where it arose."""
    return (
        f"This did not work ({locate_error(error)}). "
        "Run the cell again; if it stays, report these words."
    )


def shut_in(handler: Callable[_P, None]) -> Callable[_P, None]:
    """Let an error out of a handler as an `UnexpectedError` without frames of it."""

    @wraps(handler)
    def handle(*arguments: _P.args, **options: _P.kwargs) -> None:
        try:
            handler(*arguments, **options)
        except Exception as error:  # noqa: BLE001  # whatever it is, its locals stay inside
            told = describe_error(error)
        else:
            return
        # Outside the handler of the error, so that it is not this one's context.
        raise UnexpectedError(told)

    return handle
