"""A secret that was typed into a wrong field leaves every file once it is known."""

import json
from pathlib import Path

import pytest

from apiuser.checklist import Checklist, Job, Session
from apiuser.credentials.credential import Secret
from apiuser.credentials.validation import resembles_secret
from apiuser.forms.notebook_desk import NotebookDesk
from tests.checklist.sheet_driver import PRESH, enter, press, rows
from tests.planted import FEW_LETTERS, SECRETS


def find_files_with(text: str, folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.rglob("*")
        if text in path.name or (path.is_file() and text in path.read_text())
    )


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("remarks", f"it is {SECRETS[0]}"),
        ("taken_names", f"abc1\nkey {SECRETS[0]}"),
        ("tenant", f"pw {SECRETS[0]}"),
    ],
)
def test_a_secret_in_a_wrong_field_leaves_the_files_once_it_is_known(
    tmp_path: Path, key: str, typed: str
) -> None:
    session = Session(checklist=Checklist(Job.CREATE), desk=NotebookDesk(tmp_path))
    press(session, PRESH)
    enter(session, tenant="Sample MSP", existing_username="@sample.example.com")
    enter(session, **{key: typed})
    press(session, "primary")
    before = find_files_with(SECRETS[0], tmp_path)

    session.take_secret(Secret(SECRETS[0]))

    assert before != []
    assert find_files_with(SECRETS[0], tmp_path) == []
    assert find_files_with(SECRETS[0].casefold(), tmp_path) == []


@pytest.mark.parametrize(
    "text", [SECRETS[4].replace("a", "@"), f"{SECRETS[3]}@{SECRETS[4][:4]}$"]
)
def test_a_secret_with_an_at_sign_is_not_taken_for_an_address(text: str) -> None:
    assert resembles_secret(text)


@pytest.mark.parametrize(
    "text", ["Sample-only.5@sample.example.com", "Sample-5@exa-mple.com"]
)
def test_an_address_is_not_taken_for_a_secret(text: str) -> None:
    assert not resembles_secret(text)


def open_with_export(folder: Path, text: str) -> Session:
    """Open a form for a tenant, with an export that was dropped."""
    session = Session(checklist=Checklist(Job.CREATE), desk=NotebookDesk(folder))
    press(session, PRESH)
    enter(session, tenant="Sample MSP", existing_username="@sample.example.com")
    export = folder / "exports" / "sample.csv"
    export.parent.mkdir()
    export.write_text(text)
    session.add_file(str(export))
    return session


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("option", ["column", "status"])
def test_a_secret_typed_beside_an_export_is_not_taken(
    tmp_path: Path, option: str, *, known: bool
) -> None:
    session = open_with_export(tmp_path, "Who\nsample4key\n")
    press(session, "primary")
    if known:
        session.take_secret(Secret(SECRETS[0]))

    shown = press(session, "read:sample.csv", values={option: SECRETS[0]})

    assert SECRETS[0] not in json.dumps(shown)
    assert find_files_with(SECRETS[0], tmp_path) == []
    (file,) = rows(press(session, "stage:prepare"))["names"]["files"]
    assert file["text"].startswith("Not accepted: that looks like a secret")


def test_a_text_with_a_blank_is_not_taken_for_a_secret() -> None:
    assert resembles_secret(SECRETS[4])
    assert not resembles_secret(f"{SECRETS[4]} only")


def test_what_was_typed_beside_an_export_goes_once_it_is_known_as_the_secret(
    tmp_path: Path,
) -> None:
    session = open_with_export(tmp_path, f"{FEW_LETTERS[1]},Who\nsample4key,x\n")
    press(session, "read:sample.csv", values={"column": FEW_LETTERS[1]})
    press(session, "primary")
    kept = (tmp_path / "tenants").glob("*.toml")
    before = [FEW_LETTERS[1] in path.read_text() for path in kept]

    session.take_secret(Secret(FEW_LETTERS[1]))

    kept = (tmp_path / "tenants").glob("*.toml")
    assert before == [True]
    assert [FEW_LETTERS[1] in path.read_text() for path in kept] == [False]
    (file,) = session.names.files.values()
    assert FEW_LETTERS[1] not in f"{file.given}{file.asks}"
