"""The record of a job as Markdown and HTML; the secret is not in it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from apiuser.checklist.progress import count_done, is_done, judge_field
from apiuser.checklist.saving import refuse_secret_in_fields
from apiuser.checklist.state import Checklist
from apiuser.errors import PolicyError
from apiuser.files.markdown_facts import keep_text, tabulate
from apiuser.files.templates import render
from apiuser.howto import Field, Input, Job, Step
from apiuser.rules.catalogue.secret_rules import LEAST_LENGTH, LONGEST_FOR_TARGETS

_TITLES = {
    Job.CREATE: "Created API user",
    Job.EDIT: "Edited API user",
    Job.ROTATE: "Rotated secret of an API user",
}
_NOT_LISTED = frozenset({"taken_names", "page_open", "minimum_length"})


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    rows: tuple[tuple[str, str], ...]


def write_markdown(checklist: Checklist) -> str:
    """Write the record as Markdown.

    Raises:
        SavedWorkError: The secret was typed into another field by mistake.
    """
    sections = (
        f"## {section.heading}\n\n{tabulate(section.rows)}\n"
        for section in _list_sections(checklist)
    )
    return f"# {keep_text(_title(checklist))}\n\n{''.join(sections)}"


def write_html(checklist: Checklist) -> str:
    """Write the record as one HTML page without any outside request.

    Raises:
        SavedWorkError: The secret was typed into another field by mistake.
    """
    return render(
        "checklist/templates/record.html",
        title=_title(checklist),
        sections=list(_list_sections(checklist)),
    )


def _title(checklist: Checklist) -> str:
    name = checklist.username.full
    return f"{_TITLES[checklist.job]}: {name}" if name else _TITLES[checklist.job]


def _list_sections(checklist: Checklist) -> Iterator[_Section]:
    refuse_secret_in_fields(checklist)
    done, total = count_done(checklist)
    yield _Section(
        "Summary",
        (
            ("Job", checklist.job.capitalize()),
            ("Integration", checklist.integration.title),
            ("Full login", _describe_login(checklist)),
            ("Secret", _describe_secret(checklist)),
            ("Password requirements", _describe_policy(checklist)),
            ("Names compared with", _describe_names(checklist)),
            ("Saved in Autotask", _describe_time(checklist.saved_at)),
            ("Steps done", f"{done} of {total}"),
            ("Record written", _describe_time(checklist.clock())),
        ),
    )
    entered = tuple(
        (field.label, _describe_value(checklist, field))
        for step in checklist.steps
        for field in step.fields
        if checklist.counts(field)
        and field.key not in _NOT_LISTED
        and field.input is not Input.SECRET
    )
    yield _Section("Values", entered)
    yield _Section(
        "Steps",
        tuple(
            (step.title, _describe_step(checklist, step)) for step in checklist.steps
        ),
    )


def _describe_login(checklist: Checklist) -> str:
    username = checklist.username
    if username.suffix is None:
        return f"{username.local or '(none)'} (the login suffix is not known)"
    return username.full


def _describe_secret(checklist: Checklist) -> str:
    facts = checklist.secret_facts
    if not checklist.counts(checklist.field("secret")):
        return "not changed"
    if facts is None:
        return "none yet"
    bits = "" if facts.bits is None else f", {facts.bits:.1f} bits"
    return f"{facts.length} characters, {facts.origin}{bits}; not part of this record"


def _describe_policy(checklist: Checklist) -> str:
    try:
        policy = checklist.policy
    except PolicyError as error:
        return str(error)
    bounds = [LEAST_LENGTH]
    if checklist.values["secret_limit"]:
        bounds.append(LONGEST_FOR_TARGETS)
    rules = [policy.rule(rule.code) for rule in bounds]
    sources = dict.fromkeys(source.title for rule in rules for source in rule.sources)
    least = getattr(rules[0].constraint, "minimum", "unknown")
    return (
        f"{policy.title} ({policy.name}): at least {least} characters; "
        f"source: {', '.join(sources)}"
    )


def _describe_names(checklist: Checklist) -> str:
    files = ", ".join(checklist.exports)
    return f"{len(checklist.taken)}{f', some from {files}' if files else ''}"


def _describe_time(time: dt.datetime | None) -> str:
    return "not yet" if time is None else time.strftime("%Y-%m-%d %H:%M %z")


def _describe_value(checklist: Checklist, field: Field) -> str:
    value = checklist.values[field.key]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip() if value not in {None, ""} else "(empty)"


def _describe_step(checklist: Checklist, step: Step) -> str:
    state = "done" if is_done(checklist, step) else "open"
    remarks = [
        str(finding)
        for field in step.fields
        for finding in judge_field(checklist, field.key)
    ]
    return "\n".join([state, *remarks])
