"""One call: bounded in time and size, never redirected, never repeated."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apiuser.credentials.credential import Secret
from apiuser.errors import CallError, locate_error
from apiuser.verification.hosts import is_allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

_MOST_BYTES = 64 * 1024
"""Bytes of an answer; those of the API that are read here are below 1,000."""
_ONE_STEP = 10.0
"""Seconds to connect, or to wait for the next bytes."""
_LOOK_AGAIN = 0.2
"""Seconds after which Ctrl-C is heard, if a wait itself cannot be interrupted."""
_ALWAYS = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "User-Agent": "apiuser",
}
COMPLAINS = {"error", "errors", "message"}
"""Keys, in lower-case letters, that no answer has beside what was asked for."""
_ANOTHER_TIME = "Nothing is sent again automatically; try later."


_PROXY = "If a proxy is needed, name it in HTTPS_PROXY."
_BAD_PROXY = (
    "The proxy that the environment names cannot be used. Give HTTPS_PROXY an address "
    "that begins with http://."
)
_CUT = f"The answer was cut off or is not HTTP. {_ANOTHER_TIME}"
_REDIRECT = (
    "The answer redirects to another address, which is not followed: an API does not "
    "do that. The network's log-in page may be in between."
)
_TOO_LARGE = (
    f"The answer is larger than {_MOST_BYTES >> 10} KiB, so it is not from Autotask's "
    "API, and was not read further."
)
_PAGE = (
    "A web page came back (status {}), not an answer from an API. The network's "
    "log-in page or a proxy may be in between: open any page in a browser, then try "
    "again."
)
_UNSENT = {
    "SSLCertVerificationError": (
        "The certificate received is not one this computer trusts for Autotask, so "
        "nothing was sent. Something in between may be reading the call, or this "
        "computer's clock may be wrong."
    ),
    "SSLError": (
        f"No encrypted connection was made, so nothing was sent. {_ANOTHER_TIME}"
    ),
    "ProxyError": (
        "The proxy that the environment names (HTTPS_PROXY) refused the call or asks for "
        "a log-in of its own."
    ),
    "ConnectTimeout": (
        f"No connection was made for {_ONE_STEP:g} seconds. {_ANOTHER_TIME}"
    ),
    "gaierror": (
        f"The name of Autotask's host is not known here, which says nothing about the "
        f"user. Is this computer on the network? {_PROXY}"
    ),
    "ConnectError": (
        "Autotask's host or the proxy does not answer. Is this computer on the "
        f"network? {_PROXY}"
    ),
    "_UnwantedError": "It is no longer wanted, so nothing was sent.",
}
"""What to say if no connection was made, by the kind of an error of httpx or below
it; the first that fits."""
_UNCONNECTED = {"ConnectError", "ConnectTimeout", "ProxyError", "_UnwantedError"}
_SENT = {
    "TimeoutException": f"There was no answer for {_ONE_STEP:g} seconds. {_ANOTHER_TIME}",
    "NetworkError": _CUT,
    "RemoteProtocolError": _CUT,
}
"""What to say if a call may have arrived."""


def trust_system() -> ssl.SSLContext:
    """Return TLS that trusts what this computer trusts, proxies of a company too."""
    import truststore  # noqa: PLC0415  # late: most commands call nobody

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How calls get out.

    Attributes:
        trust: Makes the TLS of a call.
        patience: Seconds for a whole call, from the name of the host to the last byte.
        dropped: Is set once a call is no longer wanted: it is not sent after that.
    """

    trust: Callable[[], ssl.SSLContext] = trust_system
    patience: float = 30.0
    dropped: threading.Event = field(default_factory=threading.Event)


NETWORK = Network()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back.

    Attributes:
        status: The status of HTTP.
        text: The body without a byte order mark; bytes that are not UTF-8 are replaced.
    """

    status: int
    text: str

    def read_object(self) -> dict[str, object]:
        """Return the keys of a JSON object in lower-case letters; none of another."""
        try:
            found = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {key.casefold(): value for key, value in found.items()}


def get(
    address: str,
    headers: Mapping[str, str | Secret] | None = None,
    *,
    network: Network = NETWORK,
) -> Reply:
    """Ask an address once.

    Args:
        address: The whole address.
        headers: The headers that the call adds; secrets are revealed only while it
            runs.
        network: How the call gets out.

    Raises:
        CallError: The address may not be called, nobody answered in time, or what came
            back is a web page, redirects elsewhere, or is too large.
    """
    if not is_allowed(address):
        message = "The address is not one of Autotask's, and is not called."
        raise CallError(message)
    outcome: list[Reply | CallError] = []
    line = _Wire(network.dropped)
    # A thread of its own, because no setting bounds the look-up of a name or an answer
    # that comes byte by byte; and what it raises holds the headers, so it raises nothing.
    worker = threading.Thread(
        target=lambda: outcome.append(_ask(address, headers or {}, network, line)),
        name="asking Autotask",
        daemon=True,
    )
    worker.start()
    until = time.monotonic() + network.patience
    try:
        while worker.is_alive() and time.monotonic() < until:
            worker.join(_LOOK_AGAIN)
    finally:
        sent = line.end()
    if not outcome:
        lacks = "complete answer" if sent else "connection, and nothing was sent,"
        message = (
            f"There was no {lacks} within {network.patience:g} seconds. {_ANOTHER_TIME}"
        )
        raise CallError(message, sent=sent)
    if isinstance(outcome[0], CallError):
        raise outcome[0]
    return outcome[0]


class _UnwantedError(Exception):
    """Nobody waits for the call any more."""


class _Wire:
    """The line of one call, which can be ended from another thread.

    httpx tells `follow` each step before it makes it.
    """

    def __init__(self, dropped: threading.Event) -> None:
        self._dropped = dropped
        self._lock = threading.Lock()
        self._ended = self._sent = False
        self._socket: socket.socket | None = None

    def follow(self, step: str, facts: Mapping[str, Any]) -> None:
        """Note a step; raise if it is unwanted."""
        with self._lock:
            if step.endswith((".connect_tcp.complete", ".start_tls.complete")):
                self._socket = facts["return_value"].get_extra_info("socket")
            if self._ended or self._dropped.is_set():
                raise _UnwantedError
            if step.endswith(".send_request_headers.started"):
                self._sent = facts["request"].method == b"GET"  # not a proxy's CONNECT

    def end(self) -> bool:
        """Let nothing more be sent or received; tell whether the call was sent."""
        with self._lock:
            self._ended = True
            if self._socket is not None:
                with suppress(OSError):  # it has ended by itself
                    # Not `SSLSocket.shutdown`, after which it would send unencrypted.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            return self._sent


def _ask(
    address: str, headers: Mapping[str, str | Secret], network: Network, line: _Wire
) -> Reply | CallError:
    """Return the answer, or what is wrong."""
    import httpx  # noqa: PLC0415  # late: most commands call nobody

    try:
        client = httpx.Client(
            verify=network.trust(), timeout=_ONE_STEP, follow_redirects=False
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        return CallError(_BAD_PROXY, sent=False)
    carried = dict(_ALWAYS)
    for name, value in headers.items():
        carried[name] = value.reveal() if isinstance(value, Secret) else value
    try:
        with (
            client,
            client.stream(
                "GET", address, headers=carried, extensions={"trace": line.follow}
            ) as response,
        ):
            return _read(response)
    except Exception as error:  # noqa: BLE001  # its words may hold the headers
        return _explain(error)


def _read(response: httpx.Response) -> Reply | CallError:
    """Read an answer that is one of an API."""
    if response.has_redirect_location:
        return CallError(_REDIRECT)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return CallError(
            f"The answer is compressed, which was not asked for. {_ANOTHER_TIME}"
        )
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > _MOST_BYTES:
            return CallError(_TOO_LARGE)
    text = bytes(body).decode("utf-8-sig", "replace")
    kind = response.headers.get("Content-Type", "").casefold()
    if kind.startswith("text/html") or text.lstrip().startswith("<"):
        return CallError(_PAGE.format(response.status_code))
    return Reply(status=response.status_code, text=text)


def _explain(error: Exception) -> CallError:
    """Say in a sentence what went wrong; the error's own words stay out."""
    kinds = {kind.__name__ for one in _list_causes(error) for kind in type(one).__mro__}
    sent = not kinds & _UNCONNECTED
    known = (
        text for kind, text in (_SENT if sent else _UNSENT).items() if kind in kinds
    )
    unforeseen = f"The call could not be made ({locate_error(error)})."
    return CallError(next(known, unforeseen), sent=sent)


def _list_causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes
