"""The review and the record tell what was done, how far, and never the secret."""

import pytest

from apiuser.checklist import Job, NamesFile, write_html, write_text
from apiuser.checklist.review import list_review
from apiuser.credentials.credential import Secret
from apiuser.howto import STAGES
from tests.checklist.sheet_driver import enter, open_session, press, reach
from tests.planted import SECRETS

WRITERS = [write_html, write_text]


@pytest.mark.parametrize("job", Job)
def test_a_record_describes_the_work_and_not_the_secret(job: Job) -> None:
    session = open_session(job)
    reach(session, "fill")
    enter(session, username="sample4key@sample.example.com")
    session.take_secret(Secret(SECRETS[3]))

    for write in WRITERS:
        record = write(session)
        assert "sample4key" in record
        assert f"{len(SECRETS[3])} characters" in record
        assert SECRETS[3] not in record
        assert "not finished" in record


def test_nothing_untouched_is_stated_as_fact() -> None:
    session = open_session()
    reach(session, "fill")
    enter(session, email="somebody@example.com")

    states = {line.label: line.state for line in list_review(session)}

    assert states["First Name"] == "as suggested"
    assert states["Email Address"] == "entered"


def test_a_generated_key_is_not_said_to_be_entered() -> None:
    session = open_session()
    reach(session, "fill")
    enter(session, existing_username="@sample.example.com")
    press(session, "generate")

    made = {line.label: line.state for line in list_review(session)}
    enter(session, username="sample4key")
    typed = {line.label: line.state for line in list_review(session)}

    assert (made["Full username"], typed["Full username"]) == ("made here", "entered")


def test_what_is_open_is_said_to_be_open() -> None:
    texts = {line.label: line.text for line in list_review(open_session())}

    assert texts["Saved in Autotask"] == "not yet"
    assert texts["Tested"] == "not yet"
    assert texts["Finished"] == "not yet"
    assert texts["Compared with"] == "no names"


@pytest.mark.parametrize(
    ("answer", "text"),
    [("401", "401"), ("other", "another answer")],
)
def test_a_test_that_failed_is_recorded_until_it_works(answer: str, text: str) -> None:
    session = open_session()
    reach(session, "test")
    press(session, f"answered:{answer}")

    failed = write_text(session)
    press(session, "primary")
    worked = write_text(session)

    assert f"Tested: {text} (not solved)" in failed
    assert "Tested: works" in worked


def test_an_edit_that_keeps_the_secret_records_none() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_level=True)
    press(session, "primary")

    kept = {line.label for line in list_review(session)}
    enter(session, change_secret=True)
    made = {line.label for line in list_review(session)}

    assert {"Secret", "Password rules"}.isdisjoint(kept)
    assert {"Secret", "Password rules"} <= made


@pytest.mark.parametrize("changes", ["change_level", "change_username"])
def test_what_an_export_lists_the_user_as_is_recorded(changes: str) -> None:
    session = open_session(Job.EDIT)
    name = "jane.doe@example.com"
    for file, what in (("a.csv", "a person"), ("b.csv", "inactive")):
        read = NamesFile(name=file, names=(name,), others={name: what})
        session.names.add(read)
    enter(session, username=name)
    enter(session, **{changes: True})

    record = write_text(session)

    assert "Listed as: a person (in a.csv)\nListed as: inactive (in b.csv)\n" in record


def test_a_new_user_is_not_recorded_as_listed() -> None:
    session = open_session()
    names = ("sample4key@example.com",)
    file = NamesFile(name="a.csv", names=names, others={names[0]: "a person"})
    session.names.add(file)
    enter(session, username=names[0])

    assert "Listed as" not in write_text(session)


def test_the_record_of_finished_work_says_when() -> None:
    session = open_session()
    reach(session, STAGES[Job.CREATE][-1].code)
    press(session, "primary")

    record = write_text(session)

    assert "Finished: 2026-11-24 12:00 +0000" in record
    assert "not finished" not in record


def test_a_record_keeps_marked_up_values_as_text() -> None:
    session = open_session()
    enter(session, tenant="<b>Sample</b> | MSP *one*")

    assert "&lt;b&gt;Sample&lt;/b&gt; | MSP *one*" in write_html(session)


@pytest.mark.parametrize("name", ["again", "job:edit"])
def test_a_finished_record_that_is_nowhere_is_left_with_a_second_press_only(
    name: str,
) -> None:
    session = open_session()
    reach(session, "handover")
    press(session, "primary")
    finished = session.checklist

    shown = press(session, name)

    assert session.checklist is finished
    assert "clears a record that is not saved" in shown["said"]["text"]
    assert shown["said"]["at"] == ("primary" if name == "again" else name)
    press(session, name)
    assert session.checklist is not finished
