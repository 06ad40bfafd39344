"""The pages of the guide write commands in one way, and say where it is explained."""

import re

import pytest

from tests.make_pages import DOCS

# How to install and measure is about the copy of the repository itself.
OWN = {"index.md", "contributing.md", "leaks.md", "speed.md"}
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted(DOCS.glob("*.md"))
    if path.name not in OWN
}
WITH_COMMANDS = [
    name
    for name, text in PAGES.items()
    if re.search(r"^( *apiuser|usage: apiuser) ", text, re.MULTILINE)
    or "`apiuser explain 401`" in text
]
WAY = "How to start `apiuser` is said under [Install it](index.md#install-it)."


@pytest.mark.parametrize("name", PAGES)
def test_a_page_calls_the_command_by_its_name_alone(name: str) -> None:
    assert re.findall(r"\buvx? [^`\n]*\bapiuser\b", PAGES[name]) == []


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_a_page_says_before_its_first_command_how_to_start_it(name: str) -> None:
    before = re.split(r"```|`apiuser (?!`)", PAGES[name], maxsplit=1)[0]

    assert PAGES[name].count(WAY) == 1
    assert WAY in before


def test_the_pages_with_commands_are_found() -> None:
    assert {"audit.md", "command-line.md", "handover-files.md", "scan.md"} < {
        *WITH_COMMANDS
    }
