"""age files: for a passphrase, or for the public keys of the receivers."""

from collections.abc import Sequence

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.handover.entry import TRACKING_FIELD, Entry
from apiuser.handover.extra import check_pyrage


def seal_age_for_passphrase(entry: Entry, passphrase: Secret) -> bytes:
    """Encrypt an entry for whoever has the passphrase.

    Raises:
        ExtraError: The extra `handover` is not installed.
    """
    check_pyrage()
    import pyrage  # noqa: PLC0415  # late: optional

    # No variable holds the plain text, so no traceback can show it.
    return bytes(pyrage.passphrase.encrypt(_write(entry).encode(), passphrase.reveal()))


def seal_age_for_recipients(entry: Entry, recipients: Sequence[str]) -> bytes:
    """Encrypt an entry for the holders of keys.

    Args:
        entry: What is handed over.
        recipients: Public keys, each beginning with `age1`.

    Raises:
        ExtraError: The extra `handover` is not installed.
        InputError: A public key is mistyped, or there is none.
    """
    check_recipients(recipients)
    import pyrage  # noqa: PLC0415  # late: optional

    keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    return bytes(pyrage.encrypt(_write(entry).encode(), keys))


def check_recipients(recipients: Sequence[str]) -> None:
    """Refuse public keys that are mistyped, private, or of another kind.

    Raises:
        ExtraError: The extra `handover` is not installed.
        InputError: A key cannot be used, or there is none.
    """
    check_pyrage()
    import pyrage  # noqa: PLC0415  # late: optional

    if not recipients:
        message = "No recipient is given. Ask the receiver for their age public key."
        raise InputError(message)
    for number, text in enumerate(recipients, start=1):
        if text.upper().startswith("AGE-SECRET-KEY-"):
            message = (
                f"Recipient {number} is a private key, which nobody should have "
                "sent. Ask the receiver for a new public key, beginning with age1."
            )
            raise InputError(message)
        try:
            pyrage.x25519.Recipient.from_str(text)
        except pyrage.RecipientError:
            message = (
                f"Recipient {number} is not an age public key: it begins with age1 "
                "and has 62 characters. Copy it again, whole."
            )
            raise InputError(message) from None


def _write(entry: Entry) -> str:
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
    return f"{before}Password (secret): {entry.secret.reveal()}\n{after}"
