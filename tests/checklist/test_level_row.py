"""The row of the security level agrees with what an audit finds."""

import pytest

from apiuser.checklist import Job, describe
from apiuser.howto import STEPS
from tests.checklist.sheet_driver import enter, open_session, press, reach, rows

FULL = "API User (system) (API-only)"


@pytest.mark.parametrize("job", [Job.CREATE, Job.EDIT])
def test_the_level_that_the_form_proposes_is_none_that_an_audit_finds(job: Job) -> None:
    session = open_session(job)
    if job is Job.EDIT:
        enter(session, change_level=True)
    press(session, "stage:fill")

    press(session, "primary")  # what is checked shows what is found in it
    press(session, "stage:fill")
    row = rows(describe(session))["security_level"]

    assert row["value"] == "API User (system) Can't Read Costs (API-only)"
    assert row["states"] == []


@pytest.mark.parametrize("text", [FULL, "api user (system)"])
def test_the_full_system_level_is_noticed_where_it_is_chosen(text: str) -> None:
    session = open_session()
    reach(session, "fill")

    row = rows(enter(session, security_level=text))["security_level"]

    assert [(state["level"], state["code"]) for state in row["states"]] == [
        ("notice", "HYG001")
    ]
    assert not row["invalid"]
    generated = press(session, "generate")
    assert press(session, "primary")["stage"] == "store", generated["faults"]


def test_the_how_to_says_which_level_is_proposed() -> None:
    (level,) = (step for step in STEPS[Job.CREATE] if step.code == "level")

    assert any(
        "The form proposes the level without costs" in n.text for n in level.know
    )
