"""What is no longer wanted is not sent, however long a connection takes to be made."""

import socket
import threading
import time
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
    open_stand_in,
    trust_stand_in,
)

NETWORK = Network(trust=trust_stand_in, patience=1)
ZONE = Zone(name="Sample Zone 5", address=ADDRESS)
PROXIED = b"HTTP/1.1 200 Connected\r\nX-Queue: waiting\r\n\r\n"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A stand-in behind a proxy that says for two seconds that it is connected."""
    stand_in = StandIn(secret=SECRETS[0])

    def pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # one of them has gone
            while part := one.recv(4096):
                other.sendall(part)
            other.shutdown(socket.SHUT_WR)

    def serve() -> None:
        line, _ = server.accept()
        with line, socket.create_connection(("127.0.0.1", stand_in.port)) as onward:
            onward.sendall(line.recv(4096))
            onward.recv(4096)
            with suppress(OSError):  # nobody waits any more
                for byte in PROXIED:
                    line.sendall(bytes([byte]))
                    time.sleep(2 / len(PROXIED))
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
        worker.join(10)
        assert not worker.is_alive()


def wait_for_workers(others: set[threading.Thread]) -> None:
    """Wait until the threads that were begun since have ended."""
    for thread in set(threading.enumerate()) - others:
        if thread.name.startswith("asking"):
            thread.join(10)
            assert not thread.is_alive()


def test_nothing_is_sent_once_a_person_was_told_that_there_is_no_answer(
    slow: StandIn,
) -> None:
    others = set(threading.enumerate())

    with pytest.raises(CallError, match="nothing was sent") as caught:
        try_login(ZONE, LOGIN, Secret(SECRETS[0]), slow.code, network=NETWORK)
    wait_for_workers(others)

    assert not caught.value.sent
    assert "counted" not in str(caught.value)
    assert not any(line.startswith("GET") for line in slow.log)


def test_a_log_in_that_is_dropped_while_it_connects_is_not_made(slow: StandIn) -> None:
    dropped = threading.Event()
    threading.Timer(0.5, dropped.set).start()
    patient = Network(trust=trust_stand_in, patience=20, dropped=dropped)

    with pytest.raises(CallError, match="nothing was sent"):
        try_login(ZONE, LOGIN, Secret(SECRETS[0]), slow.code, network=patient)

    assert not any(line.startswith("GET") for line in slow.log)


def test_an_answer_that_is_never_the_last_is_left_when_the_patience_ends(
    listen: Listen,
) -> None:
    def flood() -> Iterator[bytes]:
        for _ in range(2000):
            yield b"HTTP/1.1 103 Early\r\n\r\n"
            time.sleep(0.01)

    stand_in = listen(instead=flood)
    others = set(threading.enumerate())
    begun = time.monotonic()

    with pytest.raises(CallError, match=r"within 1 seconds.*not known"):
        try_login(ZONE, LOGIN, Secret(SECRETS[0]), stand_in.code, network=NETWORK)
    wait_for_workers(others)

    assert time.monotonic() - begun < 10
    assert stand_in.log == [TRIED]
