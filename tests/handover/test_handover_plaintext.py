"""A file for Bitwarden's import: as documented, on demand only, never in git."""

import csv
import io
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.credentials.credential import Secret, Username
from apiuser.errors import InputError
from apiuser.handover import Entry, check_plaintext, plaintext, write_plaintext
from tests.cli.command_driver import Call
from tests.planted import ESCAPED, SECRETS

LOGIN = "sample1key@example.com"
# The first line that Bitwarden's help gives for a personal vault.
DOCUMENTED = (
    "folder,favorite,type,name,notes,fields,reprompt,"
    "login_uri,login_username,login_password,login_totp"
)


def make_entry(secret: str, *, notes: str = "") -> Entry:
    return Entry(
        title="Sample, with a comma",
        username=Username.parse(LOGIN),
        secret=Secret(secret),
        url="https://example.com/",
        tracking_identifier="SAMPLE0TRACKING0IDENTIFIER0",
        notes=notes,
    )


def test_the_command_writes_the_documented_columns(tmp_path: Path, call: Call) -> None:
    words = ("--plaintext", "new.csv", "--url", "https://example.com/")
    code, out, err = call("handover", LOGIN, *words, typed=SECRETS[4])

    path = tmp_path / "new.csv"
    header, row = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    assert code == 0
    assert "is not encrypted" in err
    assert SECRETS[4] not in out + err
    assert ",".join(header) == DOCUMENTED
    assert {k: v for k, v in zip(header, row, strict=True) if v} == {
        "type": "login",
        "name": f"Autotask API user {LOGIN}",
        "login_uri": "https://example.com/",
        "login_username": LOGIN,
        "login_password": SECRETS[4],
    }
    assert [file.name for file in tmp_path.iterdir()] == ["new.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with write_plaintext(make_entry(SECRETS[0]), tmp_path / "new.csv"):
        pass

    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o600


@given(
    notes=st.text(
        st.characters(exclude_categories=("Cc", "Cn", "Cs"), include_characters="\n\t")
    )
)
def test_every_field_comes_back(notes: str) -> None:
    text = plaintext._write(make_entry(ESCAPED, notes=notes))  # noqa: SLF001

    (row,) = csv.DictReader(io.StringIO(text.getvalue(), newline=""))

    assert row["login_password"] == ESCAPED
    assert row["notes"] == notes
    assert row["name"] == "Sample, with a comma"
    assert row["fields"] == "Tracking identifier: SAMPLE0TRACKING0IDENTIFIER0"


@pytest.mark.parametrize("words", [(), ("--inside-git",)])
def test_a_git_work_tree_is_always_refused(
    words: tuple[str, ...], tmp_path: Path, call: Call
) -> None:
    (tmp_path / ".git").mkdir()

    code, _, err = call("handover", LOGIN, "--plaintext", "new.csv", *words)

    assert code == 3
    assert "where an unencrypted file is never written" in err
    assert "--inside-git" not in err
    assert [file.name for file in tmp_path.iterdir()] == [".git"]


def test_an_existing_file_stays_and_another_ending_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old", encoding="utf-8")

    with pytest.raises(InputError, match="already exists"):
        check_plaintext(tmp_path / "old.csv")
    with pytest.raises(InputError, match=r"ends in \.csv"):
        check_plaintext(tmp_path / "new.json")
    with write_plaintext(make_entry(SECRETS[0]), tmp_path / "old.csv", overwrite=True):
        pass

    assert SECRETS[0] in (tmp_path / "old.csv").read_text(encoding="utf-8")
