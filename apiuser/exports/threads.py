"""One piece of work on all processors: numpy and Arrow let other threads run."""

import os
import threading
from collections.abc import Callable

_MOST = 4


def work_together(work: Callable[[], None]) -> None:
    """Run a function in this thread and in others at the same time.

    Args:
        work: Takes piece after piece from a place that all threads share.

    Raises:
        BaseException: The first that a thread raised, when all have ended.
    """
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  # raised by the thread that waits
            errors.append(error)

    helpers = [
        threading.Thread(target=run, daemon=True)
        for _ in range(min(os.cpu_count() or 1, _MOST) - 1)
    ]
    for helper in helpers:
        helper.start()
    run()
    for helper in helpers:
        helper.join()
    for error in errors:
        raise error
