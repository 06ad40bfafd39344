"""One log-in, on request: the first call that tests a secret, and never a second."""

import datetime as dt
import re
from dataclasses import dataclass
from http import HTTPStatus

from apiuser.credentials.credential import Secret
from apiuser.errors import CallError, InputError
from apiuser.howto.finishing import WAIT_MINUTES, find_ready
from apiuser.howto.step import Note
from apiuser.rules.citations import (
    N8N_AUTOTASK,
    REST_SECURITY,
)
from apiuser.verification.calls import COMPLAINS, NETWORK, Network, Reply, get
from apiuser.verification.zones import VERSION, Zone

WORKS = Note(
    "Username, secret and tracking identifier belong together, and the user may log in.",
    (N8N_AUTOTASK,),
)
STILL_OPEN_AFTER = Note(
    "It proves nothing about the rights to records or the lines of business, nor that "
    "the application sends the same values.",
    (REST_SECURITY,),
)
_MAYBE_COUNTED = (
    "Whether this counted as a failure is not known: check Locked on the user's page "
    "before another try."
)
_ANSWERED = {
    "currenttimeframerequestcount",
    "externalrequestthreshold",
    "requestthresholdtimeframe",
}
"""What the address of a log-in answers, one at least (go-autotask, n8n-nodes-autotask)."""
_BY_STATUS: dict[int, tuple[str, ...]] = {
    HTTPStatus.INTERNAL_SERVER_ERROR: ("code", "rights"),
    HTTPStatus.UNAUTHORIZED: ("401",),
    HTTPStatus.FORBIDDEN: ("rights",),
    HTTPStatus.NOT_FOUND: ("404",),
    HTTPStatus.TOO_MANY_REQUESTS: ("limits",),
}
"""What a status may be if its text says nothing; the zone is known by then."""
_BY_WORDS = {
    r"\blocked\b": "locked",
    "integrationcode": "code",
    "adequate permissions": "rights",
    "thread threshold": "limits",
    "zone information": "zone",
}
"""What a text says, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginAnswer:
    """The answer to a log-in.

    Attributes:
        status: The status of HTTP.
        symptoms: Codes of the symptoms that it may be; none if the log-in works.
    """

    status: int
    symptoms: tuple[str, ...]


def write_login_address(zone: Zone) -> str:
    """Return the address that a log-in asks: one that needs no right to a record."""
    return f"{zone.address}{VERSION}/ThresholdInformation"


def refuse_early(saved_at: dt.datetime, now: dt.datetime) -> None:
    """Refuse a log-in while a new user may not work yet.

    Args:
        saved_at: When the user was saved, by this computer's clock.
        now: The same clock.

    Raises:
        InputError: It is too early.
    """
    ready = find_ready(saved_at)
    if now < ready:
        minute = ready.replace(second=0, microsecond=0)
        minute += dt.timedelta(minutes=minute < ready)
        message = (
            f"A new user can take {WAIT_MINUTES} minutes to work, so nothing was tried. "
            f"Try from {minute:%H:%M} on, local time by this computer's clock."
        )
        raise InputError(message)


def refuse_untravelling(secret: Secret, identifier: str) -> None:
    """Refuse values that cannot be sent in a call, before anybody is asked.

    Raises:
        InputError: One of them is empty, or contains a blank, a line break or a
            non-ASCII character.
    """
    for name, travels in (
        ("secret", _travels(secret.reveal())),
        ("tracking identifier", _travels(identifier)),
    ):
        if not travels:
            message = (
                f"The {name} is empty, or contains a blank, a line break or a "
                "non-ASCII character, which cannot be sent in a call. Nothing was "
                "tried."
            )
            raise InputError(message)


def try_login(
    zone: Zone,
    username: str,
    secret: Secret,
    identifier: str,
    *,
    network: Network = NETWORK,
) -> LoginAnswer:
    """Log in once, whatever comes back.

    Args:
        zone: Where the look-up of the zone found the user.
        username: The full username.
        secret: Its secret, which leaves the process in this one call only.
        identifier: The tracking identifier of the user.
        network: How the call gets out.

    Raises:
        InputError: A value cannot be sent; nothing was tried.
        CallError: There was no answer, or none that tells anything.
    """
    refuse_untravelling(secret, identifier)
    carried: dict[str, str | Secret] = {
        "UserName": username,
        "Secret": secret,
        "ApiIntegrationCode": identifier,
        "Content-Type": "application/json",
    }
    try:
        reply = get(write_login_address(zone), carried, network=network)
    except CallError as error:
        if not error.sent:
            raise
        reason = error.reason
    except KeyboardInterrupt as error:
        error.add_note(f"A log-in was on its way. {_MAYBE_COUNTED}")
        raise
    else:
        symptoms = _name_symptoms(reply)
        if symptoms is not None:
            return LoginAnswer(status=reply.status, symptoms=symptoms)
        reason = f"The answer has status {reply.status}, which says nothing more."
    message = f"{reason} {_MAYBE_COUNTED}"
    raise CallError(message)


def _name_symptoms(reply: Reply) -> tuple[str, ...] | None:
    """Name what a reply may be; None if it tells nothing."""
    if reply.status == HTTPStatus.OK:
        return () if _tells_limits(reply) else None
    by_status = _BY_STATUS.get(reply.status)
    said = reply.text.casefold()
    by_words = (code for words, code in _BY_WORDS.items() if re.search(words, said))
    return by_status and (tuple(by_words) or by_status)


def _tells_limits(reply: Reply) -> bool:
    """Tell whether it is what the address answers, and no message beside it."""
    keys = reply.read_object().keys()
    return bool(keys & _ANSWERED) and not keys & COMPLAINS


def _travels(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and " " not in text
