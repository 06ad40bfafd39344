"""What the rows of the work sheet show: values, what is found in them, what "?" says."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from apiuser.checklist.desk import ASKS_NOBODY, ToldLine
from apiuser.checklist.handover_files import TICKED, TICKED_ALREADY
from apiuser.checklist.names_file import NamesFile
from apiuser.checklist.progress import (
    check_field,
    find_other_suffix,
    has_lost_secret,
    hides_secret,
    is_forgotten,
    list_rows,
    may_stay,
)
from apiuser.checklist.review import describe_policy
from apiuser.checklist.screen_values import show_value
from apiuser.checklist.session import Session
from apiuser.checklist.showing import (
    MISPLACED,
    find_advice,
    find_hint,
    find_suggestions,
)
from apiuser.checklist.state import Checklist
from apiuser.checklist.username_states import describe_usernames
from apiuser.credentials.credential import Username
from apiuser.errors import PolicyError, count_noun, escape_invisible
from apiuser.files.sheet_data import Shown, ShownLine, describe_line
from apiuser.howto import STEPS, Field, Input, Note, Row, Section, holds
from apiuser.rules.case import Subject
from apiuser.rules.policies import POLICIES
from apiuser.rules.rule import Finding, Severity

_SUFFIX = "existing_username"
"""The row in which a suffix that is not known is entered."""
_TITLES = {policy.name: policy.title for policy in POLICIES.values()}


def describe_rows(session: Session, section: Section) -> list[Shown]:
    """Describe the rows of a section that count, those under Change included."""
    listed = list_rows(session.checklist, session.shown)
    return [
        shown
        for row in section.rows
        if row in listed and is_offered(session, row)
        for shown in _describe_row(session, row)
    ]


def is_offered(session: Session, row: Row) -> bool:
    """Tell whether a row of the test has something to show for this user."""
    checklist = session.checklist
    match row.key:
        case "zone":
            # A username that was typed here may lack what comes after the @.
            return checklist.makes_key or checklist.username.suffix is not None
        case "full_login" | "full_identifier":
            return checklist.makes_key or checklist.makes_secret
        case "login":
            own = checklist.counts("tracking_identifier")
            return own and checklist.makes_secret and session.desk.can_ask
    return True


def find_row(session: Session, key: str) -> Shown | None:
    """Find the row where something is fixed, if the job shows it."""
    for stage in session.stages:
        listed = list_rows(session.checklist, stage)
        if any(row.key == key and is_offered(session, row) for row in listed):
            label = name_row(session, key)
            return {"key": key, "label": label, "stage": f"stage:{stage.code}"}
    return None


def name_row(session: Session, key: str) -> str:
    """Name a value as its row does."""
    checklist = session.checklist
    rows = (row for stage in session.stages for row in list_rows(checklist, stage))
    label = checklist.field(key).label if checklist.has(key) else "Integration"
    return next((row.label for row in rows if row.key == key), "") or label


def _describe_row(session: Session, row: Row) -> Iterator[Shown]:
    """Describe a row and, if its Change was pressed, the fields under it."""
    checklist = session.checklist
    unfolded = row.key in session.marks.unfolded
    shown: Shown = {
        "key": row.key,
        "label": row.label,
        "kind": "says",
        "value": row.says,
        "placeholder": "",
        "note": "",
        "options": [],
        "copy": False,
        "copied": (session.shown.code, row.key) in session.marks.copied,
        "secret": False,
        "text": "",
        "states": [],
        "restored": False,
        "invalid": False,
        "buttons": [],
        "help": _describe_help(session, row),
    }
    shown |= _describe_holding(session, row)
    if row.more:
        label = "Close" if unfolded else row.change
        shown["buttons"].append({"name": f"unfold:{row.key}", "label": label})
    yield shown
    if unfolded:
        for key in row.more:
            if checklist.counts(key):
                yield (
                    shown
                    | _describe_field(session, checklist.field(key), "")
                    | {
                        "key": key,
                        "help": [],
                        "buttons": [],
                    }
                )


def _describe_holding(session: Session, row: Row) -> Shown:
    """Describe what a row holds, if it does more than say something."""
    checklist = session.checklist
    if row.key in _HOLDING:
        return _HOLDING[row.key](session)
    if not checklist.has(row.key) or row.says:
        return {}
    shown = _describe_field(session, checklist.field(row.key), row.label)
    if row.key == "policy" and row.key not in session.marks.unfolded:
        shown |= {"kind": "says", "value": _name_policy(session), "states": []}
    if row.key == "existing_username" and checklist.seen_suffix:
        shown["placeholder"] = f"@{checklist.seen_suffix}"
    return shown


def _fix_value(text: str) -> Shown:
    return {"kind": "fixed", "value": text, "copy": True, "text": text}


def _describe_identifier(session: Session) -> Shown:
    return _fix_value(session.checklist.text("tracking_identifier"))


def _describe_applications(session: Session) -> Shown:
    return {"value": ", ".join(session.checklist.applications) or "None listed yet"}


def _describe_full_username(session: Session) -> Shown:
    username = session.checklist.username
    shown = _fix_value(username.full)
    if username.suffix is None:
        text = (
            "Its suffix is not known. Copy the full username from Autotask's page: "
            "without the suffix the application is refused."
        )
        line = describe_line("warning", text) | {"row": find_row(session, _SUFFIX)}
        shown |= {"copy": False, "states": [line]}
    elif text := find_other_suffix(session.checklist):
        shown["states"] = [describe_line("warning", text)]
    return shown


def _describe_zone(session: Session) -> Shown:
    if not session.desk.can_ask:
        return {"value": ASKS_NOBODY}
    return {
        "states": _describe_told(session, "zone", session.calls.told_of_zone.lines),
        "buttons": [{"name": "zone", "label": "Look up"}],
    }


def _describe_log_in(session: Session) -> Shown:
    """Describe the log-in, whose button is there once the zone is known."""
    tried, answer = session.calls.tried
    told = answer if tried == session.calls.name_attempt(session.secrets) else ()
    said = session.said
    if said.at == "login" and said.text not in {known for _, known in told}:
        told = (("warning", said.text),)
    early = {"name": "login:now", "label": "Log in anyway"}
    later = {"name": "login", "label": "Log in once"}
    button = early if session.calls.waits else later
    return {
        "states": _describe_told(session, "login", told),
        "buttons": [button] if session.calls.told_of_zone.zone else [],
    }


def _describe_told(
    session: Session, name: str, told: tuple[ToldLine, ...]
) -> list[ShownLine]:
    if session.calls.question is not None and session.calls.question.name == name:
        told = (("notice", "Asking."),)
    return [describe_line(*line) for line in told]


def _describe_field(session: Session, field: Field, label: str) -> Shown:
    checklist, key = session.checklist, field.key
    secret = field.input is Input.SECRET
    tenants = session.names.tenants if key == "tenant" else ()
    options = find_suggestions(checklist, field) or tenants
    kind = field.input.value
    value = "" if secret else show_value(field, checklist.values[key])
    text = str(value).strip() if field.entered and not secret else ""
    if key == "username":
        text = Username.parse(text).local
    states = list(_describe_states(session, field))
    buttons: list[Shown] = []
    made_here = secret or (field.input is Input.KEY and checklist.makes_key)
    if made_here and session.shown.fills:
        buttons.append({"name": f"generate:{key}", "label": "Generate"})
    return {
        "key": key,
        "label": label or field.label,
        "kind": kind,
        "value": value,
        "note": _find_note(checklist, field),
        "options": [
            {"name": name, "title": _TITLES.get(name, name)} for name in options
        ],
        "copy": secret or (field.entered and session.shown.fills),
        "copied": (session.shown.code, key) in session.marks.copied,
        "secret": secret,
        "available": secret and checklist.secret is not None,
        "turn": session.secrets if secret else 0,
        "text": text,
        "states": states,
        "restored": session.marks.refused.get(key) == MISPLACED,
        "invalid": any(state["level"] == "error" for state in states),
        "buttons": buttons,
    }


def _find_note(checklist: Checklist, field: Field) -> str:
    if may_stay(checklist, field.key) and not checklist.text(field.key):
        return "empty: stays as it is"
    return field.hint or ("choose in Autotask" if field.chosen else "")


def _describe_states(session: Session, field: Field) -> Iterator[ShownLine]:
    """Say what was found in a field: errors first, or that all is well."""
    checklist, key = session.checklist, field.key
    faults = [fault.message for fault in session.faults if fault.key == key]
    refused = session.marks.refused.get(key, "")
    said = session.said.text if session.said.at == key else ""
    for text in dict.fromkeys((said, refused)):
        if text not in {"", TICKED_ALREADY, *faults}:
            yield describe_line("warning", text)
    findings = check_field(checklist, key) if key in session.marks.touched else ()
    known = {finding.message for finding in findings}
    yield from (
        describe_line("error", message) for message in faults if message not in known
    )
    if not (faults and field.missing in faults):
        yield from (_describe_finding(session, key, one) for one in findings)
    hint = find_hint(checklist, field) if field.input is not Input.SECRET else ""
    if hint:
        yield describe_line("warning", hint)
    if any(finding.severity is Severity.ERROR for finding in findings) or faults:
        return
    yield from describe_usernames(session, key)
    if key == "secret":
        yield from _describe_secret(session, sound=not findings)
    if key == "stored" and checklist.values[key] and session.files.stored:
        yield describe_line("ok", said or TICKED)
    elif key == "stored" and not checklist.values[key] and is_forgotten(checklist):
        text = "The secret was forgotten here. Tick this only if you have it elsewhere."
        yield describe_line("warning", text)


def _describe_secret(session: Session, *, sound: bool) -> Iterator[ShownLine]:
    """Say where the secret is, and that it is sound if so."""
    checklist = session.checklist
    if has_lost_secret(checklist):
        text = "The secret was forgotten before anybody had it; generate or paste one."
        yield describe_line("warning", text)
    elif session.shown.ticks == "tested" and hides_secret(checklist):
        text = "Not copied or shown yet: enter it in the application first."
        yield describe_line("warning", text)
    elif checklist.secret is not None:
        length = count_noun(len(checklist.secret), "character")
        rules = ", follows every rule" if sound else ""
        yield describe_line("ok", f"{length}{rules}.")
    elif is_forgotten(checklist):
        other = ", or generate another" if session.shown.fills else ""
        where = session.files.place
        text = f"The secret was forgotten here. Paste the one you stored{where}{other}."
        yield describe_line("notice", text)


def _describe_finding(session: Session, key: str, finding: Finding) -> ShownLine:
    text, where = finding.message, finding.where
    if where:  # many characters may be meant, but there is one other name
        relation = finding.rule.relation
        where = escape_invisible(where)
        if relation and (bearer := session.names.find_bearer(relation)):
            where += f" ({bearer})"
        text = f"{where}. {text}" if relation else f"{text} ({where})"
    line = describe_line(finding.severity.value, text, finding.code)
    of_suffix = finding.rule.subject is Subject.SUFFIX and key != _SUFFIX
    if of_suffix and session.checklist.username.suffix is None:
        line["row"] = find_row(session, _SUFFIX)
    return line


def _describe_names(session: Session) -> Shown:
    checklist = session.checklist
    known = len(checklist.taken)
    files = count_noun(len(checklist.exports), "export")
    exported = min(checklist.count_exported(), known)
    value = f"{count_noun(known, 'name')} known" if known else "No names known"
    if checklist.exports:
        value = f"{count_noun(exported, 'name')} from {files}"
        value += f", {known - exported} typed or made here" if known > exported else ""
    return {
        "kind": "files",
        "label": "Names in use",
        "value": value,
        "note": "drop exports here",
        "states": list(describe_usernames(session, "names")),
        "files": [
            {
                "name": file.name,
                "label": escape_invisible(file.name),
                "text": escape_invisible(file.refusal)
                or count_noun(len(file.names), "name")
                + (
                    f", {count_noun(file.unreadable, 'record')} not read"
                    if file.unreadable
                    else ""
                ),
                "refused": bool(file.refusal),
                "asks": _describe_asks(file),
                "again": file.again,
            }
            for file in session.names.files.values()
        ],
    }


def _describe_asks(file: NamesFile) -> list[Shown]:
    if not file.asks:
        return []
    # Late: the sheet is shown sooner.
    from apiuser.exports.asked_options import describe_asks  # noqa: PLC0415

    return describe_asks(file.asks, file.given)


def _name_policy(session: Session) -> str:
    try:
        return describe_policy(session.checklist)
    except PolicyError as error:
        return str(error)


def _describe_help(session: Session, row: Row) -> list[Shown]:
    """List the statements that a row's "?" shows."""
    checklist = session.checklist
    known = {step.code: step for step in STEPS[checklist.job]}
    steps = [known[code] for code in row.steps if code in known]
    advice = ""
    if checklist.has(row.key):
        advice = find_advice(checklist, checklist.field(row.key))
    own = [Note(advice)] if advice else []
    return [describe_note(note, {}) for note in own] + [
        describe_note(note, checklist.values)
        for step in steps
        for note in (*step.do, *step.know)
        if holds(note.only_if, checklist.values)
        and (not note.about or row.key in note.about)
    ]


def describe_note(note: Note, values: Mapping[str, object]) -> Shown:
    """Describe a statement with its sources and its certainty."""
    return {
        "text": note.text.format_map(values),
        "doubt": note.shown_certainty,
        "sources": [{"title": one.title, "url": one.url} for one in note.sources],
    }


_HOLDING: Mapping[str, Callable[[Session], Shown]] = MappingProxyType(
    {
        "names": _describe_names,
        "full_login": _describe_full_username,
        "full_identifier": _describe_identifier,
        "listed": _describe_applications,
        "zone": _describe_zone,
        "login": _describe_log_in,
    }
)
"""What rows hold that are no fields."""
