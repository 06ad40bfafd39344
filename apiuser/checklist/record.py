"""The record of a job as HTML and plain text; the secret is not in it."""

from collections.abc import Iterator

from apiuser.checklist.review import list_review
from apiuser.checklist.saving import refuse_secret_in_fields
from apiuser.checklist.session import Session
from apiuser.files.rendering import render
from apiuser.files.sheet_data import Shown
from apiuser.howto import Job

_TITLES = {
    Job.CREATE: "Created API user",
    Job.EDIT: "Edited API user",
    Job.ROTATE: "New secret of an API user",
}


def write_html(session: Session) -> str:
    """Write the record as one HTML page that makes no outside request.

    Raises:
        SavedWorkError: The secret was typed into another field by mistake.
    """
    return render(
        "checklist/templates/record.html",
        title=_title(session),
        facts=list(_list_facts(session)),
    )


def write_text(session: Session) -> str:
    """Write the record as lines to be pasted into a ticket.

    Raises:
        SavedWorkError: The secret was typed into another field by mistake.
    """
    lines = (f"{label}: {text}" for label, text in _list_facts(session))
    return "\n".join([_title(session), *lines, ""])


def offer_record(session: Session, kind: str) -> Shown:
    """Return the record as a file to save: plain text if asked for, else HTML."""
    ending, write = ("txt", write_text) if kind == "text" else ("html", write_html)
    kind_of = "record" if session.finished else "draft"
    return {"text": write(session), "name": f"{name_files(session)}-{kind_of}.{ending}"}


def name_files(session: Session) -> str:
    """Return what the names of the files of a job begin with."""
    return session.checklist.username.local or "api-user"


def _list_facts(session: Session) -> Iterator[tuple[str, str]]:
    refuse_secret_in_fields(session.checklist)
    for line in list_review(session):
        yield line.label, f"{line.text} ({line.state})" if line.state else line.text


def _title(session: Session) -> str:
    checklist = session.checklist
    title, name = _TITLES[checklist.job], checklist.user
    lacks = ""
    if not checklist.finished_at:
        lacks = " (not finished)"
    elif "saved" not in checklist.times:
        lacks = " (not marked as saved)"
    return f"{title}: {name}{lacks}" if name else f"{title}{lacks}"
