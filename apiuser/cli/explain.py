"""The command `apiuser explain`."""

import argparse
from collections.abc import Iterator

from apiuser.cli.diagnosis_lines import write_diagnosis
from apiuser.cli.options import CLEAN, USAGE, Commands, add_command, add_json
from apiuser.cli.telling import (
    announce,
    complain,
    note_as_json,
    print_json,
    tell,
    wrap,
)
from apiuser.errors import InputError
from apiuser.howto.diagnosis import ONCE, Diagnosis, find_symptoms, load_symptoms

_EXAMPLES = """\
  apiuser explain                                every known symptom
  apiuser explain 401
  apiuser explain 401 --all                      with what to do about each cause
  apiuser explain "Zone information could not be determined"
  apiuser explain locked
  apiuser explain acts as another resource       the cause with this name, in full
  apiuser explain 500 --json
"""
_CODES = (
    "0 explained; 2 the words are blank; 3 nothing known fits them, nothing is guessed"
)
_TO_TEST = (
    "“apiuser verify USERNAME” looks up the zone; “apiuser verify USERNAME --login "
    "--saved-at HH:MM” logs in once after that, not before the user can work."
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "explain",
        _explain,
        "Say why an API user does not work: causes, what to check, what to do.",
        examples=_EXAMPLES,
        codes=_CODES,
    )
    command.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="a number, a message or a few words; never a secret",
    )
    command.add_argument(
        "--all",
        action="store_true",
        help="show each cause with its fix and its sources; --json always does",
    )
    add_json(command)


def _explain(options: argparse.Namespace) -> int:
    text = " ".join(options.words)
    if options.words and not text.strip():
        complain(
            "give a number such as 401, a message or a few words; without any, all "
            "that is known is listed."
        )
        return USAGE
    found = find_symptoms(text) if options.words else _list_all()
    if not found:
        announce(*_list_codes(_list_all()))
        message = (
            "Nothing known fits these words, and nothing is guessed. Give one of the "
            "codes above, the exact message, or other words."
        )
        raise InputError(message)
    if options.json:
        print_json(
            {
                "symptoms": [_describe(one) for one in found],
                "advice": note_as_json(ONCE),
            }
        )
    elif options.words or options.all:
        for one in found:
            tell(*write_diagnosis(one, whole=options.all))
        tell(*wrap(ONCE.text), *wrap(_TO_TEST))
    else:
        tell(*_list_codes(found))
    return CLEAN


def _list_all() -> tuple[Diagnosis, ...]:
    return tuple((symptom, symptom.causes) for symptom in load_symptoms().values())


def _list_codes(found: tuple[Diagnosis, ...]) -> Iterator[str]:
    return (f"{symptom.code:8} {symptom.title}" for symptom, _ in found)


def _describe(diagnosis: Diagnosis) -> dict[str, object]:
    symptom, causes = diagnosis
    return {
        "code": symptom.code,
        "title": symptom.title,
        "means": [note_as_json(note) for note in symptom.means],
        "do": [note_as_json(note) for note in symptom.do],
        "causes": [
            note_as_json(cause.what)
            | {
                "name": cause.name,
                "check": cause.check,
                "fix": cause.fix,
                "reports": cause.reports,
                "guide": cause.guide,
            }
            for cause in causes
        ],
    }
