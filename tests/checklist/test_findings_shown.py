"""What is found in a field is said so that a person can put it right."""

import pytest

from tests.checklist.sheet_driver import enter, open_session, press, reach, rows, words


@pytest.mark.parametrize(
    ("typed", "warned"), [("JSMITH", False), ("jane.doe@example.com", True)]
)
def test_only_what_was_typed_as_an_address_is_said_to_look_like_one(
    typed: str, *, warned: bool
) -> None:
    session = open_session()
    enter(session, existing_username="@sample.example.com")
    reach(session, "fill")

    said = words(enter(session, username=typed), "username")

    assert "at least one digit" in said
    assert ("looks like an e-mail address" in said) is warned


def test_what_to_do_is_said_before_the_characters_that_are_meant() -> None:
    session = open_session()
    reach(session, "fill")

    said = words(enter(session, username="sample 4key"), "username")

    assert said.startswith("Use only visible ASCII characters in the username")
    assert "(position 7: U+0020 space)" in said


def test_the_other_name_is_said_before_what_to_do() -> None:
    session = open_session()
    enter(session, taken_names="sample4key@sample.example.com")
    reach(session, "fill")

    said = words(enter(session, username="sample4key"), "username")

    assert said.startswith("sample4key@sample.example.com is in use. ")


@pytest.mark.parametrize("typed", ["sample4key", "sample4key@sample.example.com"])
def test_what_is_found_of_a_suffix_leads_to_its_row_if_it_is_not_known(
    typed: str,
) -> None:
    session = open_session()
    reach(session, "fill")

    shown = enter(session, username=typed)

    led = [one["row"] for one in rows(shown)["username"]["states"] if one.get("row")]
    assert [one["stage"] for one in led] == ["stage:prepare"] * ("@" not in typed)
    assert [one["label"] for one in led] == ["Username ends with"] * len(led)


def test_each_open_point_names_the_stage_where_it_is_closed() -> None:
    session = open_session()
    press(session, "stage:handover")

    faults = press(session, "primary")["faults"]

    stages = {fault["key"]: fault["stage"] for fault in faults}
    assert stages["integration"] == "stage:prepare"
    assert stages["username"] == stages["secret"] == "stage:fill"
    assert stages["stored"] == "stage:store"
