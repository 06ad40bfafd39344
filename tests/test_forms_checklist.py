"""The checklist's form shows the checklist, and its widgets never hold the secret."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ipywidgets import Text, Textarea, Widget

from apiuser.checklist import Job, is_done
from apiuser.forms import show_checklist
from apiuser.forms.checklist.checklist_form import ChecklistForm
from apiuser.forms.checklist.credential_parts import SecretBox
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Download, Upload
from tests.form_driver import Sent
from tests.form_driver import deliver as run_to_end
from tests.kdbx_reader import read_kdbx
from tests.planted import PASSPHRASES, SECRETS
from tests.views import View, deliver, type_into


def walk(widget: Widget) -> Iterator[Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


def find(form: ChecklistForm, label: str) -> Widget:
    """Find a widget of the current step, or of the head and foot, by its label."""
    return next(
        widget
        for widget in walk(form.view)
        if getattr(widget, "description", None) == label
    )


def press(form: ChecklistForm, label: str) -> None:
    find(form, label).click()


def go_to(form: ChecklistForm, code: str) -> None:
    codes = [step.code for step in form.checklist.steps]
    stepper = next(w for w in walk(form.view) if type(w).__name__ == "Stepper")
    stepper._handle_custom_msg({"chosen": codes.index(code)}, [])  # noqa: SLF001


def read(form: ChecklistForm) -> str:
    """Read everything the form shows as text."""
    texts = (
        getattr(widget, name, "")
        for widget in walk(form.view)
        for name in ("value", "text")
    )
    return "\n".join(str(text) for text in texts)


def type_secret(form: ChecklistForm, text: str) -> None:
    box = next(widget for widget in walk(form.view) if isinstance(widget, SecretBox))
    type_into(box, text)


def test_a_preset_name_is_shown_without_findings() -> None:
    form = show_checklist()

    go_to(form, "general")

    assert find(form, "First Name").value == "Presh"
    assert "Error" not in read(form)


def test_a_wrong_value_shows_its_finding_as_it_is_typed() -> None:
    form = show_checklist()
    go_to(form, "general")

    find(form, "Email Address").value = "nobody"

    assert "(EML002)" in read(form)
    assert form.checklist.values["email"] == "nobody"


def test_a_blocked_step_says_why_and_stays() -> None:
    form = show_checklist()
    go_to(form, "level")

    press(form, "Done, next step")

    assert "Security Level: Enter the security level" in read(form)
    assert "Step 6 of 15" in read(form)


def test_a_finished_step_leads_to_the_next_one() -> None:
    form = show_checklist()

    press(form, "Done, next step")

    assert "Step 2 of 15" in read(form)
    assert is_done(form.checklist, form.checklist.steps[0])
    press(form, "Back")
    assert "Step 1 of 15" in read(form)


def test_instructions_follow_the_menu_word_of_the_tenant() -> None:
    form = show_checklist()
    find(form, "Menu word").value = "Company"

    go_to(form, "open")

    assert "Company Settings &amp; Users" in read(form)


def test_generate_key_fills_the_username_and_tells_its_bits() -> None:
    form = show_checklist()
    go_to(form, "names")
    find(form, "An existing API username").value = "abc123@example.com"
    go_to(form, "key")

    press(form, "Generate Key")

    key = find(form, "Username (Key)").value
    assert len(key) == 15
    assert "77.5 bits" in read(form)
    assert f"{key}@example.com" in read(form)


def test_a_pasted_secret_is_judged_at_once() -> None:
    form = show_checklist()
    go_to(form, "secret")

    type_secret(form, "Short.1")

    assert "(SEC002)" in read(form)


def test_a_vendor_is_found_by_another_name() -> None:
    form = show_checklist()
    go_to(form, "identifier")

    find(form, "Integration Vendor").value = "MSP360"

    assert "CloudBerry Lab - BDR" in read(form)


def test_a_field_that_does_not_count_is_not_shown() -> None:
    form = show_checklist()
    go_to(form, "identifier")

    find(form, "API Tracking Identifier").value = "Custom (Internal Integration)"

    vendor, name = (
        find(form, "Integration Vendor"),
        find(form, "Name of the integration"),
    )
    hidden = [w for w in walk(form.view) if w.layout.display == "none"]
    assert any(vendor in walk(widget) for widget in hidden)
    assert not any(name in walk(widget) for widget in hidden)


def test_numbers_are_read_and_other_text_blocks() -> None:
    form = show_checklist()
    go_to(form, "policy")
    limit = "Longest secret the application takes"

    find(form, limit).value = "20"
    number = form.checklist.values["secret_limit"]
    find(form, limit).value = "twenty"
    press(form, "Done, next step")

    assert number == 20
    assert "Enter a whole number above 0." in read(form)


@pytest.mark.parametrize("job", Job)
def test_no_widget_of_any_step_ever_holds_the_secret(job: Job) -> None:
    form = show_checklist(job)
    form.checklist.take_secret(SECRETS[0])

    for step in form.checklist.steps:
        go_to(form, step.code)

    states = [
        json.dumps(widget.get_state(), default=str) + repr(widget)
        for widget in walk(form.view)
    ]
    bundle = form._repr_mimebundle_()  # IPython's own protocol
    assert not [state for state in states if SECRETS[0] in state]
    assert SECRETS[0] not in json.dumps(bundle)
    assert bundle["text/plain"] == repr(form) == "ChecklistForm()"


def test_work_is_saved_and_resumed_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = show_checklist()
    find(form, "Tenant").value = "Sample MSP"
    press(form, "Done, next step")
    go_to(form, "secret")
    type_secret(form, SECRETS[1])
    press(form, "Save")

    again = show_checklist()
    press(again, "Resume")

    (path,) = tmp_path.iterdir()
    assert SECRETS[1] not in path.read_text(encoding="utf-8")
    assert again.checklist.values["tenant"] == "Sample MSP"
    assert "Step 2 of 15" in read(again)


def test_trouble_with_files_is_one_sentence_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = show_checklist()

    press(form, "Resume")
    missing = read(form)
    find(form, "File of this checklist").value = "no folder/work.json"
    press(form, "Save")

    assert "api-user.checklist.json: cannot be read" in missing
    assert "no folder/work.json: cannot be written" in read(form)


def test_another_job_starts_anew_and_forgets_the_secret() -> None:
    form = show_checklist()
    old = form.checklist
    old.take_secret(SECRETS[0])
    find(form, "Job").value = "Rotate a secret"

    press(form, "Start anew")

    assert form.checklist.job is Job.ROTATE
    assert old.secret is None
    assert "Step 1 of 9" in read(form)


def test_another_integration_takes_effect_at_once_while_nothing_is_entered() -> None:
    form = show_checklist()

    find(form, "Integration").value = "Custom (internal integration)"

    assert form.checklist.integration.custom
    assert "A new checklist was started." in read(form)
    assert "still those of" not in read(form)


def test_a_choice_that_would_drop_work_waits_for_start_anew_and_says_so() -> None:
    form = show_checklist()
    before = form.checklist
    before.set("tenant", "Sample MSP")

    find(form, "Job").value = "Edit an API user"
    waiting = read(form)
    find(form, "Job").value = "Create an API user"
    taken_back = read(form)
    find(form, "Job").value = "Edit an API user"
    kept = form.checklist is before
    press(form, "Start anew")

    assert "still those of “Create an API user” for “Presh via Zapier”" in waiting
    assert "still those of" not in taken_back
    assert kept
    assert form.checklist.job is Job.EDIT
    assert "still those of" not in read(form)


def test_resuming_shows_the_job_that_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    press(show_checklist(Job.ROTATE), "Save")
    form = show_checklist()

    press(form, "Resume")

    assert find(form, "Job").value == "Rotate a secret"
    assert "still those of" not in read(form)


def test_starting_anew_leaves_the_form_itself_open() -> None:
    form = show_checklist()
    other = show_checklist()

    press(form, "Start anew")

    assert form.view.comm is not None
    assert all(widget.comm is not None for widget in walk(form.view))
    assert all(widget.comm is not None for widget in walk(other.view))


def test_a_bad_preset_file_is_named_and_nothing_starts(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("name = 3", encoding="utf-8")
    form = show_checklist()
    before = form.checklist
    find(form, "Integration").value = "a preset file of my own"
    find(form, "File of my preset").value = str(path)

    press(form, "Start anew")

    assert form.checklist is before
    assert "name must be text in quotes" in read(form)


def test_the_record_is_withheld_while_a_field_holds_the_secret() -> None:
    form = show_checklist()
    form.checklist.set("first_name", SECRETS[2])  # in a step not shown yet
    form.checklist.take_secret(SECRETS[2])

    go_to(form, "handover")

    assert "Take the secret out of First Name" in read(form)
    hidden = [w for w in walk(form.view) if w.layout.display == "none"]
    assert all(
        any(download in walk(widget) for widget in hidden)
        for download in walk(form.view)
        if isinstance(download, Download)
    )
    press(form, "Finish: forget the secret")
    assert form.checklist.secret is not None


def find_status(form: ChecklistForm) -> StatusLine:
    return next(widget for widget in walk(form.view) if isinstance(widget, StatusLine))


def list_inputs(form: ChecklistForm) -> Iterator[Text | Textarea]:
    """List every input for text of every step, each step shown while it is listed."""
    for step in form.checklist.steps:
        go_to(form, step.code)
        for widget in walk(form.view):
            if isinstance(widget, Text | Textarea):
                yield widget


@pytest.fixture(autouse=True)
def _no_widgets_of_other_tests() -> None:
    Widget.close_all()


def dump_models() -> str:
    """Everything a notebook would save of any widget there is."""
    return json.dumps(Widget.get_manager_state(), default=str)


@pytest.mark.parametrize("job", Job)
def test_a_secret_pasted_into_any_other_input_is_taken_out_at_once(job: Job) -> None:
    form = show_checklist(job)
    form.checklist.take_secret(SECRETS[0])
    status = find_status(form)
    labels = []

    for widget in list_inputs(form):
        labels.append(widget.description)
        status.say("")
        widget.value = f"at {SECRETS[0]} "
        assert widget.value == "", widget.description
        assert SECRETS[0] not in read(form), widget.description
        assert "Taken out again" in status.text, widget.description

    assert {"File", "Address", "File of my preset", "File of this checklist"} <= {
        *labels
    }
    assert SECRETS[0] not in dump_models()
    go_to(form, "handover")
    press(form, "Finish: forget the secret")
    assert form.checklist.secret is None
    assert SECRETS[0] not in dump_models()


def test_a_secret_pasted_wrongly_first_is_taken_out_once_it_is_known() -> None:
    form = show_checklist()
    for widget in list_inputs(form):
        widget.value = SECRETS[0]

    go_to(form, "secret")
    type_secret(form, SECRETS[0])

    assert SECRETS[0] not in dump_models()
    assert "Taken out again" in read(form)
    assert form.checklist.find_secret_in_fields() == ()


def test_a_secret_pasted_as_a_file_name_names_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = show_checklist()
    form.checklist.take_secret(SECRETS[0])
    find(form, "File of this checklist").value = SECRETS[0]

    press(form, "Save")

    assert list(tmp_path.iterdir()) == []
    assert find(form, "File of this checklist").value == ""
    assert "Enter a name for the file of this checklist." in read(form)


def test_a_number_beyond_all_calendars_is_one_sentence() -> None:
    form = show_checklist()
    go_to(form, "test")

    find(form, "Minutes to wait").value = "9" * 5000
    form.checklist.set("wait_minutes", 10**14)
    form.checklist.set("saved", value=True)
    go_to(form, "test")

    assert "enter fewer minutes" in read(form)


def test_finishing_forgets_the_secret_and_says_so() -> None:
    form = show_checklist()
    form.checklist.take_secret(SECRETS[2])
    go_to(form, "handover")

    press(form, "Finish: forget the secret")

    assert form.checklist.secret is None
    assert "The secret is forgotten" in read(form)


def test_generate_key_is_offered_only_where_the_key_changes() -> None:
    form = show_checklist(Job.EDIT)
    go_to(form, "renew")
    button = find(form, "Generate Key")
    kept = button.layout.display

    find(form, "What changes").value = "A new key and a new secret"

    assert kept == "none"
    assert button.layout.display == ""


def test_work_is_dropped_or_overwritten_on_the_second_press_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = tmp_path / "api-user.checklist.json"
    other.write_text("other work", encoding="utf-8")
    form = show_checklist()
    press(form, "Done, next step")
    before = form.checklist

    press(form, "Save")
    kept = other.read_text(encoding="utf-8")
    press(form, "Start anew")

    assert kept == "other work"
    assert "Press Start anew again" in read(form)
    assert form.checklist is before
    press(form, "Start anew")
    assert form.checklist is not before


def test_the_time_to_test_counts_from_saving() -> None:
    form = show_checklist()
    go_to(form, "test")
    waiting = read(form)

    form.checklist.set("saved", value=True)
    go_to(form, "test")

    assert "The wait begins when the page is saved" in waiting
    assert "Test from" in read(form)


def test_an_uploaded_export_adds_its_names_to_those_in_use() -> None:
    form = show_checklist()
    go_to(form, "names")

    upload(form, "inactive.csv", b"Username,Active\nsample4key,No\nsample5key,Yes\n")

    assert "inactive.csv: 2 names read." in read(form)
    assert "Names in use known here: 2, from inactive.csv." in read(form)
    go_to(form, "key")
    find(form, "Username (Key)").value = "Sample4Key"
    assert "(USR007)" in read(form)


def upload(form: ChecklistForm, name: str, data: bytes) -> None:
    part = next(widget for widget in walk(form.view) if isinstance(widget, Upload))
    start = {"kind": "start", "id": "1", "name": name, "size": len(data)}
    part._handle_custom_msg(start, [])  # noqa: SLF001  # as the browser's side does
    content = {"kind": "part", "id": "1", "at": 0}
    part._handle_custom_msg(content, [memoryview(data)])  # noqa: SLF001


def test_the_step_of_storing_offers_what_is_stored_for_copying() -> None:
    form = show_checklist()
    go_to(form, "store")
    parts = {w.label: w for w in walk(form.view) if hasattr(w, "label")}
    before = parts["Full login"].layout.display
    form.checklist.set("existing_username", "abc123@example.com")
    form.checklist.set("username", "sample4key")
    form.checklist.take_secret(SECRETS[0])

    go_to(form, "store")

    assert before == "none"
    assert parts["Username (Key)"].text == "sample4key"
    assert parts["Full login"].text == "sample4key@example.com"
    assert parts["Password (Secret)"].available
    assert SECRETS[0] not in read(form)


def test_keeping_the_credentials_hides_what_is_said_of_new_ones() -> None:
    form = show_checklist(Job.EDIT)
    go_to(form, "renew")
    kept = read(form)

    find(form, "What changes").value = "A new secret"
    renewed = read(form)
    find(form, "What changes").value = "A new key and a new secret"

    assert "Press Generate Secret" not in kept
    assert "Press Generate Key" not in kept
    assert "Press Generate Secret" in renewed
    assert "Press Generate Key" not in renewed
    assert "Press Generate Key" in read(form)


def test_a_suffix_unlike_the_learned_one_is_pointed_out() -> None:
    form = show_checklist()
    form.checklist.set("existing_username", "abc123@Example.com")
    go_to(form, "key")

    find(form, "Username (Key)").value = "sample4key@other.example.com"
    other = read(form)
    find(form, "Username (Key)").value = "sample4key@example.com"

    assert "Check the suffix: it is not that of the existing username." in other
    assert "Check the suffix" not in read(form)


def test_a_pasted_secret_that_scripts_would_change_is_warned_of() -> None:
    form = show_checklist()
    go_to(form, "secret")

    form.checklist.take_secret(f"{SECRETS[0]}$")
    go_to(form, "secret")

    assert "(SEC011)" in read(form)
    assert "as the paste forms of apiuser handover do" in read(form)


def test_a_refused_export_of_names_is_read_again_with_the_options(sent: Sent) -> None:
    form = show_checklist()
    go_to(form, "names")
    again = find(form, "Read the refused file again")
    before = again.layout.display

    upload(form, "old.csv", b"Logon\ncaf\xe92go\n")
    refusal = sent[-1][0]["message"]
    find(form, "Encoding").value = "Western European (cp1252)"
    press(form, "Read the refused file again")
    second = read(form)
    find(form, "Username column").value = "Logon"
    press(form, "Read the refused file again")

    assert refusal.startswith("old.csv: is not UTF-8")
    assert "cp1252 in the field “Encoding”" in refusal
    assert "old.csv: line 1 has no username column" in second
    assert "in the field “Username column”" in second
    assert "old.csv: 1 names read." in read(form)
    assert before == again.layout.display == "none"


def test_a_secret_pasted_into_an_option_is_taken_out_at_once() -> None:
    form = show_checklist()
    go_to(form, "names")
    form.checklist.take_secret(SECRETS[0])

    find(form, "Username column").value = SECRETS[0]

    assert find(form, "Username column").value == ""
    assert SECRETS[0] not in read(form)


def find_passphrase(form: ChecklistForm) -> str | None:
    box = next(
        widget
        for widget in walk(form.view)
        if isinstance(widget, SecretBox) and widget.label == "Passphrase of the file"
    )
    sent: list[dict[str, object]] = []
    box.send = sent.append
    view = View()
    deliver(box, {"kind": "ask", "nonce": "1", "key": view.key})
    return None if sent[0]["kind"] == "none" else view.open(sent[0])


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
