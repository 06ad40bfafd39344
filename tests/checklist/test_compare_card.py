"""Once a user is saved, the work sheet offers to compare the exports."""

import pytest

from apiuser.checklist import Job
from tests.checklist.sheet_driver import enter, open_session, reach


@pytest.mark.parametrize(
    ("job", "username", "command"),
    [
        (Job.CREATE, "key2@x.example.com", "BEFORE AFTER --expect key2@x.example.com"),
        (Job.CREATE, "key2 & more", "BEFORE AFTER --expect NAME"),
        (Job.EDIT, "key2@x.example.com", "BEFORE AFTER"),
    ],
)
def test_the_command_that_compares_is_ready_once_it_is_saved(
    job: Job, username: str, command: str
) -> None:
    session = open_session(job)
    reach(session, "test")

    cards = enter(session, username=username)["cards"]

    (card,) = (card for card in cards if card["code"] == "compare")
    assert card["compare"]["command"] == f"apiuser compare {command}"
