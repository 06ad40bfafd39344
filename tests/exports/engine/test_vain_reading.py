"""DuckDB does not read to its end what the reader of records has to read anyway."""

import threading

from apiuser.exports.engine.loading import run_beside

PATIENCE = 30


def test_an_interrupt_that_came_too_early_is_sent_again() -> None:
    felt = threading.Event()
    sent: list[int] = []

    def interrupt() -> None:
        sent.append(1)
        if len(sent) > 2:
            felt.set()

    with run_beside(lambda **_: None, interrupt) as counted:
        assert felt.wait(PATIENCE)

    assert not counted
