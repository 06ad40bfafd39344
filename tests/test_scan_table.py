"""Of forty clean and forty leaking notebooks, all leaking ones alarm and no other."""

import json
import sys
from pathlib import Path
from time import process_time

import pytest

from apiuser.leaks import scan_unknown
from tests.clean_notebooks import make_clean
from tests.leak_samples import DRAWN, make_notebook, make_stream
from tests.leaking_notebooks import make_leaking
from tests.make_scan_table import PAGE, render, scan
from tests.notebook_parts import Part
from tests.planted import DRAWN_LOOKING, SECRETS

CLEAN, LEAKING = make_clean(), make_leaking()


def test_there_are_forty_of_each() -> None:
    assert len(CLEAN) == len(LEAKING) == 40


@pytest.mark.parametrize("notebook", LEAKING.values(), ids=LEAKING)
def test_a_secret_that_was_left_is_found_and_not_repeated(notebook: Part) -> None:
    leaks = scan(notebook)

    assert leaks
    told = str(leaks)
    assert not any(secret in told for secret in (*DRAWN_LOOKING, *SECRETS))


@pytest.mark.parametrize("notebook", CLEAN.values(), ids=CLEAN)
def test_what_is_no_secret_is_no_alarm(notebook: Part) -> None:
    assert scan(notebook) == ()


def test_the_page_shows_what_is_found() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()


SIZE = 9_000_000
LARGE = {
    "one word": "aB1" * (SIZE // 3),
    "a log": "2026-11-24T10:00:00.123Z INFO [Main-1] App$Config2 - in 3.2-s\n"
    * (SIZE // 62),
    "short words": "a1 " * (SIZE // 3),
    "empty lines": "\n" * SIZE,
    "blanks": " " * SIZE,
    "quotation marks": "\"'" * (SIZE // 2),
    "tags": "<a b='c'>x</a>" * (SIZE // 14),
    "addresses": "a://" * (SIZE // 4),
    "queries": "?a=b" * (SIZE // 4),
    "assignments": "secret:" * (SIZE // 7),
    "base64": ("QUJD" * 19 + "\n") * (SIZE // 77),
    "a list of characters": "'a', " * (SIZE // 5),
}


@pytest.mark.parametrize("kind", ["output", "code"])
@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_nine_megabytes_take_five_seconds_at_most(
    text: str, kind: str, tmp_path: Path
) -> None:
    whole = f"{text}\n{DRAWN}\n" if kind == "output" else f"{text}\nx = '{DRAWN}'"
    notebook = (
        make_notebook(outputs=[make_stream(whole)])
        if kind == "output"
        else make_notebook(source=whole)
    )
    path = tmp_path / "large.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")

    started = process_time()
    leaks = scan_unknown([path]).leaks

    # Coverage traces every line, which takes longer than the search.
    assert process_time() - started < (5 if sys.gettrace() is None else 20)
    assert leaks
