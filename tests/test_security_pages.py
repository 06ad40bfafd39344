"""What the security pages state in figures is what the program does."""

import re
from pathlib import Path

import pytest

from apiuser.forms.widgets.scripts import WIDGETS
from apiuser.handover import age_scrypt, kdbx

ROOT = Path(__file__).parents[1]
PAGES = ("SECURITY.md", "docs/security.md")
LIMITS = (
    "memory",
    "swapped",
    "crash dump",
    "extension",
    "clipboard manager",
    "clipboard history",
    "screen",
    "offer to store",
    "code cell",
    "https only",
    "until the kernel ends",
    "made of words",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_times_are_those_of_the_form(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    script = "".join(
        (WIDGETS / name).read_text(encoding="utf-8")
        for name in ("sheet.js", "copying.js")
    )
    times = {
        name: int(value.replace("_", ""))
        for name, value in re.findall(r"const (\w+) = ([\d_]+);", script)
    }

    assert (times["SHOWN_FOR"], times["CLEARED_AFTER"]) == (60_000, 30_000)
    assert "hidden again after one minute" in text or "hides after one minute" in text
    assert "cleared from the clipboard after 30 seconds" in text or (
        "clipboard is cleared after 30 seconds" in text
    )


def test_the_cost_of_a_guess_is_that_of_the_files() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    assert f"Argon2id with {kdbx.MEMORY_KIB >> 10} MiB and {kdbx.ROUNDS} rounds" in text
    # 128 bytes, a block size of 8 and the power of two, as scrypt defines its memory.
    assert f"scrypt with {128 * 8 * 2**age_scrypt.WORK_FACTOR >> 20} MiB" in text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("limit", LIMITS)
def test_both_pages_name_every_limit(page: str, limit: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8").casefold()
    section = text.split("## what it cannot promise")[1].split("\n## ")[0]

    assert limit in section
