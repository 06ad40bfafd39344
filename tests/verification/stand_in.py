"""A stand-in for Autotask on this machine, which answers as public reports say.

It speaks TLS as every host of Autotask, with a certificate of its own, and is a proxy
for programs that are told of one. Each call is written down.
"""

import datetime as dt
import json
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from apiuser.errors import CallError
from apiuser.verification.calls import Network

HOST = "webservices.autotask.net"
ZONE_HOST = "webservices5.autotask.net"
ADDRESS = f"https://{ZONE_HOST}/ATServicesRest/"
LOGIN = "sample4key@sample.example.com"
ASKED = (
    f"GET https://{HOST}/ATServicesRest/V1.0/zoneInformation"
    "?user=sample4key%40sample.example.com"
)
TRIED = (
    f"GET {ADDRESS}V1.0/ThresholdInformation with UserName, Secret, ApiIntegrationCode"
)
_HELLO = 0x16  # how TLS begins
_OURS = ("UserName", "Secret", "ApiIntegrationCode")


@dataclass
class Call:
    """A call as it arrived."""

    line: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.line.split()[1]).path

    @property
    def credentials(self) -> str:
        """Name the headers of a log-in that came with it."""
        names = [name for name in _OURS if name.casefold() in self.headers]
        return f" with {', '.join(names)}" if names else ""

    @property
    def user(self) -> str:
        query = parse_qs(urlsplit(self.line.split()[1]).query)
        return query.get("user", [""])[0]


def answer(status: int, body: object = "", **headers: str) -> bytes:
    """Write an answer of HTTP, of JSON where the body is neither text nor bytes."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    raw = text.encode() if isinstance(text, str) else text
    kind = "text/plain" if text is body else "application/json; charset=utf-8"
    given = {"Content_Type": kind, "Content_Length": str(len(raw)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {v}\r\n" for name, v in given.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}Connection: close\r\n\r\n".encode() + raw


def tell_zone(address: str = ADDRESS, **more: object) -> bytes:
    """Answer with a zone."""
    zone = {"zoneName": "Sample Zone 5", "url": address, "webUrl": "", "ci": 5, **more}
    return answer(200, zone)


NO_ZONE = answer(500, {"errors": ["Zone information could not be determined"]})


@dataclass
class StandIn:
    """The stand-in.

    Attributes:
        secret: The secret of the one user that it knows.
        code: Its tracking identifier.
        locked: Whether the user is locked.
        attempts: Failures after which it is locked.
        ready: When the user begins to work, by the clock.
        clock: Tells the seconds.
        older: Whether a wrong identifier is answered as an older report says.
        address: The zone's address that it tells.
        rights: What is answered once the log-in is right.
        instead: What to answer in the place of all this; parts are sent one by one.
        refusing: Whether it refuses to be a proxy.
        log: Each call, with the names of the credentials that came with it.
    """

    secret: str = ""
    code: str = "SAMPLE0000000000000000000AB"
    locked: bool = False
    attempts: int = 3
    ready: float = 0
    clock: Callable[[], float] = time.monotonic
    older: bool = False
    address: str = ADDRESS
    rights: bytes = field(
        default_factory=lambda: answer(200, {"externalRequestThreshold": 10000})
    )
    instead: bytes | Callable[[], Iterator[bytes]] | None = None
    refusing: bool = False
    failures: int = 0
    port: int = 0
    log: list[str] = field(default_factory=list)

    def answer(self, call: Call) -> bytes | Iterator[bytes]:
        """Return what Autotask would answer."""
        if self.instead is not None:
            return self.instead if isinstance(self.instead, bytes) else self.instead()
        if call.path.endswith("/zoneInformation"):
            return tell_zone(self.address) if call.user.casefold() == LOGIN else NO_ZONE
        given = [call.headers.get(name.casefold(), "") for name in _OURS]
        if self.locked or given[0] != LOGIN or self.clock() < self.ready:
            return answer(401)
        if given[1] != self.secret:
            self.failures += 1
            self.locked = self.failures >= self.attempts
            return answer(401)
        if given[2] != self.code:
            wrong = {"errors": ["IntegrationCode is invalid."]}
            return answer(500, wrong) if self.older else answer(401)
        return self.rights


def list_settings(stand_in: StandIn, folder: Path) -> dict[str, str]:
    """Return what makes a process ask the stand-in, and trust it where it is Linux."""
    path = folder / "trusted.pem"
    path.write_bytes(make_certificate())
    proxy = f"http://127.0.0.1:{stand_in.port}"
    return {
        "HTTPS_PROXY": proxy,
        "https_proxy": proxy,
        "NO_PROXY": "",
        "SSL_CERT_FILE": str(path),
    }


Listen = Callable[..., StandIn]
"""Opens a stand-in at the place of every host of Autotask, with the settings given."""


@contextmanager
def stand_in_for_autotask(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listen]:
    """Give a way to open a stand-in that this process takes for Autotask."""
    for name in ("https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with ExitStack() as stack:

        def listen(certificate: bytes = b"", **settings: Any) -> StandIn:  # noqa: ANN401
            stand_in = StandIn(**settings)
            stack.enter_context(open_stand_in(stand_in, certificate))

            def find(host: str, port: int, *_: object, **__: object) -> list[object]:
                assert host.endswith(".autotask.net")
                assert port == 443
                place = ("127.0.0.1", stand_in.port)
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place)]

            monkeypatch.setattr(socket, "getaddrinfo", find)
            return stand_in

        yield listen


@cache
def make_certificate(host: str = "*.autotask.net") -> bytes:
    """Return a certificate for the hosts of Autotask that only a test trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Sample only")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    return made.public_bytes(pem) + key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def trust_stand_in() -> ssl.SSLContext:
    """Return TLS that trusts the stand-in and nobody else."""
    return ssl.create_default_context(cadata=make_certificate().decode())


PATIENT = Network(trust=trust_stand_in, patience=60)
"""For what is answered, however late on a busy machine."""


def fail_in_a_hurry(ask: Callable[[Network], object]) -> CallError:
    """Ask for what never comes to an end; return what a person is told then.

    A call that a busy machine did not send in time is asked with more patience.
    """
    for patience in (0.5, 2, 8, 32):
        with pytest.raises(CallError) as caught:
            ask(Network(trust=trust_stand_in, patience=patience))
        if caught.value.sent:
            break
    return caught.value


@contextmanager
def open_stand_in(stand_in: StandIn, certificate: bytes = b"") -> Iterator[StandIn]:
    """Let the stand-in listen on this machine."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.pem"
        path.write_bytes(certificate or make_certificate())
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(path)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # a client that has gone
                _serve(stand_in, self.request, tls)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        stand_in.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        try:
            yield stand_in
        finally:
            server.shutdown()


def _serve(stand_in: StandIn, line: socket.socket, tls: ssl.SSLContext) -> None:
    line.settimeout(10)
    first = line.recv(1, socket.MSG_PEEK)
    if first and first[0] != _HELLO:
        call = _read_call(line)
        stand_in.log.append(" ".join(call.line.split()[:2]) + call.credentials)
        if stand_in.refusing or not call.line.startswith("CONNECT "):
            line.sendall(answer(407))
            return
        line.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
    with tls.wrap_socket(line, server_side=True) as inside:
        call = _read_call(inside)
        method, target, _ = call.line.split()
        host = call.headers.get("host", "")
        stand_in.log.append(f"{method} https://{host}{target}{call.credentials}")
        said = stand_in.answer(call)
        for part in [said] if isinstance(said, bytes) else said:
            inside.sendall(part)


def _read_call(line: socket.socket) -> Call:
    head = b""
    while b"\r\n\r\n" not in head:
        part = line.recv(4096)
        if not part:
            break
        head += part
    first, *rest = head.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
    pairs = (text.partition(":") for text in rest)
    return Call(first, {name.casefold(): value.strip() for name, _, value in pairs})
