"""A checklist filled in as a consultant would."""

import datetime as dt

from apiuser.checklist import Checklist, Job, judge_field
from apiuser.howto import Step
from apiuser.howto.integrations import Integration

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
TICKS = ("page_open", "active_locked", "stored", "pasted", "saved", "tested")


def make_checklist(
    job: Job = Job.CREATE, integration: Integration | None = None
) -> Checklist:
    return Checklist(job, integration=integration, clock=lambda: NOON)


def fill(checklist: Checklist) -> None:
    """Enter what a consultant would, apart from the secret."""
    entries = {
        "existing_username": "abc123@example.com",
        "security_level": "API User (system) (API-only)",
        "username": "sample4key",
        "applications": "Sample application",
        "first_name": "Sample",
        "last_name": "Integration",
        "email": "api@example.com",
        "vendor": "Zapier",
    } | dict.fromkeys(TICKS, True)
    for key, value in entries.items():
        if key in checklist.values:
            checklist.set(key, value)


def find_step(checklist: Checklist, code: str) -> Step:
    return next(step for step in checklist.steps if step.code == code)


def codes(checklist: Checklist, key: str) -> list[str]:
    return [finding.code for finding in judge_field(checklist, key)]
