"""An entry to hand over, and keys for it."""

from pathlib import Path

import pyrage

from apiuser.credentials.credential import Secret, Username
from apiuser.handover import Entry
from tests.planted import PASSPHRASES, SECRETS

PASSPHRASE = Secret(PASSPHRASES[0])
TRACKING = "SAMPLE0TRACKING0IDENTIFIER0"
NOTES = 'Line one.\nLine two with <marks> & "quotes".'


def make_entry(secret: str = SECRETS[0], **changed: str) -> Entry:
    texts = {
        "title": "Sample MSP <Zapier> & Co",
        "url": "https://example.com/?a=1&b=2",
        "tracking_identifier": TRACKING,
        "notes": NOTES,
    }
    username = Username("sample1key", "example.com")
    return Entry(username=username, secret=Secret(secret), **(texts | changed))


def make_key(folder: Path) -> tuple[str, Path]:
    identity = pyrage.x25519.Identity.generate()
    path = folder / "key.txt"
    path.write_text(f"{identity}\n", encoding="ascii")
    return str(identity.to_public()), path
