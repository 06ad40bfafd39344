"""The XML document inside a KeePass file."""

import base64
import datetime as dt
import re
import struct
import uuid
from typing import Protocol
from xml.etree import ElementTree as ET

from apiuser.errors import InputError
from apiuser.handover.entry import TRACKING_FIELD, Entry

_YEAR_ONE = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
# What programs for such files take for a placeholder, such as {TITLE}, {S:Field} and
# {T-CONV:...}; there is no way to write one as plain text.
_PLACEHOLDER = re.compile(r"\{(?:[A-Z]{3,}|[A-Z]+[_:-][^{}]*)\}", re.IGNORECASE)


class Stream(Protocol):
    """A stream cipher that goes on where it stopped."""

    def update(self, data: bytes, /) -> bytes:
        """Encrypt the next bytes."""


def refuse_placeholders(entry: Entry) -> None:
    """Refuse what would not come out as it went in, though it is in the file.

    Raises:
        InputError: A text has a word in braces, which the receiver's program replaces.
    """
    texts = (*entry.list_open_fields(), ("notes", entry.notes))
    found = [name for name, text in texts if _PLACEHOLDER.search(text)]
    if _PLACEHOLDER.search(entry.secret.reveal()):
        found.insert(0, "secret")
    if found:
        message = (
            f"A word in braces, such as {{TITLE}}, is in the {found[0]}; programs for "
            "KeePass files replace it. Use an .age file, or another text."
        )
        raise InputError(message)


def write_document(entry: Entry, stream: Stream) -> bytes:
    """Write the document; the secret in it is encrypted once more by `stream`."""
    now = _write_time(dt.datetime.now(dt.UTC))
    document = ET.Element("KeePassFile")
    meta = ET.SubElement(document, "Meta")
    _add(meta, "Generator", "apiuser")
    _add(meta, "DatabaseName", entry.title)
    protection = ET.SubElement(meta, "MemoryProtection")
    for name in ("Title", "UserName", "Password", "URL", "Notes"):
        _add(protection, f"Protect{name}", str(name == "Password"))
    group = ET.SubElement(ET.SubElement(document, "Root"), "Group")
    _add(group, "UUID", _make_identifier())
    _add(group, "Name", "Handover")
    _add_times(group, now)
    _add(group, "IsExpanded", "True")
    item = ET.SubElement(group, "Entry")
    _add(item, "UUID", _make_identifier())
    _add_times(item, now)
    for name, text in (
        ("Title", entry.title),
        ("UserName", entry.username.full),
        ("URL", entry.url),
        ("Notes", entry.notes),
    ):
        _add(_add_string(item, name), "Value", text)
    _add_protected(item, "Password", stream.update(entry.secret.reveal().encode()))
    if entry.tracking_identifier:
        _add_protected(
            item, TRACKING_FIELD, stream.update(entry.tracking_identifier.encode())
        )
    return bytes(ET.tostring(document, encoding="utf-8", xml_declaration=True))


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = text
    return child


def _add_string(item: ET.Element, name: str) -> ET.Element:
    string = ET.SubElement(item, "String")
    _add(string, "Key", name)
    return string


def _add_protected(item: ET.Element, name: str, sealed: bytes) -> None:
    value = _add(_add_string(item, name), "Value", base64.b64encode(sealed).decode())
    value.set("Protected", "True")


def _add_times(parent: ET.Element, now: str) -> None:
    times = ET.SubElement(parent, "Times")
    for name in (
        "CreationTime",
        "LastModificationTime",
        "LastAccessTime",
        "ExpiryTime",
        "LocationChanged",
    ):
        _add(times, name, now)
    _add(times, "Expires", "False")
    _add(times, "UsageCount", "0")


def _make_identifier() -> str:
    return base64.b64encode(uuid.uuid4().bytes).decode()


def _write_time(moment: dt.datetime) -> str:
    """Write a time as the format wants it: seconds since the year 1."""
    seconds = int((moment - _YEAR_ONE).total_seconds())
    return base64.b64encode(struct.pack("<q", seconds)).decode()
