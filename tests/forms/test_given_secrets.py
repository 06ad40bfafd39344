"""A secret that was shown or copied is no longer one that nobody can have."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.checklist import resume
from apiuser.checklist.progress import has_lost_secret
from apiuser.forms.work_sheet import WorkSheet
from tests.checklist.sheet_driver import PRESH, rows
from tests.forms.windows import BrowserWindow, Sent


def show(window: BrowserWindow) -> None:
    window.show()


def open_file(window: BrowserWindow) -> None:
    """Write a file with a passphrase made here, and show that."""
    window.press("stage:store")
    window.press("store", values={"file": "one.kdbx", "lock": "generated"})
    (card,) = (c for c in window.widget.shown["cards"] if c["code"] == "file")
    window.show(f"passphrase:{card['stored'][-1]['path']}")


def copy(window: BrowserWindow) -> None:
    """Do what the script of a window does for Copy."""
    window.ask()
    window.act(do="copied", key="secret")


def says_unseen(window: BrowserWindow) -> bool:
    states = rows(window.widget.shown)["secret"]["states"]
    return any("Not copied or shown yet" in state["text"] for state in states)


@pytest.fixture
def window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: Sent
) -> BrowserWindow:
    """A sheet at the stage Test, with a secret that was made here."""
    monkeypatch.setenv("HOME", str(tmp_path))
    window = BrowserWindow(WorkSheet(folder=tmp_path), sent)
    window.greet()
    window.press(PRESH)
    window.press("generate")
    window.press("stage:test")
    return window


def test_a_secret_that_was_asked_for_and_not_copied_is_nobodys(
    window: BrowserWindow,
) -> None:
    window.ask()  # and the browser allows no copying

    assert says_unseen(window)


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


@pytest.mark.usefixtures("cheap_locks")
@pytest.mark.parametrize("give", [show, copy, open_file])
def test_that_a_secret_was_given_is_still_known_after_the_kernel_has_died(
    window: BrowserWindow, give: Callable[[BrowserWindow], None], tmp_path: Path
) -> None:
    (kept,) = (tmp_path / "work").glob("*.json")
    before = has_lost_secret(resume(kept))

    give(window)

    assert before
    assert not has_lost_secret(resume(kept))
