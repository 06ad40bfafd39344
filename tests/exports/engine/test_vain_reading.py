"""DuckDB does not read to its end what the reader of records has to read anyway."""

import threading

import pytest

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


def test_a_file_that_is_closed_after_an_interrupt_ends_its_counting_quietly() -> None:
    def count(*, stop: threading.Event) -> None:
        stop.wait()
        message = "read of closed file"
        raise ValueError(message)

    with (
        pytest.raises(KeyboardInterrupt),
        run_beside(count, lambda: None),
    ):
        raise KeyboardInterrupt
