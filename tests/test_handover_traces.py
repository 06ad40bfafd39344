"""An interrupt at any line of a handover shows no secret in any traceback."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

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
from tests.traceback_styles import STYLES

FOLDER = Path(handover.__file__).parent
PASSPHRASE = Secret(PASSPHRASES[0])
KEY = str(pyrage.x25519.Identity.generate().to_public())
FORBIDDEN = (SECRETS[0], PASSPHRASES[0])


class _StoppedError(Exception):
    """Stands for an interrupt at a place of our choice."""


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


def trace_lines(at: Callable[[Path, int], None]) -> Callable[..., Any]:
    def trace(frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401
        path = Path(frame.f_code.co_filename)
        if path.parent != FOLDER:
            return None
        if event == "line":
            at(path, frame.f_lineno)
        return trace

    return trace


def run_traced(folder: Path, at: Callable[[Path, int], None]) -> None:
    before = sys.gettrace()
    sys.settrace(trace_lines(at))
    try:
        hand_over(folder)
    finally:
        sys.settrace(before)


def test_an_interrupt_at_any_line_shows_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kdbx, "MEMORY_KIB", 64)
    monkeypatch.setattr(kdbx, "ROUNDS", 1)
    passed: dict[tuple[Path, int], None] = {}
    run_traced(tmp_path, lambda path, line: passed.setdefault((path, line)))

    for place in passed:

        def stop(path: Path, line: int, place: tuple[Path, int] = place) -> None:
            if (path, line) == place:
                raise _StoppedError

        with pytest.raises(_StoppedError) as caught:
            run_traced(tmp_path, stop)
        error = caught.value
        # What the test itself knows is left out: it made the secret.
        while error.__traceback__ is not None and (
            Path(error.__traceback__.tb_frame.f_code.co_filename).parent != FOLDER
        ):
            error.__traceback__ = error.__traceback__.tb_next
        for name in ("with locals", "every frame"):
            told = STYLES[name](error)
            assert not any(text in told for text in FORBIDDEN), (place, name)

    assert len(passed) > 100
