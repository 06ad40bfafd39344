"""What a stage says beside its rows: what may be left out, what is still to do."""

import pytest

from apiuser.checklist import Job, describe
from tests.checklist.sheet_driver import open_session


@pytest.mark.parametrize("job", [Job.CREATE, Job.EDIT])
def test_what_may_be_left_out_is_said_where_it_is_asked(job: Job) -> None:
    shown = describe(open_session(job))

    titles = {card["code"]: card["title"] for card in shown["cards"]}
    assert titles["tenant"] == "Tenant (optional)"
    assert shown["foot"]["text"] == ""
