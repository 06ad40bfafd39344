"""An interrupt at any line of a handover shows no secret in any traceback."""

from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from apiuser import files, handover
from apiuser.credentials.credential import Secret, Username
from apiuser.handover import (
    FORMS,
    Entry,
    make_paste,
    write_handover,
    write_plaintext,
)
from tests.credentials.stopping import stop_everywhere
from tests.credentials.traceback_styles import STYLES
from tests.planted import PASSPHRASES, SECRETS

FOLDERS = {Path(part.__path__[0]) for part in (files, handover)}
PASSPHRASE = Secret(PASSPHRASES[0])
KEY = str(pyrage.x25519.Identity.generate().to_public())
FORBIDDEN = (SECRETS[0], PASSPHRASES[0])
ENTRY = Entry(
    title="Sample",
    username=Username("sample1key", "example.com"),
    secret=Secret(SECRETS[0]),
    notes="Some notes.",
    tracking_identifier="SAMPLE0TRACKING0IDENTIFIER0",
)


def write_openly(path: Path) -> None:
    with write_plaintext(ENTRY, path, overwrite=True):
        pass


WORK: dict[str, Callable[[Path], object]] = {
    "kdbx": lambda to: write_handover(ENTRY, to / "a.kdbx", PASSPHRASE, overwrite=True),
    "age": lambda to: write_handover(ENTRY, to / "a.age", [KEY], overwrite=True),
    "plaintext": lambda to: write_openly(to / "a.csv"),
    "paste": lambda _: [make_paste(ENTRY, form) for form in FORMS],
}
LEAST = {"kdbx": 200, "age": 60, "plaintext": 30, "paste": 15}
"""How many lines the work passes at the very least."""


@pytest.mark.usefixtures("cheap_locks")
@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_an_interrupt_at_any_line_shows_no_secret(
    kind: str, least: int, tmp_path: Path
) -> None:
    places = 0
    WORK[kind](tmp_path)  # from now on there is an old file

    for place, stopped in stop_everywhere(
        lambda: WORK[kind](tmp_path), lambda path: path.parent in FOLDERS
    ):
        places += 1
        for name in ("with locals", "every frame"):
            told = STYLES[name](stopped)
            assert not any(text in told for text in FORBIDDEN), (place, name)

    assert places >= least
