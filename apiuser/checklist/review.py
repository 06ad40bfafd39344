"""Every value of a job with its state: what is reviewed, printed and recorded."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from apiuser.checklist.progress import list_rows
from apiuser.checklist.second_presses import REFUSED_HERE
from apiuser.checklist.session import Session
from apiuser.checklist.state import Checklist
from apiuser.checklist.username_states import list_doubts
from apiuser.errors import PolicyError, count_noun
from apiuser.howto import Field, Input, Job, diagnosis
from apiuser.howto.finishing import WAIT_MINUTES, find_ready
from apiuser.rules.policies import find_least_length

_OF_THE_TENANT = {"tenant", "existing_username"}
_EARLY = f"early: within {WAIT_MINUTES} minutes of saving"
_ENTERED, _GENERATED, _SUGGESTED = "entered", "made here", "as suggested"
_KEPT = "from resumed work"


@dataclass(frozen=True, slots=True)
class Line:
    """A value and its state.

    Attributes:
        label: What it is, in Autotask's words if it is on the page.
        text: The value; never the secret.
        state: Where the value comes from, or what is still open.
    """

    label: str
    text: str
    state: str = ""


def list_review(session: Session) -> tuple[Line, ...]:
    """List the values of a job with their states, in the order of the page."""
    checklist = session.checklist
    lines = [Line("Tenant", checklist.text("tenant"))]
    if checklist.job is Job.CREATE:
        title = checklist.integration_title if checklist.chosen else ""
        lines.append(Line("Integration", title))
    elif checklist.job is Job.EDIT:
        former = "former_username"
        lines.append(
            _describe_value(session, checklist.field(former))
            if checklist.counts(former)
            else _describe_full_username(session)
        )
    lines += _list_values(session)
    lines += _list_listed(session)
    lines += _list_facts(session)
    return tuple(line for line in lines if line.text)


def _list_values(session: Session) -> Iterator[Line]:
    checklist = session.checklist
    for stage in session.stages:
        if not stage.fills:
            continue
        for row in list_rows(checklist, stage):
            if row.key == "secret":
                yield _describe_secret(session)
            elif row.key == "username":
                yield _describe_full_username(session)
            elif row.key == "active":
                yield Line("Active", "no" if checklist.deactivates else "yes")
            elif row.says or row.key == "policy":
                if row.result:
                    yield Line(row.label, row.result)
                yield from _list_more(session, row.more)
            elif checklist.has(row.key) and row.key not in _OF_THE_TENANT:
                yield _describe_value(session, checklist.field(row.key))


def _list_more(session: Session, keys: tuple[str, ...]) -> Iterator[Line]:
    """List what is under Change, if somebody changed it."""
    checklist = session.checklist
    for key in keys:
        if key in session.marks.changed and checklist.counts(key):
            yield _describe_value(session, checklist.field(key))


def _describe_value(session: Session, field: Field) -> Line:
    value = session.checklist.values[field.key]
    if field.input is Input.TICK:
        text = "yes" if value else "no"
    else:
        lines = "" if value is None else str(value).strip()
        text = ", ".join(line.strip() for line in lines.splitlines() if line.strip())
    state = _find_state(session, field.key) or _SUGGESTED
    return Line(field.label, text, state if text else "")


def _find_state(session: Session, key: str) -> str:
    """Say how a value came into its field; blank if nobody did anything there."""
    marks = session.marks
    if key in marks.made:
        return _GENERATED
    if key in marks.kept:
        return _KEPT
    return _ENTERED if key in marks.changed else ""


def _describe_full_username(session: Session) -> Line:
    checklist = session.checklist
    username = checklist.username
    state = _find_state(session, "username")
    if not username.local:
        return Line("Full username", "", "")
    if username.suffix is None:
        return Line("Username (Key)", username.local, "its suffix is not known")
    return Line("Full username", username.full, state)


def _list_listed(session: Session) -> Iterator[Line]:
    """List what exports call the user that is worked on, if no active API user."""
    checklist = session.checklist
    if checklist.job is not Job.CREATE:
        username = checklist.complete(checklist.user)
        for file, what in session.names.find_listed(username):
            yield Line("Listed as", what, f"in {file}")


def _describe_secret(session: Session) -> Line:
    facts = session.checklist.secret_facts
    if facts is None:
        return Line("Secret", "none yet", "open")
    length = count_noun(facts.length, "character")
    return Line("Secret", f"{length}, not shown", facts.origin)


def _list_facts(session: Session) -> Iterator[Line]:
    checklist = session.checklist
    yield from (
        Line("Encrypted file", one.path, f"SHA-256 {one.digest}")
        for one in session.files.stored
    )
    yield from (
        Line("File to delete", one.path, one.useless) for one in session.files.useless
    )
    if checklist.makes_secret:
        yield _describe_rules(checklist)
    if checklist.makes_key:
        known = len(checklist.taken)
        text = count_noun(known, "name") if known else "no names"
        files = ", ".join(checklist.exports)
        more = known - checklist.count_exported()
        other = f"; {more} typed or made here" if more > 0 else ""
        doubts = "".join(f"; {doubt}" for doubt in list_doubts(session))
        state = f"from {files}{other}{doubts}" if files else ""
        yield Line("Compared with", text, state)
    yield Line(
        "Saved in Autotask", _write_time(checklist.times.get("saved")) or "not yet"
    )
    if not checklist.deactivates:
        yield from _describe_tests(session)
    finished = _write_time(checklist.finished_at)
    yield Line("Finished", finished or "not yet")
    for key, label in (("consultant", "Done by"), ("remarks", "Remarks")):
        yield Line(label, checklist.text(key))


def _describe_tests(session: Session) -> Iterator[Line]:
    """Say what was tested, by whom it is known, and what speaks against it."""
    calls, times = session.calls, session.checklist.times
    if "tested" in times:
        failed = _name_answer(calls.failed)
        remarks = {
            _EARLY: _was_early(session.checklist),
            REFUSED_HERE: calls.refused(session.secrets),
            f"an earlier try answered: {failed}": bool(failed),
        }
        state = "; ".join(filter(remarks.get, remarks))
        time = _write_time(times["tested"], after=times.get("saved"))
        yield Line("Tested", f"works, {time}", state)
    else:
        failed = _name_answer(calls.answer)
        yield Line("Tested", failed or "not yet", "not solved" if failed else "")
    attempt, said = session.calls.tried
    if said:
        same = attempt == session.calls.name_attempt(session.secrets)
        text = said[0][1].partition(". ")[0].rstrip(".")
        yield Line("Log-in from here", text, "" if same else "with other values")


def _was_early(checklist: Checklist) -> bool:
    """Tell whether a new user was tested before it could be expected to work."""
    saved, tested = map(checklist.times.get, ("saved", "tested"))
    if checklist.job is not Job.CREATE or saved is None or tested is None:
        return False
    return saved <= tested < find_ready(saved)


def _name_answer(code: str) -> str:
    """Name what the application answered; blank if it did not fail."""
    symptom = diagnosis.load_symptoms().get(code)
    if symptom is None:
        return "another answer" if code else ""
    return symptom.label or symptom.title


def _describe_rules(checklist: Checklist) -> Line:
    try:
        return Line("Password rules", describe_policy(checklist))
    except PolicyError as error:
        return Line("Password rules", str(error), "open")


def describe_policy(checklist: Checklist) -> str:
    """Say which password requirements hold, and how long a secret may be.

    Raises:
        PolicyError: The requirements contradict each other.
    """
    policy, limit = checklist.policy, checklist.values.get("secret_limit")
    least = find_least_length(policy)
    most = f", at most {limit}" if limit else ""
    return f"{policy.title}: {least} characters or more{most}"


def _write_time(time: dt.datetime | None, *, after: dt.datetime | None = None) -> str:
    """Write a time; without its date if that is the date of the time before it."""
    if time is None:
        return ""
    if after and time.date() == after.date():
        return f"{time:%H:%M}"
    return f"{time:%Y-%m-%d %H:%M %z}".strip()
