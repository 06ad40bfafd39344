"""The checklist's form hands over encrypted files, and says why it does not."""

from pathlib import Path

import pytest
from ipywidgets import Widget

from apiuser.forms import show_checklist
from apiuser.forms.checklist.checklist_form import ChecklistForm
from apiuser.forms.widgets.secret_box import SecretBox
from apiuser.forms.widgets.transfer import Download
from tests.checklist_driver import (
    dump_models,
    find,
    find_passphrase,
    find_status,
    go_to,
    press,
    read,
)
from tests.form_driver import Sent, walk
from tests.form_driver import deliver as run_to_end
from tests.kdbx_reader import read_kdbx
from tests.planted import PASSPHRASES, SECRETS
from tests.views import type_into

pytestmark = pytest.mark.usefixtures("no_widgets_of_other_tests")


def test_the_handover_is_encrypted_and_its_passphrase_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    form = show_checklist()
    form.checklist.set("username", "sample4key@example.com")
    form.checklist.take_secret(SECRETS[0])
    go_to(form, "handover")

    press(form, "Write the encrypted file")

    (path,) = tmp_path.iterdir()
    passphrase = find_passphrase(form)
    assert path.name == "sample4key-handover.kdbx"
    assert passphrase is not None
    assert read_kdbx(path.read_bytes(), passphrase)["Password"] == SECRETS[0]
    assert f"Written: {path}" in read(form)
    assert SECRETS[0] not in read(form)
    assert passphrase not in read(form)
    press(form, "Forget the passphrase")
    assert find_passphrase(form) is None


def type_passphrase(form: ChecklistForm, *entries: str) -> None:
    find(form, "Passphrase").value = "my own, typed twice"
    boxes = [
        widget
        for widget in walk(form.view)
        if isinstance(widget, SecretBox) and widget.label.startswith("My passphrase")
    ]
    for box, text in zip(boxes, entries, strict=True):
        type_into(box, text)


def open_handover(folder: Path) -> ChecklistForm:
    form = show_checklist()
    form.checklist.set("username", "sample4key@example.com")
    form.checklist.set("tracking_identifier", "SAMPLE0TRACKING0IDENTIFIER0")
    form.checklist.take_secret(SECRETS[0])
    go_to(form, "handover")
    find(form, "File").value = str(folder / "new.kdbx")
    return form


def test_a_passphrase_of_ones_own_opens_the_file_and_is_forgotten(
    tmp_path: Path,
) -> None:
    form = open_handover(tmp_path)
    type_passphrase(form, PASSPHRASES[0], PASSPHRASES[0])

    press(form, "Write the encrypted file")

    entry = read_kdbx((tmp_path / "new.kdbx").read_bytes(), PASSPHRASES[0])
    assert entry["Password"] == SECRETS[0]
    assert "Send the passphrase by another way." in read(form)
    assert find_passphrase(form) is None
    assert PASSPHRASES[0] not in dump_models()
    press(form, "Write the encrypted file")
    assert "Type the passphrase in both boxes" in read(form)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((PASSPHRASES[0], PASSPHRASES[1]), "The two entries of the passphrase differ."),
        ((PASSPHRASES[0][:12], PASSPHRASES[0][:12]), "fewer than 16 characters"),
        ((PASSPHRASES[0], ""), "Type the passphrase in both boxes"),
    ],
    ids=["mistyped", "weak", "once"],
)
def test_a_passphrase_that_cannot_serve_is_refused_in_a_sentence(
    entries: tuple[str, str], told: str, tmp_path: Path
) -> None:
    form = open_handover(tmp_path)
    type_passphrase(form, *entries)

    press(form, "Write the encrypted file")

    assert told in find_status(form).text
    assert list(tmp_path.iterdir()) == []


def test_what_is_typed_of_the_entry_goes_into_the_file_and_the_sheet(
    tmp_path: Path, sent: Sent
) -> None:
    form = open_handover(tmp_path)
    before = find(form, "Title").value
    find(form, "Title").value = "Sample entry"
    find(form, "Address").value = "https://example.com/"
    find(form, "Notes").value = "First line.\nSecond line."
    find(form, "Receiver").value = "Sample receiver"
    type_passphrase(form, PASSPHRASES[0], PASSPHRASES[0])

    press(form, "Write the encrypted file")
    sheet = next(
        widget
        for widget in walk(form.view)
        if isinstance(widget, Download) and "sheet (Markdown)" in widget.label
    )
    run_to_end(sheet, kind="ask", nonce="1")

    entry = read_kdbx((tmp_path / "new.kdbx").read_bytes(), PASSPHRASES[0])
    assert before == "Autotask API user, Presh via Zapier"
    assert entry["Title"] == "Sample entry"
    assert entry["URL"] == "https://example.com/"
    assert entry["Notes"] == "First line.\nSecond line."
    assert b"Sample receiver" in b"".join(map(bytes, sent[-1][1] or []))


def test_the_fields_to_copy_by_hand_stand_in_the_order_of_a_vaults_form(
    tmp_path: Path,
) -> None:
    form = open_handover(tmp_path)
    find(form, "Address").value = "https://example.com/"
    find(form, "Notes").value = "First line."

    copies = next(
        box.children
        for box in walk(form.view)
        if any(
            "Or copy into" in str(getattr(c, "value", "")) for c in box_children(box)
        )
    )

    assert [(copy.label, getattr(copy, "text", None)) for copy in copies[1:]] == [
        ("Title", "Autotask API user, Presh via Zapier"),
        ("User name", "sample4key@example.com"),
        ("Password", None),
        ("URL", "https://example.com/"),
        ("Notes", "First line.\nTracking identifier: SAMPLE0TRACKING0IDENTIFIER0"),
    ]


def box_children(widget: Widget) -> tuple[Widget, ...]:
    return getattr(widget, "children", ())


def test_a_handover_never_overwrites_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.kdbx").write_text("mine", encoding="utf-8")
    form = show_checklist()
    form.checklist.set("username", "sample4key")
    form.checklist.take_secret(SECRETS[0])
    go_to(form, "handover")
    find(form, "File").value = "mine.kdbx"

    press(form, "Write the encrypted file")

    assert (tmp_path / "mine.kdbx").read_text(encoding="utf-8") == "mine"
    assert "mine.kdbx: exists already. Choose another name." in read(form)
    assert "--" not in find_status(form).text
    assert find_passphrase(form) is None


def test_a_handover_in_a_git_work_tree_is_refused_in_the_words_of_the_form(
    tmp_path: Path,
) -> None:
    (tmp_path / ".git").mkdir()
    form = show_checklist()
    form.checklist.set("username", "sample4key")
    form.checklist.take_secret(SECRETS[0])
    go_to(form, "handover")
    find(form, "File").value = str(tmp_path / "mine.kdbx")

    press(form, "Write the encrypted file")

    assert find_status(form).text.endswith("committed. Choose a folder outside.")
    assert not (tmp_path / "mine.kdbx").exists()


def test_a_wrong_recipients_key_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = show_checklist()
    form.checklist.set("username", "sample4key")
    form.checklist.take_secret(SECRETS[0])
    go_to(form, "handover")
    find(
        form, "Encrypted handover"
    ).value = "age file, opened with the recipient's own key"
    find(form, "Recipient's key").value = "age1nothing"

    press(form, "Write the encrypted file")

    assert list(tmp_path.iterdir()) == []
    assert "recipient" in read(form).casefold()
