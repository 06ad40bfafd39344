"""Interrupts at every line that some work passes."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

Place = tuple[str, int]
"""A file and a line of it."""


class StoppedError(BaseException):
    """Stands for an interrupt at a place of our choice."""


def stop_everywhere(
    work: Callable[[], object], ours: Callable[[Path], bool]
) -> Iterator[tuple[Place, StoppedError]]:
    """Do the work once to the end, then once for each line it passed, stopped there.

    Yields the place and the interrupt. Its traceback begins in our own files, because
    the test knows the secret that it made.
    """
    passed: dict[Place, None] = {}
    _run_traced(work, ours, passed.setdefault)
    for place in passed:
        try:
            _run_traced(work, ours, _stop_at(place))
        except StoppedError as stopped:
            walk = stopped.__traceback__
            while walk and not ours(Path(walk.tb_frame.f_code.co_filename)):
                walk = walk.tb_next
            yield place, stopped.with_traceback(walk)
        else:
            message = f"the work did not pass {place} again"
            raise AssertionError(message)


def _run_traced(
    work: Callable[[], object],
    ours: Callable[[Path], bool],
    at: Callable[[Place], object],
) -> None:
    @cache  # each call of any function asks
    def is_ours(file: str) -> bool:
        return ours(Path(file))

    def trace(frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401
        file = frame.f_code.co_filename
        if not is_ours(file):
            return None
        if event == "line":
            at((file, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)


def _stop_at(place: Place) -> Callable[[Place], None]:
    def stop(passed: Place) -> None:
        if passed == place:
            raise StoppedError

    return stop
