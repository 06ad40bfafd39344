"""A secret that was shown or copied is no longer one that nobody can have."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.forms.work_sheet import WorkSheet
from tests.checklist.sheet_driver import PRESH, rows
from tests.forms.windows import BrowserWindow, Sent


def show(window: BrowserWindow) -> None:
    """Do what the script of a window does for Show."""
    window.ask()


def copy(window: BrowserWindow) -> None:
    """Do what the script of a window does for Copy."""
    window.ask()
    window.act(do="copied", key="secret")


def says_unseen(window: BrowserWindow) -> bool:
    states = rows(window.widget.shown)["secret"]["states"]
    return any("Not copied or shown yet" in state["text"] for state in states)


@pytest.fixture
def window(tmp_path: Path, sent: Sent) -> BrowserWindow:
    """A sheet at the stage Test, with a secret that was made here."""
    window = BrowserWindow(WorkSheet(folder=tmp_path), sent)
    window.greet()
    window.press(PRESH)
    window.press("generate")
    window.press("stage:test")
    return window


@pytest.mark.parametrize("give", [show, copy])
def test_a_secret_that_was_given_is_not_remarked_on(
    window: BrowserWindow, give: Callable[[BrowserWindow], None]
) -> None:
    before = says_unseen(window)

    give(window)

    assert before
    assert not says_unseen(window)


@pytest.mark.parametrize("give", [show, copy])
def test_a_secret_that_was_given_is_replaced_by_a_second_press_only(
    window: BrowserWindow, give: Callable[[BrowserWindow], None]
) -> None:
    give(window)
    given = window.ask()

    window.press("generate:secret")
    kept = window.ask()
    window.press("generate:secret")

    assert kept == given
    assert says_unseen(window)
    assert window.ask() != given
