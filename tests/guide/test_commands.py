"""The pages of the guide write commands in one way, and say where it is explained."""

import re

import pytest

from apiuser.cli import main
from tests.guide.pictured_forms import FAULTY, ROOT, show_audit_sheet, show_report
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


def test_the_samples_audited_as_the_readme_says_give_the_verdict_of_the_picture(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(
        r"^uv run apiuser (audit .*sample-faulty.*)$", readme, re.MULTILINE
    )
    monkeypatch.chdir(ROOT)

    main(line.split())

    verdict = capsys.readouterr().out.splitlines()[-1].partition(". ")[0]
    assert verdict == "4 usernames are in conflict: 8 records"
    assert verdict in show_report()
    assert verdict in show_audit_sheet()


def test_why_the_halves_raise_the_verdict_on_the_samples_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["audit", "--active", str(FAULTY[0]), "--inactive", str(FAULTY[1])])

    found = capsys.readouterr().out.splitlines()[-1]
    assert found.startswith("5 usernames are in conflict")
    page = (DOCS / "audit.md").read_text(encoding="utf-8")
    assert "one more username is in conflict" in page
