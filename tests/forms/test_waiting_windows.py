"""Windows that wait are told apart, and none takes the place of another."""

import base64
import re
import subprocess
from pathlib import Path

import pytest

from apiuser.checklist import Job
from apiuser.forms.widgets.pairing import name_window
from apiuser.forms.widgets.scripts import WIDGETS
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import BrowserWindow, Sent
from tests.handover.handover_tools import find_tool

NAME = """
const { nameWindow } = await import(process.argv[1]);
console.log(await nameWindow(process.argv[2], process.argv[3]));
"""


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def sheet(tmp_path: Path, now: list[float]) -> WorkSheet:
    sheet = WorkSheet(Job.ROTATE, folder=tmp_path)
    sheet._pairing.clock = lambda: now[0]  # noqa: SLF001
    return sheet


@pytest.fixture
def others(sheet: WorkSheet, sent: Sent) -> list[BrowserWindow]:
    """Further windows than the first, of which three can wait."""
    BrowserWindow(sheet, sent).greet()
    return [BrowserWindow(sheet, sent) for _ in range(4)]


def list_waiting(sheet: WorkSheet) -> list[str]:
    return [point for point, _ in sheet.waiting]


def test_a_window_and_the_kernel_make_the_same_code(
    sheet: WorkSheet, others: list[BrowserWindow]
) -> None:
    script = base64.b64encode((WIDGETS / "paired.js").read_bytes()).decode()
    others[0].greet()

    told = subprocess.run(
        [
            *(find_tool("node"), "--input-type=module", "-e", NAME),
            f"data:text/javascript;base64,{script}",
            *(others[0].point, sheet.key),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert sheet.waiting == [[others[0].point, told]]
    assert re.fullmatch(r"\d{4} \d{4}", told)


def test_a_fourth_window_is_told_what_to_do_and_none_that_waits_is_dropped(
    sheet: WorkSheet, others: list[BrowserWindow], now: list[float], sent: Sent
) -> None:
    *three, fourth = others
    for one in three:
        one.greet()
    now[0] = 89.0

    greeted = fourth.greet()

    assert greeted == "refused"
    assert sent[-1][0]["message"] == (
        "Three windows wait already. Answer them in the first window, then load this "
        "page again."
    )
    assert list_waiting(sheet) == [one.point for one in three]


def test_a_window_that_fell_silent_makes_room(
    sheet: WorkSheet, others: list[BrowserWindow], now: list[float]
) -> None:
    first, silent, last, newcomer = others
    for one in (first, silent, last):
        one.greet()
    now[0] = 60.0
    first.greet("ping")
    last.greet("ping")
    now[0] = 91.0

    greeted = newcomer.greet()

    assert greeted == "waiting"
    assert list_waiting(sheet) == [first.point, last.point, newcomer.point]


def test_a_window_that_says_hello_again_waits_on(
    sheet: WorkSheet, others: list[BrowserWindow]
) -> None:
    for one in others[:3]:
        one.greet()

    greeted = others[0].greet()

    assert greeted == "waiting"
    assert list_waiting(sheet) == [one.point for one in others[:3]]


def test_no_window_waits_with_the_code_of_another(
    sheet: WorkSheet, others: list[BrowserWindow]
) -> None:
    honest, forged, *_ = others
    honest.greet()
    # As if a search had found a key with the code of the window that waits.
    waiting = sheet._pairing.waiting  # noqa: SLF001
    waiting[honest.point].code = name_window(forged.point, sheet.key)

    greeted = forged.greet()

    assert greeted == "refused"
    assert list_waiting(sheet) == [honest.point]


def test_a_window_that_comes_back_after_a_silence_is_last(
    sheet: WorkSheet, others: list[BrowserWindow], now: list[float]
) -> None:
    silent, steady, newer, _ = others
    silent.greet()
    steady.greet()
    now[0] = 90.0
    steady.greet("ping")
    now[0] = 91.0
    newer.greet()

    silent.greet("ping")

    assert list_waiting(sheet) == [steady.point, newer.point, silent.point]
