"""Save a checklist and resume it; the secret is never in the file."""

import datetime as dt
import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from apiuser.checklist.state import ORIGINS, TIMED, Checklist, SecretFacts
from apiuser.checklist.stored_file import UNOPENED, StoredFile
from apiuser.errors import SavedWorkError
from apiuser.files import read_whole, write_whole
from apiuser.howto import STAGES, Field, Input, Job
from apiuser.howto.integrations import load_integrations

_FORMAT = "apiuser checklist"
_VERSION = 4


def save(checklist: Checklist, path: str | Path) -> None:
    """Save a checklist as JSON, without the secret.

    Raises:
        SavedWorkError: The secret was typed into another field by mistake.
        AccessError: The file cannot be written.
    """
    refuse_secret_in_fields(checklist)
    facts = checklist.secret_facts
    work = {
        "format": _FORMAT,
        "version": _VERSION,
        "job": checklist.job,
        "integration": checklist.integration.name if checklist.chosen else None,
        "entered_on": checklist.entered_on.isoformat(),
        "times": {key: time.isoformat() for key, time in checklist.times.items()},
        "secret_facts": asdict(facts) if facts else None,
        "done": sorted(checklist.done),
        "files": [asdict(file) for file in checklist.files],
        "values": dict(checklist.values),
    }
    text = json.dumps(work, indent=2, ensure_ascii=False)
    write_whole(path, f"{text}\n".encode())


def resume(path: str | Path) -> Checklist:
    """Read a saved checklist.

    Raises:
        AccessError: The file cannot be read.
        SavedWorkError: It is not a saved checklist; the message names what is wrong.
    """
    data = read_whole(path)
    try:
        work = json.loads(data)
    except (ValueError, RecursionError):
        message = f"{path}: is not JSON. Choose a file that this checklist saved."
        raise SavedWorkError(message) from None
    if not isinstance(work, dict) or work.get("format") != _FORMAT:
        message = f"{path}: is not a saved checklist. Choose another file."
        raise SavedWorkError(message)
    if work.get("version") != _VERSION:
        message = f"{path}: was saved by another release. Start a new one."
        raise SavedWorkError(message)
    try:
        return _build(work)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"{path}: the saved checklist is damaged ({error}). Start a new one."
        raise SavedWorkError(message) from None


def refuse_secret_in_fields(checklist: Checklist) -> None:
    """Refuse to go on while a field holds the secret.

    Raises:
        SavedWorkError: The secret was typed into another field by mistake.
    """
    leaks = checklist.find_secret_in_fields()
    if leaks:
        labels = ", ".join(checklist.field(key).label for key in leaks)
        message = f"Take the secret out of {labels}; nothing was written. Files saved earlier may contain it: check them."
        raise SavedWorkError(message)


def _build(work: dict[str, Any]) -> Checklist:
    chosen = work["integration"]
    checklist = Checklist(
        Job(work["job"]),
        integration=load_integrations()[chosen] if chosen else None,
    )
    for key, value in work["values"].items():
        _check_value(checklist.field(key), value)
        checklist.set(key, value)
    known = {stage.code for stage in STAGES[checklist.job]}
    checklist.done = {code for code in work["done"] if code in known}
    checklist.entered_on = dt.date.fromisoformat(work["entered_on"])
    facts, times = work["secret_facts"], work["times"].items()
    checklist.times = {_check_timed(key): _read_moment(time) for key, time in times}
    checklist.secret_facts = _build_facts(facts) if facts else None
    checklist.files = [_build_file(file) for file in work.get("files", [])]
    return checklist


def _is_broken(text: str) -> bool:
    """Tell whether a text contains lone surrogates, which no file can contain."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _check_timed(key: str) -> str:
    if key not in TIMED:
        message = f"{key!r} has no time"
        raise ValueError(message)
    return key


def _read_moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    # Near the borders of the calendar it cannot be told in another time zone.
    if moment.tzinfo is None or not dt.MINYEAR < moment.year < dt.MAXYEAR:
        message = "a time has an unsuitable value"
        raise ValueError(message)
    return moment


def _build_facts(facts: dict[str, Any]) -> SecretFacts:
    good = (
        type(facts["length"]) is int
        and facts["length"] > 0
        and facts["origin"] in ORIGINS
        and isinstance(facts.get("unseen", False), bool)
    )
    if not good:
        message = "secret_facts has an unsuitable value"
        raise ValueError(message)
    return SecretFacts(**facts)


def _build_file(facts: dict[str, Any]) -> StoredFile:
    """Build a file; nobody has the passphrase of a sealed one now."""
    file = StoredFile(**facts)
    if any(type(getattr(file, one.name)) is not one.type for one in fields(file)):
        message = "a file has an unsuitable value"
        raise ValueError(message)
    return replace(file, useless=UNOPENED) if file.sealed else file


def _check_value(field: Field, value: object) -> None:
    match field.input:
        case Input.TICK:
            good = isinstance(value, bool)
        case Input.NUMBER:
            # What is not a number is kept as typed; it is a fault of its stage.
            good = value is None or type(value) is int or isinstance(value, str)
        case Input.CHOICE:
            good = value in field.options
        case _:
            good = isinstance(value, str)
    if isinstance(value, str) and not value.isprintable() and _is_broken(value):
        good = False
    if not good:
        message = f"{field.key} has an unsuitable value"
        raise ValueError(message)
