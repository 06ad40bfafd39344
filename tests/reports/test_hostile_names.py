"""Names of files, folders, tenants and options neither steer a terminal nor fake lines."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from apiuser.files.json_escapes import escape_json
from apiuser.reports import FORMATS, TENANT_FORMATS
from tests.planted import SECRETS

# Clears the screen, turns what follows around, begins a line of its own, is no UTF-8,
# goes back, and begins a control sequence in one character.
NAME = os.fsdecode(
    "a\x1b[2J\u202egnp\nFAKED: no conflict\r\b\x9b\x85".encode() + b"\xff"
)
ASKED = f"{NAME}@example.com"
EXPORT = "Username,Resource ID\nab1,1\nAB1,2\n"
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {
                "cell_type": "code",
                "metadata": {},
                "source": "",
                "outputs": [
                    {
                        "output_type": "stream",
                        "name": "stdout",
                        "text": f"secret = {SECRETS[3]}\n",
                    }
                ],
            }
        ],
    }
)

COMMANDS: dict[str, tuple[list[str], int]] = {
    "audit": (["audit", f"{NAME}.csv"], 1),
    "audit as JSON": (["audit", f"{NAME}.csv", "--json"], 1),
    "audit of tenants": (["audit", "--tenants", NAME], 3),
    "audit of tenants as JSON": (["audit", "--tenants", NAME, "--json"], 3),
    "a missing export": (["audit", f"{NAME}.no"], 4),
    "a missing proposal": (["audit", f"{NAME}.csv", "--proposed", f"{NAME}.no"], 4),
    "a missing column": (["audit", f"{NAME}.csv", "--column", NAME], 3),
    "an unknown encoding": (["audit", f"{NAME}.csv", "--encoding", NAME], 3),
    "a report that cannot be": (["audit", f"{NAME}.csv", "--report", f"{NAME}/no/a.csv"], 4),
    "a report of no kind": (["audit", f"{NAME}.csv", "--report", NAME], 3),
    "check": (["check", ASKED], 1),
    "check as JSON": (["check", ASKED, "--json"], 1),
    "check against names": (["check", "ab1", "--taken", f"{NAME}.csv"], 3),
    "check of an address": (["check", "ab1", "--email", ASKED], 0),
    "an unknown policy": (["check", "ab1", "--policy", NAME], 3),
    "a missing policy": (["check", "ab1", "--policy", f"{NAME}.toml"], 4),
    "generate": (["generate", "--suffix", NAME, "--show-secret"], 3),
    "handover": (
        ["handover", "ab1@example.com", "--to", f"{NAME}/new.kdbx", "--show-passphrase"],
        0,
    ),
    "handover as JSON": (
        ["handover", "ab1@example.com", "--to", f"{NAME}/b.kdbx", "--show-passphrase", "--json"],
        0,
    ),
    "plaintext": (["handover", "ab1@example.com", "--plaintext", f"{NAME}/new.csv"], 0),
    "a title": (["handover", "ab1", "--to", "t.kdbx", "--show-passphrase", "--title", NAME], 3),
    "a place that is taken": (["handover", "ab1", "--to", f"{NAME}.kdbx", "--ask-passphrase"], 3),
    "a login": (["handover", ASKED, "--to", "l.kdbx", "--show-passphrase"], 1),
    "a recipient": (["handover", "ab1", "--to", "r.age", "--recipient", NAME], 3),
    "scan": (["scan", NAME], 1),
    "scan as JSON": (["scan", NAME, "--json"], 1),
    "scan of what is missing": (["scan", f"{NAME}.no"], 4),
    "an option": (["check", "ab1", f"--{NAME}x"], 2),
    "a command": ([NAME], 2),
    "a number": (["generate", "--length", NAME], 2),
}  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a folder full of such names."""
    (tmp_path / f"{NAME}.csv").write_text(EXPORT)
    (tmp_path / f"{NAME}.kdbx").touch()
    inner = tmp_path / NAME
    (inner / NAME).mkdir(parents=True)
    (inner / NAME / f"{NAME}.csv").write_text(EXPORT)
    (inner / NAME / f"{NAME}.xlsx").write_text("no workbook")
    (inner / f"{NAME}.ipynb").write_text(NOTEBOOK)
    return tmp_path


@pytest.mark.parametrize("width", ["utf-8", "ascii"])
@pytest.mark.parametrize(("words", "code"), COMMANDS.values(), ids=COMMANDS)
def test_nothing_printed_steers_the_terminal_or_fakes_a_line(
    words: list[str], code: int, width: str, room: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "apiuser", *words],
        input=f"{SECRETS[4]}\n".encode(),
        capture_output=True,
        check=False,
        cwd=room,
        env=os.environ | {"PYTHONIOENCODING": width},
    )

    told = (done.stdout + done.stderr).decode(width)
    assert done.returncode == code, told
    assert told.replace("\n", "").isprintable(), ascii(told)
    assert "\nFAKED" not in told
    assert "Traceback" not in told
    if "--json" in words:
        assert max(json.dumps(json.loads(done.stdout), ensure_ascii=False)) < "\ud800"


@pytest.mark.parametrize("ending", sorted({*FORMATS, *TENANT_FORMATS}))
def test_every_report_of_such_names_is_whole_and_utf_8(ending: str, room: Path) -> None:
    runs = [["audit", f"{NAME}.csv"]] if ending in FORMATS else []
    runs += [["audit", "--tenants", NAME]] if ending in TENANT_FORMATS else []

    for words in runs:
        done = subprocess.run(
            [sys.executable, "-m", "apiuser", *words, "--report", f"report{ending}"],
            capture_output=True,
            check=False,
            cwd=room,
        )

        assert done.returncode in {1, 3}, done.stderr
        data = (room / f"report{ending}").read_bytes()
        if ending == ".json":
            text = json.dumps(json.loads(data), ensure_ascii=False)
            assert not any("\ud800" <= sign <= "\udfff" for sign in text)
        elif ending == ".html":
            assert "\x1b" not in data.decode()


def test_json_escapes_what_cannot_be_seen_and_names_half_a_character() -> None:
    value = {"a": "\u202e\x9b\x7f\x00é😀\ud800", "b": ["\udcff", "plain"]}

    text = escape_json(json.dumps(value, ensure_ascii=False))
    ascii_text = escape_json(json.dumps(value, ensure_ascii=False), ascii_only=True)

    assert text.isprintable()
    assert "é😀" in text
    assert ascii_text.isascii()
    assert json.loads(text) == json.loads(ascii_text)
    assert json.loads(text) == {
        "a": "\u202e\x9b\x7f\x00é😀<U+D800>",
        "b": ["<U+DCFF>", "plain"],
    }
