"""What the security pages state in figures is what the program does."""

import ast
import re
from pathlib import Path

import pytest

from apiuser.forms.widgets.scripts import WIDGETS
from apiuser.handover import age_scrypt, kdbx
from apiuser.verification import calls

ROOT = Path(__file__).parents[2]
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
        for name in ("controls.js", "copying.js")
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


def test_the_bounds_of_a_call_are_those_of_the_program() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    bounds = f"{calls._MOST_BYTES >> 10} KiB and {calls.NETWORK.patience:g} seconds"  # noqa: SLF001
    assert f"Its answer is read up to {bounds}" in text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("limit", LIMITS)
def test_both_pages_name_every_limit(page: str, limit: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8").casefold()
    section = text.split("## what it cannot promise")[1].split("\n## ")[0]

    assert limit in section


def read_section(page: str, title: str) -> str:
    text = (ROOT / page).read_text(encoding="utf-8")
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def list_promises() -> list[str]:
    """Return the promises of the repository's page, each with what shows it."""
    section = read_section("SECURITY.md", "What the program promises")
    return re.findall(r"^- .*(?:\n  .*)*", section, flags=re.MULTILINE)


def list_codes(text: str) -> list[str]:
    return re.findall(r"\bS\d+\b", text)


def test_each_promise_has_the_next_code_and_names_its_tests() -> None:
    promises = list_promises()

    begins = [re.match(r"- \*\*(S\d+)\*\* ", promise) for promise in promises]
    codes = [begin[1] for begin in begins if begin]

    assert codes == [f"S{number}" for number in range(1, len(promises) + 1)]
    assert [p for p in promises if not re.search(r"\n  Shown by `\w+/test_", p)] == []


def test_both_pages_make_the_same_promises() -> None:
    promised = {code for promise in list_promises() for code in list_codes(promise)}
    guide = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")

    assert set(list_codes(guide)) == promised


def test_each_line_of_the_guide_about_a_secret_names_a_promise() -> None:
    rows = read_section(
        "docs/security.md", "From making it to forgetting it"
    ).splitlines()
    points = read_section("docs/security.md", "Who cannot read it").split("\n- ")

    claims = [row for row in rows if row.startswith("| ")][2:] + points[1:]

    assert len(claims) > 12
    assert [claim for claim in claims if not list_codes(claim)] == []


def test_every_test_that_the_page_names_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", text)

    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / "tests" / file).is_file()
        or name not in list_functions(ROOT / "tests" / file)
    ]

    assert len(named) == text.count(".py::") > 60
    assert missing == []


def list_functions(path: Path) -> set[str]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    return {part.name for part in module.body if isinstance(part, ast.FunctionDef)}
