"""The zone of a username: asked without any secret, so it can lock nobody."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from apiuser.credentials.credential import Username
from apiuser.errors import CallError, InputError
from apiuser.howto.step import Note
from apiuser.rules.citations import (
    API_ERRORS,
    DEFINE_API_USER,
    PHP_FIRST_QUERY,
    POWERSHELL_ZONE,
    ZONE_LOOKUP,
)
from apiuser.verification.calls import COMPLAINS, NETWORK, Network, Reply, get
from apiuser.verification.hosts import FIRST_HOST, is_interface

VERSION = "V1.0"
"""The version of the API; V2.0 has no zone look-up (AutotaskAPI, pull request 76)."""

STILL_OPEN = Note(
    "It proves nothing about the secret, the tracking identifier or the rights, nor that "
    "it is an API user, active and not locked.",
    (API_ERRORS, PHP_FIRST_QUERY, DEFINE_API_USER),
)
UNKNOWN = Note(
    "Autotask does not know this username: it is misspelled, or what comes after the "
    "@ is wrong.",
    (ZONE_LOOKUP,),
)
SELDOM = Note(
    "One report says that the look-up failed for a valid user.", (POWERSHELL_ZONE,)
)
UNTRIED = (
    "This has only been tried on a stand-in made from public reports, never on a live "
    "tenant. Please tell the project what came back, without usernames and secrets."
)
_NO_ZONE = "zone information could not be determined"
_LONGEST_USERNAME = 300
_NAME = re.compile(r"[\w ,&()'-]{1,80}")
"""A name that is shown: nothing in it can be an address or turn a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Where a tenant's data are.

    Attributes:
        name: Autotask's name of it; blank if it is not a short plain one.
        address: Where its API is; ends in a slash, and the version follows.
    """

    name: str
    address: str


def write_zone_address(username: str) -> str:
    """Return the address that is asked for the zone of a full username."""
    name = quote(username, safe="")
    return f"https://{FIRST_HOST}/ATServicesRest/{VERSION}/zoneInformation?user={name}"


def look_up_zone(username: str, *, network: Network = NETWORK) -> Zone | None:
    """Ask Autotask once for the zone of a username.

    Args:
        username: The full username, `local@suffix`.
        network: How the call gets out.

    Returns:
        The zone; None if Autotask does not know the username.

    Raises:
        InputError: The text cannot be a full username; nothing was asked.
        CallError: Autotask was not reached, or what came back is not its answer.
    """
    refuse_other(username)
    reply = get(write_zone_address(username), network=network)
    failed = reply.status == HTTPStatus.INTERNAL_SERVER_ERROR
    if failed and _NO_ZONE in reply.text.casefold():
        return None
    return _read_zone(reply)


def refuse_other(username: str) -> None:
    """Refuse a text that cannot be a full username, before anybody is asked.

    Raises:
        InputError: It cannot.
    """
    parsed = Username.parse(username)
    if not parsed.local or not parsed.suffix or username.count("@") > 1:
        message = (
            "Give the full username: the username (key), @ and what comes after it for "
            "the users of this tenant."
        )
        raise InputError(message)
    places = (at for at, c in enumerate(username, start=1) if not "!" <= c <= "~")
    wrong = next(places, 0)
    if wrong:
        message = (
            "The full username contains a blank or a non-ASCII character "
            f"(U+{ord(username[wrong - 1]):04X} at position {wrong}), which cannot be "
            "sent in a call. Type it as Autotask shows it."
        )
        raise InputError(message)
    if len(username) > _LONGEST_USERNAME:
        message = f"The full username is longer than {_LONGEST_USERNAME} characters."
        raise InputError(message)


def _read_zone(reply: Reply) -> Zone:
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        message = (
            "Autotask accepts no more calls for now (status 429). Wait a few minutes, "
            "then ask again."
        )
        raise CallError(message)
    if reply.status != HTTPStatus.OK:
        message = (
            f"Autotask answers with status {reply.status}, which says nothing about the "
            "username. Try later."
        )
        raise CallError(message)
    found = reply.read_object()
    address, name = found.get("url"), found.get("zonename")
    known = isinstance(name, str | None) and not found.keys() & COMPLAINS
    if not isinstance(address, str) or not known:
        message = (
            "The answer names no zone, so it is not a known kind of answer. Try later."
        )
        raise CallError(message)
    if not is_interface(address):
        message = (
            "The answer names an address outside Autotask's API, so it is "
            "neither shown nor called. Something in between may have changed it."
        )
        raise CallError(message)
    shown = name if isinstance(name, str) and _NAME.fullmatch(name) else ""
    return Zone(name=shown, address=address)
