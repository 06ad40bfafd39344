"""What a view of the work sheet shows, as plain data that JSON can carry.

The form of the notebook and the form in the guide's page read the same, so what a row,
a stage, a finding or a list to copy shows is written here once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from apiuser.checklist.autotask_calls import OTHER
from apiuser.checklist.desk import KeptWork
from apiuser.checklist.known_tenants import name_file
from apiuser.checklist.progress import find_faults, list_fields, list_rows, was_finished
from apiuser.checklist.review import list_review
from apiuser.checklist.second_presses import PAIR
from apiuser.checklist.session import Session
from apiuser.checklist.sheet_rows import (
    describe_note,
    describe_rows,
    find_row,
    name_row,
)
from apiuser.errors import count_noun
from apiuser.files.sheet_data import Shown
from apiuser.howto import Field, Job, Stage, diagnosis, holds
from apiuser.howto.finishing import WAIT_MINUTES, find_ready
from apiuser.howto.integrations import load_integrations

_PLAIN = re.compile(r"\w[\w.+-]*(@[\w.-]+)?", re.ASCII)
"""Names that need no quotes in any shell."""

_NOT_COPIED = "Nothing is marked as copied. Is the page filled in?"

JOBS = {Job.CREATE: "Create", Job.EDIT: "Edit", Job.ROTATE: "New secret"}


def describe(session: Session) -> Shown:
    """Describe all that a view shows now; the secret is not in it."""
    checklist, stage = session.checklist, session.shown
    cards = list(_describe_cards(session, stage))
    return {
        "drawn": session.drawn,
        "jobs": [
            {"name": f"job:{job}", "title": title, "now": job is checklist.job}
            for job, title in JOBS.items()
        ],
        "facts": _describe_facts(session),
        "stages": [
            _describe_stage(session, at, one) for at, one in enumerate(session.stages)
        ],
        "stage": stage.code,
        "heading": _find_heading(session, stage),
        "lead": _find_lead(session, stage),
        "faults": [
            {
                "key": fault.key,
                "label": fault.label or name_row(session, fault.key),
                "text": fault.message,
                "stage": _find_stage(session, fault.key),
            }
            for fault in session.faults
        ],
        "cards": cards,
        "said": session.said._asdict(),
        "trouble": session.not_kept,
        "foot": _describe_foot(session, stage, cards),
        "finished": session.finished,
        "works": session.has_work,
    }


def _describe_facts(session: Session) -> str:
    checklist = session.checklist
    chosen = checklist.integration_title if checklist.chosen else ""
    if checklist.job is not Job.CREATE:
        chosen = checklist.user
    return " for ".join(filter(None, (chosen, checklist.text("tenant"))))


def _find_heading(session: Session, stage: Stage) -> str:
    """Name the application into which the login and the secret are pasted."""
    checklist = session.checklist
    custom = checklist.integration.custom
    named = checklist.text("custom_name" if custom else "vendor")
    heading = stage.heading.format(application=named or "the application")
    return "Finished" if session.finished else heading


def _find_lead(session: Session, stage: Stage) -> str:
    """Say nothing about a secret if none is made."""
    without = "" if session.checklist.makes_secret else stage.lead_without
    return without or stage.lead


def _find_stage(session: Session, key: str) -> str:
    """Find the stage where an open point is closed; a card has no row of its own."""

    def is_closed_in(stage: Stage) -> bool:
        rows = list_rows(session.checklist, stage)
        cards = {section.code for section in stage.sections}
        return key in cards or any(key in {row.key, *row.more} for row in rows)

    found = next(filter(is_closed_in, session.stages), session.shown)
    return f"stage:{found.code}"


def _describe_stage(session: Session, at: int, stage: Stage) -> Shown:
    finished = was_finished(session.checklist, stage)
    done = finished and not session.find_faults(stage)
    state = "now" if at == session.stage else "done" if done else "open"
    return {
        "name": f"stage:{stage.code}",
        "title": stage.title,
        "number": at + 1,
        "state": state,
        "done": done,
    }


def _describe_foot(session: Session, stage: Stage, cards: list[Shown]) -> Shown:
    if session.finished:
        tenant = session.checklist.text("tenant")
        return {
            "text": "",
            "next": None,
            "primary": {
                "name": "again",
                "label": f"Another one for {tenant or 'this tenant'}",
            },
        }
    wanted = [row for card in cards for row in card["rows"] if row["copy"]]
    rows = [row for row in wanted if row["text"] or row.get("available")]
    # What is still to be made or entered will have to be copied too.
    faulty = {fault.key for fault in find_faults(session.checklist, stage)}
    empty = [row for row in wanted if row not in rows and row["key"] in faulty]
    copied, total = sum(row["copied"] for row in rows), len(rows) + len(empty)
    # What only has to be copied again is invalid, and next all the same.
    left = [
        row
        for row in rows
        if not (row["copied"] or (row["invalid"] and row["key"] in faulty))
    ]
    unmade = any(row["kind"] in {"key", "secret"} for row in empty)
    then = ", then Generate" if unmade and not left else ""
    text = f"{copied} of {total} copied{then}" if rows else _ask_for_copies(session)
    last = stage == session.stages[-1]
    if (stage.ticks == "saved" or last) and not session.faults:
        text = _summarise(session) or text
    return {
        "text": text,
        "next": {"key": left[0]["key"], "label": left[0]["label"]} if left else None,
        "primary": {"name": "primary", "label": stage.press},
    }


def _summarise(session: Session) -> str:
    earlier = session.stages[: session.stage]
    values = session.checklist.values
    lacking = [
        one.title
        for one in earlier
        if session.find_faults(one) or (one.ticks and not values[one.ticks])
    ]
    return f"Unfinished: {', '.join(lacking)}." if lacking else ""


def _ask_for_copies(session: Session) -> str:
    """Ask whether the page is filled in, if nothing of it was copied yet."""
    checklist, marks = session.checklist, session.marks
    if checklist.values["saved"]:
        return ""
    keys = {
        (stage.code, field.key)
        for stage in session.stages[: session.stage]
        if stage.fills
        for field in list_fields(checklist, stage)
        if _waits_for_copy(session, field)
    }
    used = marks.given | marks.outdated
    done = keys & marks.copied or any(key in used for _, key in keys)
    return _NOT_COPIED if keys and not done else ""


def _waits_for_copy(session: Session, field: Field) -> bool:
    """Tell whether a value is to go from the sheet into Autotask."""
    if field.key in PAIR:  # Autotask may have made it
        return field.key in session.marks.made
    return field.entered and session.checklist.text(field.key) != ""


def _describe_cards(session: Session, stage: Stage) -> Iterator[Shown]:
    if session.stage == 0 and not session.has_work:
        kept = [
            {"name": f"resume:{work.name}", "label": _name_kept(work)}
            for work in session.desk.list_kept()
        ]
        if kept:
            yield {"code": "kept", "title": "", "rows": [], "kept": kept}
    for section in stage.sections:
        part = _PARTS.get(section.code)
        more = part(session) if part else {}
        rows = describe_rows(session, section)
        if more is None or (section.rows and not rows):
            continue
        yield {"code": section.code, "title": section.title, "rows": rows, **more}


def _describe_choices(session: Session) -> Shown:
    checklist = session.checklist
    return {
        "choices": [
            {
                "name": f"choose:{name}",
                "title": preset.title,
                "text": preset.summary,
                "now": checklist.chosen and checklist.integration.name == name,
            }
            for name, preset in load_integrations().items()
        ]
    }


def _describe_making(session: Session) -> Shown:
    checklist = session.checklist
    if not (checklist.makes_key and checklist.makes_secret):
        return {}
    made = bool(checklist.text("username") and checklist.secret)
    label = "Generate key and secret"
    return {"action": {"name": "generate", "label": label, "made": made}}


def _describe_remarks(session: Session) -> Shown | None:
    """Finished work takes no more remarks; the review shows those it has."""
    return None if session.finished else {}


def _describe_review(session: Session) -> Shown:
    return {
        "review": [
            {"label": line.label, "text": line.text, "state": line.state}
            for line in list_review(session)
        ]
    }


def _name_kept(work: KeptWork) -> str:
    checklist = work.checklist
    known = (checklist.text("tenant"), checklist.user)
    name = ", ".join((JOBS[checklist.job], *filter(None, known)))
    return f"Go on with {name}, kept {work.at:%Y-%m-%d %H:%M}"


def _describe_file(session: Session) -> Shown | None:
    checklist, desk = session.checklist, session.desk
    if not checklist.makes_secret:
        return None
    name = name_file(f"{checklist.text('tenant')} {_name_part(session)}")
    former = [one.path for one in checklist.files]
    folder, file = desk.propose_file(former[-1] if former else f"{name}.kdbx")
    if session.files.stored:
        written = Path(session.files.stored[-1].path)
        file = str(written if written.parent != folder else written.name)
    return {
        "can_write": desk.can_write,
        "available": checklist.secret is not None,
        "folder": str(folder),
        "file": file,
        "stored": [
            {
                "path": one.path,
                "kind": one.kind,
                "passphrase": one.path in desk.passphrases,
            }
            for one in session.files.stored
        ],
        "useless": session.files.list_useless(),
        "username": checklist.username.full,
        "suffixed": checklist.username.suffix is not None,
        "identifier": _find_identifier(session),
    }


def _find_identifier(session: Session) -> str:
    """Find what goes with every call of an integration of one's own."""
    checklist, key = session.checklist, "tracking_identifier"
    return checklist.text(key) if checklist.counts(key) else ""


def _name_part(session: Session) -> str:
    """Name a file by the vendor, which is all that tells it from others."""
    preset = session.checklist.integration
    title = session.checklist.integration_title
    return preset.name if title == preset.title else title


def _describe_wait(session: Session) -> Shown:
    """Tell when a new user can be expected to work, in seconds since 1970."""
    saved = session.checklist.times.get("saved")
    if saved is None:
        return {"wait": {"ready": None, "minutes": WAIT_MINUTES}}
    ready = find_ready(saved).timestamp()
    return {"wait": {"ready": ready, "minutes": WAIT_MINUTES}}


def _describe_answers(session: Session) -> Shown | None:
    values, new = session.checklist.values, session.checklist.job is Job.CREATE
    if session.finished and values.get("tested"):
        return None  # the record comes first then
    symptoms = diagnosis.load_symptoms()
    opened = session.calls.opened
    chosen = symptoms.get(opened)
    known = () if chosen is None else chosen.causes
    causes = [
        cause
        for cause in known
        if holds(cause.what.only_if, values) and (new or not cause.while_waiting)
    ]
    waits, renewed = session.calls.waits, session.checklist.makes_secret
    causes.sort(
        key=lambda cause: (
            not (waits and cause.while_waiting),
            not (renewed and cause.with_new_secret),
        )
    )
    notes = () if chosen is None else (*chosen.means, *chosen.do)
    common = [one for one in symptoms.values() if one.label]
    seldom = [one for one in symptoms.values() if not one.label]
    other = opened == OTHER or chosen in seldom
    listed = [
        *((one.code, one.label, one is chosen) for one in common),
        (OTHER, "Something else", other),
        *((one.code, one.title, one is chosen) for one in seldom if other),
    ]
    return {
        "answers": [
            {"name": f"answer:{code}", "label": label, "now": now}
            for code, label, now in listed
        ],
        "asks_words": opened == OTHER,
        # Reading is not recording: what was read may not have been answered.
        "answered": {
            "name": f"answered:{opened}",
            "now": opened == session.calls.answer,
        }
        if opened
        else None,
        "advice": [describe_note(note, {}) for note in notes],
        "causes": [
            describe_note(cause.what, {})
            | {
                "check": cause.check,
                "fix": cause.fix,
                "reports": count_noun(cause.reports, "report"),
                "row": find_row(session, cause.row),
            }
            for cause in causes
        ],
    }


def _describe_compare(session: Session) -> Shown:
    """Offer the proof that nothing else changed, with the command ready to copy."""
    command = "apiuser compare BEFORE AFTER"
    if session.checklist.job is Job.CREATE:
        name = session.checklist.username.full
        command += f" --expect {name if _PLAIN.fullmatch(name) else 'NAME'}"
    return {
        "compare": {
            "title": "Compare exports",
            "text": "Export the resources again as before, and compare both: "
            "with this command, or in the audit under “Before and after”.",
            "command": command,
        }
    }


_PARTS: Mapping[str, Callable[[Session], Shown | None]] = MappingProxyType(
    {
        "integration": _describe_choices,
        "credentials": _describe_making,
        "file": _describe_file,
        "wait": _describe_wait,
        "answers": _describe_answers,
        "compare": _describe_compare,
        "review": _describe_review,
        "remarks": _describe_remarks,
    }
)
"""What sections have besides rows; one whose function returns None is not shown."""
