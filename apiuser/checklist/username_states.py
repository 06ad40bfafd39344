"""What is said beside fields that are compared with the exports: usernames, the level."""

from collections.abc import Iterator

from apiuser.checklist.known_usernames import list_suffixes
from apiuser.checklist.names_file import INACTIVE
from apiuser.checklist.progress import find_other_suffix
from apiuser.checklist.session import Session
from apiuser.errors import count_noun, escape_invisible
from apiuser.files.sheet_data import ShownLine, describe_line
from apiuser.howto import Job

_SHOWN = 3  # how many suffixes are named


def describe_usernames(session: Session, key: str) -> Iterator[ShownLine]:
    """Say what is to be said beside a username or the level; nothing beside others."""
    checklist = session.checklist
    if key == "names":
        yield from _describe_halves(session)
    elif key == "existing_username":
        yield from _describe_suffix(session)
    elif key == "former_username" or (key == "username" and not checklist.makes_key):
        yield from _describe_kept_username(session, checklist.text(key))
    elif key == "username":
        yield from _describe_username(session)
    elif key == "security_level":
        yield from _describe_level(session)


def _describe_level(session: Session) -> Iterator[ShownLine]:
    """Say that a level is one of people, if an export shows that."""
    level = session.checklist.text("security_level")
    if file := session.names.find_peoples_level(level):
        shown, file = escape_invisible(level), escape_invisible(file)
        text = (
            f"{shown} is a level of people in {file}. API users need an API-only level."
        )
        yield describe_line("warning", text)


def _describe_kept_username(session: Session, typed: str) -> Iterator[ShownLine]:
    """Say whether the tenant may have a user of this name."""
    checklist = session.checklist
    if not typed:
        return
    username = checklist.complete(typed)
    known = len(checklist.taken)
    full = f" Full username: {username.full}" if username.suffix else ""
    listed = [*session.names.find_listed(username)]
    if text := find_other_suffix(checklist, username):
        yield describe_line("warning", text)
    elif known and not checklist.taken.holds_same(username):
        names = count_noun(known, "name")
        text = f"Not among the {names} read. Compare it with the page.{full}"
        yield describe_line("warning", text)
    elif full and not listed:
        yield describe_line("ok", full.strip())
    for file, what in listed:
        text, level = f"Listed as {what} in {file}.", "notice"
        if what != INACTIVE or not checklist.values.get("change_active"):
            text, level = f"{text} Is this the right user?", "warning"
        yield describe_line(level, text)


def _describe_username(session: Session) -> Iterator[ShownLine]:
    """Say among which names a new username is free."""
    checklist = session.checklist
    typed = checklist.text("username")
    if not typed:
        return
    if text := find_other_suffix(checklist):
        yield describe_line("error", text)
        return
    username, known = checklist.username, len(checklist.taken)
    full = f" Full username: {username.full}" if username.suffix else ""
    if known:
        yield _describe_comparison(session, full)
    else:
        text = f"Not compared with any names.{full}"
        yield describe_line("notice", text)
    if "@" in typed:
        text = (
            f"Only what comes before the @ goes into the field: {username.local}. "
            "If Generate Key filled in key and domain, replace only that part."
        )
        yield describe_line("notice", text)


def _describe_comparison(session: Session, full: str) -> ShownLine:
    """Say among which names a username is free, and why there may be others."""
    names = count_noun(len(session.checklist.taken), "name")
    doubts = list_doubts(session)
    if not doubts:
        return describe_line("ok", f"Free among {names}.{full}")
    text = f"Free among {names}, incomplete: {'; '.join(doubts)}.{full}"
    return describe_line("notice", text)


def _describe_halves(session: Session) -> Iterator[ShownLine]:
    """Say what the exports that were read may not show."""
    if session.checklist.exports and (doubts := list_doubts(session)):
        text = f"Incomplete: {'; '.join(doubts)}."
        yield describe_line("notice", text)


def list_doubts(session: Session) -> tuple[str, ...]:
    """Say why there may be names that no file showed, or showed otherwise."""
    from apiuser.exports import HALVES  # noqa: PLC0415  # late: the sheet is shown sooner

    files = session.names.files.values()
    seen = set().union(*(file.halves for file in files))
    missing = " or ".join(half for half in HALVES if half not in seen)
    halves = (f"no {missing} resource was seen",) if missing else ()
    return (*halves, *dict.fromkeys(doubt for file in files for doubt in file.doubts))


def _describe_suffix(session: Session) -> Iterator[ShownLine]:
    """Say how what usernames end with was read, or where it can be found."""
    checklist = session.checklist
    typed = checklist.typed_suffix
    seen = list_suffixes(tuple(checklist.exports.values()))
    if typed and seen and typed.casefold() not in seen:
        shown = ", ".join(f"@{suffix}" for suffix in seen[:_SHOWN])
        text = f"The exports show another suffix: {shown}. Compare both with the page."
        yield describe_line("warning", text)
    elif typed and f"@{typed}" != checklist.text("existing_username"):
        yield describe_line("ok", f"Read as @{typed}.")
    elif not typed and checklist.seen_suffix:
        text = f"@{checklist.seen_suffix}, as the exports show."
        yield describe_line("ok", text)
    elif not typed:
        text = "Not known. Generate Key in Autotask shows it after the @."
        if checklist.job is not Job.CREATE:  # where Generate Key replaces the key
            text = "Not known. It comes after the @ of the username in Autotask."
        yield describe_line("notice", text)
