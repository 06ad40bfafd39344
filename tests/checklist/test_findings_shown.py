"""What is found in a field is said so that a person can put it right."""

import pytest

from tests.checklist.sheet_driver import enter, open_session, reach, words


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

    assert said.startswith("sample4key@sample.example.com is in use: ")
