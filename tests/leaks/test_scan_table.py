"""Of forty clean and forty leaking notebooks, all leaking ones alarm and no other."""

import pytest

from tests.leaks.clean_notebooks import make_clean
from tests.leaks.leaking_notebooks import make_leaking
from tests.leaks.notebook_parts import Part
from tests.make_scan_table import PAGE, render, scan
from tests.measure_scan import hide, make_large
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
def test_what_is_not_a_secret_raises_no_alarm(notebook: Part) -> None:
    assert scan(notebook) == ()


def test_the_page_shows_what_is_found() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()


LARGE = make_large(300_000)


@pytest.mark.parametrize("kind", ["output", "code"])
@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_a_secret_after_much_text_of_one_kind_is_found(text: str, kind: str) -> None:
    assert scan(hide(text, kind))
