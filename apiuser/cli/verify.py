"""The command `apiuser verify`."""

import argparse
import datetime as dt
from collections.abc import Iterator

from apiuser.cli.asking import ask_line, ask_secret
from apiuser.cli.diagnosis_lines import write_diagnosis
from apiuser.cli.options import CLEAN, FOUND, USAGE, Commands, add_command, add_json
from apiuser.cli.telling import (
    announce,
    complain,
    finding_as_json,
    note_as_json,
    print_json,
    tell,
    wrap,
)
from apiuser.credentials.credential import Secret
from apiuser.credentials.validation import check_username
from apiuser.errors import InputError
from apiuser.howto.diagnosis import load_symptoms
from apiuser.howto.diagnosis.evidence import NAME_EXISTS
from apiuser.howto.finishing import LOGIN_WARNING, WAIT_MINUTES
from apiuser.verification.logins import (
    STILL_OPEN_AFTER,
    WORKS,
    LoginAnswer,
    refuse_early,
    refuse_untravelling,
    try_login,
    write_login_address,
)
from apiuser.verification.zones import (
    SELDOM,
    STILL_OPEN,
    UNKNOWN,
    UNTRIED,
    Zone,
    look_up_zone,
    refuse_other,
    write_zone_address,
)

_EXAMPLES = """\
  apiuser verify abc123def456gh7@example.com
  apiuser verify abc123def456gh7@example.com --json
  apiuser verify abc123def456gh7@example.com --login --saved-at 14:05
  apiuser verify abc123def456gh7@example.com --login --now
"""
_CODES = """0 the username is known, and the log-in works if it was asked for; 1 it is
not known, or the log-in is refused; 3 not tried: too early, or an impossible value;
4 no answer, or an odd one; the others as “apiuser --help” says"""
_DOUBTED = (
    "Is this the value of the field Username (Key), whole and without anything else? "
    "Autotask is asked all the same."
)
_COLUMN = 16


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "verify",
        _verify,
        "Ask Autotask for the zone of a username: one call, without any secret.\n"
        "With --login, log in once after that; secret and tracking identifier are asked "
        "for.\nIt has never been tried on a live tenant.",
        examples=_EXAMPLES,
        codes=_CODES,
    )
    command.add_argument(
        "username",
        metavar="USERNAME",
        help="the full username, such as abc1@example.com",
    )
    command.add_argument(
        "--login",
        action="store_true",
        help=(
            "log in once; a wrong log-in counts towards the lock-out of the user; from a "
            "pipe the first line is the secret, the second the tracking identifier"
        ),
    )
    command.add_argument(
        "--saved-at",
        metavar="HH:MM",
        type=_read_time,
        help=(
            "when the user was saved, by this computer's clock; a new user can take "
            f"{WAIT_MINUTES} minutes to work"
        ),
    )
    command.add_argument(
        "--now", action="store_true", help="log in at once, however new the user is"
    )
    add_json(command)


def _verify(options: argparse.Namespace) -> int:
    username = options.username.strip()
    if wrong := _find_misuse(options):
        complain(wrong)
        return USAGE
    refuse_other(username)
    if options.saved_at is not None:
        now = dt.datetime.now().astimezone()
        refuse_early(find_saving(options.saved_at, now), now)
    findings = check_username(username)
    if any(finding.severity.matters for finding in findings):
        for said in (*findings, _DOUBTED):
            complain(said)
    values = _ask_values() if options.login else None
    asked = [f"GET {write_zone_address(username)}"]
    announce(f"Asking Autotask: {asked[-1]}")
    zone = look_up_zone(username)
    answer = None
    if zone is not None and values is not None:
        asked.append(f"GET {write_login_address(zone)}")
        announce(f"Asking Autotask: {asked[-1]}")
        answer = try_login(zone, username, *values)
    if options.json:
        told = _describe(username, asked, zone, answer)
        print_json(told | {"findings": [finding_as_json(one) for one in findings]})
    else:
        tell(*_write(username, zone, answer))
    return FOUND if zone is None or (answer and answer.symptoms) else CLEAN


def _find_misuse(options: argparse.Namespace) -> str:
    if not options.login:
        more = options.saved_at is not None or options.now
        return "--saved-at and --now go only with --login." if more else ""
    if (options.saved_at is None) != options.now:
        return (
            "say when the user was saved, such as --saved-at 14:05, or give --now to "
            "log in at once, not both."
        )
    return ""


def _read_time(text: str) -> dt.time:
    """Read an option's hours and minutes; what was given is not repeated."""
    try:
        return dt.datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  # a time only
    except ValueError:
        message = "give hours and minutes, such as 14:05"
        raise argparse.ArgumentTypeError(message) from None


def find_saving(time: dt.time, now: dt.datetime) -> dt.datetime:
    """Return when the page was saved, at the latest.

    Args:
        time: The hour and the minute, as given.
        now: Tells the day; a time that is more than half a day away was yesterday's.

    Raises:
        InputError: The time is still to come.
    """
    begun = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    if begun > now + dt.timedelta(hours=12):
        begun -= dt.timedelta(days=1)
    if begun > now:
        message = (
            f"{time:%H:%M} is in the future by this computer's clock. Give the time by "
            "this clock; if the user was saved yesterday, give --now."
        )
        raise InputError(message)
    return begun.replace(second=59)


def _ask_values() -> tuple[Secret, str]:
    """Ask for what a log-in needs, and refuse what cannot be sent, before any call."""
    announce(*_lay_out("Log-in", LOGIN_WARNING.text))
    secret = ask_secret("Secret")
    identifier = ask_line("Tracking identifier").strip()
    refuse_untravelling(secret, identifier)
    return secret, identifier


def _write(
    username: str, zone: Zone | None, answer: LoginAnswer | None
) -> Iterator[str]:
    if zone is None:
        yield from _lay_out("Username", f"{username} is not known")
        yield from _lay_out("Proves", UNKNOWN.text)
        yield from _lay_out(
            "Does not prove", f"{SELDOM.text} “apiuser explain zone” says more."
        )
    else:
        yield from _lay_out("Username", f"{username} is known")
        yield from _lay_out("Zone", zone.name)
        yield from _lay_out("Address", zone.address)
        if answer is None:
            yield from _lay_out("Proves", NAME_EXISTS.text)
            yield from _lay_out("Does not prove", STILL_OPEN.text)
        elif not answer.symptoms:
            yield from _lay_out("Log-in", "works")
            yield from _lay_out("Proves", WORKS.text)
            yield from _lay_out("Does not prove", STILL_OPEN_AFTER.text)
        else:
            yield from _lay_out(
                "Log-in",
                f"is refused (status {answer.status}). Check before you try again:",
            )
            yield ""
            for code in answer.symptoms:
                symptom = load_symptoms()[code]
                yield from write_diagnosis((symptom, symptom.causes))
    yield from _lay_out("Not tried", UNTRIED)


def _lay_out(label: str, text: str) -> list[str]:
    return wrap(text, label.ljust(_COLUMN), " " * _COLUMN)


def _describe(
    username: str, asked: list[str], zone: Zone | None, answer: LoginAnswer | None
) -> dict[str, object]:
    notes = (NAME_EXISTS, STILL_OPEN)
    symptoms: tuple[str, ...] = ()
    if zone is None:
        notes, symptoms = (UNKNOWN, SELDOM), ("zone",)
    elif answer is not None:
        symptoms = answer.symptoms
        notes = notes if symptoms else (WORKS, STILL_OPEN_AFTER)
    proves, open_yet = map(note_as_json, notes)
    return {
        "username": username,
        "known": zone is not None,
        "zone": None if zone is None else {"name": zone.name, "address": zone.address},
        "login": None
        if answer is None
        else {"works": not symptoms, "status": answer.status},
        "asked": asked,
        "proves": proves,
        "does_not_prove": open_yet,
        "symptoms": list(symptoms),
        "tried_on_a_live_tenant": False,
    }
