"""The names in use, read from an export as the sheet needs them."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.errors import ApiuserError

if TYPE_CHECKING:
    from apiuser.exports import ResourceTable

INACTIVE = "inactive"
"""What an API user is called that a file lists and that is not active."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesFile:
    """A file with names in use, or the reason why it could not be read.

    Attributes:
        name: The file as the person knows it.
        path: Where it can be read again; blank if it cannot.
        names: The usernames in it.
        bearers: Who has each of them, and in which line; empty if that is not known.
        levels: The security levels in it, each with whether an API user has it; those
            of which no kind of user is known are left out.
        unreadable: How many of its records could not be read.
        refusal: Why it could not be read.
        asks: What a person may say about it, as names of reading options.
        again: Whether it may be read as it is, if a person wants it.
        digest: The SHA-256 of the bytes that were read last, as hexadecimal digits;
            blank if none could be read.
        read_at: When that was.
        tenant: Whose it is; blank until the tenant is named.
        given: How it was read, as a person said it beside the file.
        halves: Which of the words active and inactive its records have.
        doubts: Why names may be in use that it does not show, or shows otherwise.
        others: What those of the names are that are no active API users, such as
            "an inactive person".
    """

    name: str
    path: str = ""
    names: tuple[str, ...] = ()
    bearers: tuple[tuple[str, str], ...] = ()
    levels: Mapping[str, bool] = field(default_factory=dict)
    unreadable: int = 0
    refusal: str = ""
    asks: tuple[str, ...] = ()
    again: bool = False
    digest: str = ""
    read_at: str = ""
    tenant: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    halves: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)


def read_names_file(path: Path, options: Mapping[str, str]) -> NamesFile:
    """Read the names in use from an export; a refusal is part of the answer.

    Args:
        path: The export.
        options: How to read it, as typed by a person: values by the names of reading
            options, and the half of the resources that it holds.
    """
    # Late: the sheet is shown sooner.
    from apiuser.exports import (  # noqa: PLC0415
        HALVES,
        Status,
        assume_status,
        read_resources,
    )
    from apiuser.exports.asked_options import (  # noqa: PLC0415
        explain_in_fields,
        list_asks,
        sort_options,
        take_options,
    )
    from apiuser.exports.missing_names import list_hidden  # noqa: PLC0415

    now = dt.datetime.now().astimezone()
    digest, read_at = hash_file(path), f"{now:%Y-%m-%d %H:%M}"
    given = {name: text for name, text in options.items() if text.strip()}
    half = HALVES.get(given.get("half", ""), Status.UNKNOWN)
    try:
        table = read_resources(path, take_options(options), name=path.name)
    except ApiuserError as error:
        return NamesFile(
            name=path.name,
            path=str(path),
            refusal=explain_in_fields(error),
            asks=list_asks(error, given),
            given=given,
            digest=digest,
            read_at=read_at,
        )
    asks_half = table.lacks_status or bool(half)
    table = assume_status(table, half) if half else table
    return NamesFile(
        name=path.name,
        path=str(path),
        asks=sort_options({*given, *(("half",) if asks_half else ())}),
        given=given,
        names=tuple(text for text in table.usernames if text),
        bearers=tuple(_list_bearers(table)),
        levels=_list_levels(table),
        unreadable=len(table.unreadable),
        halves=frozenset(
            word for word, half in HALVES.items() if table.summary.statuses.get(half)
        ),
        doubts=tuple(list_hidden([table])),
        others=dict(_list_others(table)),
        digest=digest,
        read_at=read_at,
    )


def _list_bearers(table: "ResourceTable") -> Iterator[tuple[str, str]]:
    """Say of each name what its user is, and where it is listed."""
    from apiuser.exports import Status, UserKind  # noqa: PLC0415  # as above

    statuses = [status.word for status in Status]
    kinds = [kind.spoken for kind in UserKind]
    said = {(s, k): " ".join(filter(None, (s, k))) for s in statuses for k in kinds}
    for row, name in enumerate(table.usernames):
        if name:
            status, kind = statuses[table.statuses[row]], kinds[table.kinds[row]]
            yield said[status, kind], table.name_place(row)


def _list_levels(table: "ResourceTable") -> dict[str, bool]:
    """Tell of each security level whether an API user has it."""
    from apiuser.exports import UserKind  # noqa: PLC0415  # as above

    texts = table.columns.get("security_level", ())
    found = sorted({*zip(texts, table.kinds, strict=False)})
    known = [(text, kind) for text, kind in found if text.strip() and kind]
    levels = {text: False for text, _ in known}
    return levels | {text: True for text, kind in known if kind == UserKind.API_USER}


def _list_others(table: "ResourceTable") -> Iterator[tuple[str, str]]:
    """Give the names that are no active API users, each with what it is."""
    from apiuser.exports import Status, UserKind  # noqa: PLC0415  # as above

    for name, status, kind in zip(
        table.usernames, table.statuses, table.kinds, strict=True
    ):
        inactive = status == Status.INACTIVE
        if kind in {UserKind.CO_MANAGED, UserKind.OTHER}:
            spoken = UserKind(kind).spoken
            yield name, f"an inactive {spoken}" if inactive else f"a {spoken}"
        elif inactive:
            yield name, INACTIVE


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; blank if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
