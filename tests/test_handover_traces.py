"""An interrupt at any line of a handover shows no secret in any traceback."""

from pathlib import Path

import pyrage
import pytest

from apiuser import handover
from apiuser.credentials.credential import Secret, Username
from apiuser.handover import (
    FORMS,
    Entry,
    kdbx,
    make_paste,
    write_handover,
    write_plaintext,
)
from tests.planted import PASSPHRASES, SECRETS
from tests.stopping import stop_everywhere
from tests.traceback_styles import STYLES

FOLDER = Path(handover.__file__).parent
PASSPHRASE = Secret(PASSPHRASES[0])
KEY = str(pyrage.x25519.Identity.generate().to_public())
FORBIDDEN = (SECRETS[0], PASSPHRASES[0])


def hand_over(folder: Path) -> None:
    entry = Entry(
        title="Sample",
        username=Username("sample1key", "example.com"),
        secret=Secret(SECRETS[0]),
        notes="Some notes.",
        tracking_identifier="SAMPLE0TRACKING0IDENTIFIER0",
    )
    write_handover(entry, folder / "a.kdbx", PASSPHRASE, overwrite=True)
    write_handover(entry, folder / "a.age", [KEY], overwrite=True)
    write_plaintext(entry, folder / "a.csv", overwrite=True)
    for form in FORMS:
        make_paste(entry, form)


def test_an_interrupt_at_any_line_shows_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kdbx, "MEMORY_KIB", 64)
    monkeypatch.setattr(kdbx, "ROUNDS", 1)
    places = 0

    for place, stopped in stop_everywhere(
        lambda: hand_over(tmp_path), lambda path: path.parent == FOLDER
    ):
        places += 1
        for name in ("with locals", "every frame"):
            told = STYLES[name](stopped)
            assert not any(text in told for text in FORBIDDEN), (place, name)

    assert places > 100
