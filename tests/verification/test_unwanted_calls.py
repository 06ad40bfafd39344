"""What is no longer wanted is not sent, however long a connection takes to be made."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from apiuser.credentials.credential import Secret
from apiuser.errors import CallError
from apiuser.verification.calls import Network
from apiuser.verification.logins import try_login
from apiuser.verification.zones import Zone
from tests.planted import SECRETS
from tests.verification.stand_in import (
    ADDRESS,
    LOGIN,
    TRIED,
    Listen,
    StandIn,
    fail_in_a_hurry,
    open_stand_in,
    trust_stand_in,
)

ZONE = Zone(name="Sample Zone 5", address=ADDRESS)
PROXIED = b"HTTP/1.1 200 Connected\r\nX-Queue: waiting\r\n\r\n"


@pytest.fixture
def begun() -> threading.Event:
    """Is set once the proxy begins to say that it is connected."""
    return threading.Event()


@pytest.fixture
def unwanted() -> threading.Event:
    """Is set once nobody waits any more, and only then the proxy says the rest."""
    return threading.Event()


@pytest.fixture
def slow(
    monkeypatch: pytest.MonkeyPatch, begun: threading.Event, unwanted: threading.Event
) -> Iterator[StandIn]:
    """A stand-in behind a proxy that is not connected while somebody waits."""
    stand_in = StandIn(secret=SECRETS[0])

    def pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # one of them has gone
            while part := one.recv(4096):
                other.sendall(part)
            other.shutdown(socket.SHUT_WR)

    def serve() -> None:
        line, _ = server.accept()
        with line, socket.create_connection(("127.0.0.1", stand_in.port)) as onward:
            if not (asked := line.recv(4096)):
                return
            onward.sendall(asked)
            onward.recv(4096)
            with suppress(OSError):  # nobody waits any more
                line.sendall(PROXIED[:-1])
                begun.set()
                unwanted.wait(60)
                line.sendall(PROXIED[-1:])
            back = threading.Thread(target=pass_on, args=(onward, line), daemon=True)
            back.start()
            pass_on(line, onward)
            back.join()

    with (
        open_stand_in(stand_in),
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        worker = threading.Thread(target=serve, daemon=True)
        worker.start()
        proxy = f"http://127.0.0.1:{server.getsockname()[1]}"
        for name, value in {"https_proxy": proxy, "no_proxy": ""}.items():
            monkeypatch.setenv(name, value)
            monkeypatch.setenv(name.upper(), value)
        yield stand_in
        # On a busy machine the patience may have ended before anybody connected.
        socket.create_connection(server.getsockname()).close()
        worker.join(60)
        assert not worker.is_alive()


def wait_for_workers(others: set[threading.Thread]) -> None:
    """Wait until the threads that were begun since have ended."""
    for thread in set(threading.enumerate()) - others:
        if thread.name.startswith("asking"):
            thread.join(60)
            assert not thread.is_alive()


def test_nothing_is_sent_once_a_person_was_told_that_there_is_no_answer(
    slow: StandIn, unwanted: threading.Event
) -> None:
    others = set(threading.enumerate())
    hurried = Network(trust=trust_stand_in, patience=1)

    with pytest.raises(CallError, match="nothing was sent") as caught:
        try_login(ZONE, LOGIN, Secret(SECRETS[0]), slow.code, network=hurried)
    unwanted.set()
    wait_for_workers(others)

    assert not caught.value.sent
    assert "counted" not in str(caught.value)
    assert not any(line.startswith("GET") for line in slow.log)


def test_a_log_in_that_is_dropped_while_it_connects_is_not_made(
    slow: StandIn, begun: threading.Event, unwanted: threading.Event
) -> None:
    patient = Network(trust=trust_stand_in, patience=60, dropped=unwanted)

    def drop() -> None:
        begun.wait(60)
        unwanted.set()

    dropping = threading.Thread(target=drop)
    dropping.start()

    with pytest.raises(CallError, match="nothing was sent"):
        try_login(ZONE, LOGIN, Secret(SECRETS[0]), slow.code, network=patient)
    dropping.join()

    assert not any(line.startswith("GET") for line in slow.log)


def test_an_answer_that_is_never_the_last_is_left_when_the_patience_ends(
    listen: Listen,
) -> None:
    def flood() -> Iterator[bytes]:
        while True:
            yield b"HTTP/1.1 103 Early\r\n\r\n"

    stand_in = listen(instead=flood)
    others = set(threading.enumerate())
    secret = Secret(SECRETS[0])

    error = fail_in_a_hurry(
        lambda network: try_login(ZONE, LOGIN, secret, stand_in.code, network=network)
    )
    wait_for_workers(others)

    assert "no complete answer within" in str(error)
    assert "not known" in str(error)
    assert stand_in.log == [TRIED]
