"""The one entry of a KDBX 4 file as plain text."""

from apiuser.credentials.credential import Secret
from apiuser.handover import reopening


def read_kdbx(data: bytes, passphrase: str) -> dict[str, str]:
    """Return the strings of the entry, and check every signature on the way."""
    strings = reopening.read_kdbx(data, Secret(passphrase))
    return {
        name: text.reveal() if isinstance(text, Secret) else text
        for name, text in strings.items()
    }
