"""The checklist's form shows the steps of the checklist, its values and findings."""

from apiuser.checklist import Job, is_done
from apiuser.forms import show_checklist
from tests.checklist_driver import find, go_to, press, read, type_secret, upload
from tests.form_driver import Sent, walk
from tests.planted import SECRETS


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


def test_a_number_beyond_all_calendars_is_one_sentence() -> None:
    form = show_checklist()
    go_to(form, "test")

    find(form, "Minutes to wait").value = "9" * 5000
    form.checklist.set("wait_minutes", 10**14)
    form.checklist.set("saved", value=True)
    go_to(form, "test")

    assert "enter fewer minutes" in read(form)


def test_generate_key_is_offered_only_where_the_key_changes() -> None:
    form = show_checklist(Job.EDIT)
    go_to(form, "renew")
    button = find(form, "Generate Key")
    kept = button.layout.display

    find(form, "What changes").value = "A new key and a new secret"

    assert kept == "none"
    assert button.layout.display == ""


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

    assert refusal.startswith("old.csv: line 2, column 4: the byte 0xE9 is not UTF-8.")
    assert "cp1252 in the field “Encoding”" in refusal
    assert "old.csv: line 1: there is no username column" in second
    assert "with the field “Username column”" in second
    assert "old.csv: 1 names read." in read(form)
    assert before == again.layout.display == "none"
