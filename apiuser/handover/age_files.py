"""age files: for a passphrase, or for the public keys of the receivers."""

import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from apiuser.credentials.credential import Secret
from apiuser.errors import ExtraError, InputError
from apiuser.handover.age_scrypt import encrypt_with_scrypt
from apiuser.handover.entry import TRACKING_FIELD, Entry

_KEY = "The receiver's key"
_ASK = "Ask the receiver for their age public key."
_KINDS = "Give one that begins with age1, ssh-ed25519 or ssh-rsa."
_PLUGIN = re.compile(r"age1([0-9a-z+._-]+?)1[0-9a-z]+", re.IGNORECASE)
_SSH = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+", re.IGNORECASE)


def check_pyrage() -> None:
    """Refuse to go on without the package of the extra `handover`.

    Raises:
        ExtraError: It is not installed.
    """
    if find_spec("pyrage") is None:
        message = (
            "An .age file needs pyrage, which is not installed here. Make a .kdbx "
            "file, or start apiuser with `uv run --extra handover apiuser ...`."
        )
        raise ExtraError(message)


def seal_age_for_passphrase(entry: Entry, passphrase: Secret) -> bytes:
    """Encrypt an entry for whoever has the passphrase."""
    return encrypt_with_scrypt(write_lines(entry), passphrase)


def seal_age_for_recipients(entry: Entry, recipients: Sequence[str]) -> bytes:
    """Encrypt an entry for the holders of keys.

    Args:
        entry: What is handed over.
        recipients: Public keys of age or ssh.

    Raises:
        ExtraError: The extra `handover` is not installed.
        InputError: A public key is mistyped, or there is none.
    """
    keys = read_recipients(recipients)
    import pyrage  # noqa: PLC0415  # late: optional

    # No variable holds the plain text, so no traceback can show it.
    return bytes(pyrage.encrypt(write_lines(entry).reveal().encode(), keys))


def read_recipients(recipients: Sequence[str]) -> list[Any]:
    """Read public keys as pyrage has them, without the blanks around them.

    Raises:
        ExtraError: The extra `handover` is not installed.
        InputError: A key is mistyped, private or of another kind, or there is none.
    """
    check_pyrage()
    if not recipients:
        message = f"No receiver's key is given. {_ASK}"
        raise InputError(message)
    several = len(recipients) > 1
    return [
        _read_recipient(text.strip(), f"The receivers' key {at}" if several else _KEY)
        for at, text in enumerate(recipients, start=1)
    ]


def _read_recipient(text: str, name: str) -> object:
    import pyrage  # noqa: PLC0415  # late: optional

    readers: dict[str, Callable[[str], object]] = {
        "age1tag1": pyrage.tag.Recipient.from_str,
        "age1tagpq1": pyrage.tagpq.Recipient.from_str,
        "age1": pyrage.x25519.Recipient.from_str,
        "ssh-ed25519 ": pyrage.ssh.Recipient.from_str,
        "ssh-rsa ": pyrage.ssh.Recipient.from_str,
    }
    for beginning, read in readers.items():
        if text.lower().startswith(beginning):
            try:
                return read(text)
            except pyrage.RecipientError:
                break
    message = f"{name} {_explain(text)}"
    raise InputError(message)


def _explain(text: str) -> str:
    """Say why a text is not a public key, without repeating it."""
    if not text:
        return f"is empty. {_ASK}"
    if text.upper().startswith("AGE-SECRET-KEY-") or "PRIVATE KEY" in text.upper():
        return (
            "is a private key, which nobody should have sent. "
            "Ask the receiver for a new public key, beginning with age1."
        )
    if text.lower().startswith(("ssh-ed25519", "ssh-rsa")):
        return (
            "is not a complete ssh public key: it is one line, as in the receiver's "
            "file that ends in .pub. Copy all of it again."
        )
    if _SSH.match(text):
        return f"is a kind of ssh key for which age files cannot be made. {_KINDS}"
    plugin = _PLUGIN.fullmatch(text)
    if plugin and plugin[1].lower() not in {"tag", "tagpq"}:
        return (
            f"is a key of the age plugin {plugin[1].lower()[:32]}, which cannot be used "
            f"here. {_KINDS} Or give the file a passphrase."
        )
    return (
        "is not an age public key: it begins with age1 and usually has 62 characters. "
        "Copy all of it again."
    )


def write_lines(entry: Entry) -> Secret:
    """Write one line for each field, none of them quoted; the notes come last."""
    before = f"Title: {entry.title}\nUsername (key): {entry.username.full}\n"
    after = "".join(
        f"{name}: {text}\n"
        for name, text in (
            (TRACKING_FIELD, entry.tracking_identifier),
            ("URL", entry.url),
        )
        if text
    )
    if entry.notes:
        after += f"\nNotes:\n{entry.notes}\n"
    return Secret(f"{before}Password (secret): {entry.secret.reveal()}\n{after}")
