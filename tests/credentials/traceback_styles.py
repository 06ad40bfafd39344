"""Ways to print an error, as programs around us do."""

import inspect
import io
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from IPython.core.ultratb import VerboseTB
from rich.console import Console
from rich.traceback import Traceback

from apiuser.credentials.credential import Credential, Secret

if TYPE_CHECKING:
    from types import TracebackType


def _print_plain(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _print_with_locals(error: BaseException) -> str:
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(told.format())


def _print_ipython(mode: str) -> Callable[[BaseException], str]:
    def show(error: BaseException) -> str:
        writer = VerboseTB(
            theme_name="nocolor",
            include_vars=mode == "Verbose",
            long_header=mode == "Verbose",
        )
        return writer.text(type(error), error, error.__traceback__)

    return show


def _print_rich(error: BaseException) -> str:
    console = Console(file=io.StringIO(), record=True, width=200)
    console.print(
        Traceback.from_exception(
            type(error),
            error,
            error.__traceback__,
            show_locals=True,
            locals_max_string=sys.maxsize,
            locals_max_length=sys.maxsize,
        )
    )
    return console.export_text()


def _print_every_frame(error: BaseException) -> str:
    """Print locals, globals used and attributes of both, as error pages do."""
    told = []
    walk: TracebackType | None = error.__traceback__
    while walk is not None:
        frame = walk.tb_frame
        shown = dict(frame.f_locals)
        for name in frame.f_code.co_names:
            if name in frame.f_globals:
                shown[name] = frame.f_globals[name]
        for name, value in shown.items():
            told.append(f"{name} = {value!r}")
            if isinstance(value, Secret | Credential):
                told += [f"{name}.{n} = {m!r}" for n, m in inspect.getmembers(value)]
        walk = walk.tb_next
    return "\n".join(told)


STYLES: dict[str, Callable[[BaseException], str]] = {
    "plain": _print_plain,
    "with locals": _print_with_locals,
    "IPython Context": _print_ipython("Context"),
    "IPython Verbose": _print_ipython("Verbose"),
    "rich": _print_rich,
    "every frame": _print_every_frame,
}
