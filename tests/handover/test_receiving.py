"""The commands on a handover sheet run as they are written."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from apiuser.handover import render_html, render_markdown
from apiuser.handover.receiving import list_fingerprint_commands, list_steps
from tests.handover.test_handover_entries import make_sheet

NAMES = ("new.kdbx", "new key.kdbx", "o'hara.kdbx", "-x.age", "$a`b\\c.age", "ключ.age")


@pytest.mark.parametrize("system", ["macOS", "Linux"])
@pytest.mark.parametrize("name", NAMES)
def test_the_command_for_a_system_shows_the_fingerprint(
    tmp_path: Path, system: str, name: str
) -> None:
    (tmp_path / name).write_bytes(b"sealed")
    command = dict(list_fingerprint_commands(name))[system]
    if shutil.which(command.partition(" ")[0]) is None:
        pytest.skip(f"no {command.partition(' ')[0]} on this machine")

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert hashlib.sha256(b"sealed").hexdigest() in done.stdout


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("new.kdbx", "new.kdbx"),
        ("new key.kdbx", "'new key.kdbx'"),
        ("-x.age", "'-x.age'"),
        ("a'b\u2019c.age", "'a''b\u2019\u2019c.age'"),
    ],
)
def test_powershell_gets_a_name_quoted_in_its_own_way(name: str, quoted: str) -> None:
    command = dict(list_fingerprint_commands(name))["Windows, PowerShell"]

    assert command == f"Get-FileHash -LiteralPath {quoted}"


@pytest.mark.parametrize(
    ("by_key", "command"),
    [(False, "age --decrypt new.age"), (True, "age --decrypt -i key.txt new.age")],
)
def test_an_age_file_is_opened_with_what_it_was_made_for(
    *, by_key: bool, command: str
) -> None:
    steps = list_steps(Path("folder/new.age"), by_key=by_key)

    assert command in [line for step in steps for _, line in step.commands]


def test_the_commands_are_on_both_kinds_of_sheet() -> None:
    sheet = make_sheet()

    assert "<code>sha256sum new.kdbx</code>" in render_html(sheet)
    assert "\n        sha256sum new.kdbx\n" in render_markdown(sheet)


@pytest.mark.parametrize("field", ["made_by", "meant_for"])
def test_a_sheet_leaves_out_who_is_not_named(field: str) -> None:
    text = render_markdown(make_sheet(**{field: ""}))

    label = {"made_by": "From", "meant_for": "For"}[field]
    assert f"| {label} |" not in text
    assert "not said" not in text


def test_a_sheet_numbers_its_steps() -> None:
    text = render_markdown(make_sheet())

    numbers = re.findall(r"^(\d+)\. ", text, flags=re.MULTILINE)
    assert numbers == ["1", "2", "3", "4"]
