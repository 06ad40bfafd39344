"""The edge of a form: an error that nobody foresaw says where it arose, and no more.

IPython's verbose traceback prints the locals of every frame, and an error's own words
may repeat what it was about. Inside a form either could be a secret.
"""

import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

_P = ParamSpec("_P")
_PACKAGE = Path(__file__).parents[2]


class UnexpectedError(Exception):
    """An error of the program itself; it holds no frame and no value of it."""


def describe_error(error: Exception) -> str:
    """Say the kind of an error and the last place in this package, without its words."""
    places = [
        f"{path.relative_to(_PACKAGE.parent).as_posix()}, line {frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if (path := Path(frame.filename)).is_relative_to(_PACKAGE)
    ]
    place = f" in {places[-1]}" if places else ""
    return (
        f"This did not work ({type(error).__name__}{place}). "
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
