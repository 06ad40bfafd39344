"""The command `apiuser explain`."""

import argparse
import textwrap
from collections.abc import Iterator

from apiuser.cli.options import CLEAN, USAGE, Commands, add_command, add_json
from apiuser.cli.telling import announce, complain, print_json, tell
from apiuser.errors import InputError, count_noun
from apiuser.howto.diagnosis import ONCE, SYMPTOMS, Cause, Diagnosis, find_symptoms
from apiuser.howto.step import Note

_WIDTH = 88
_EXAMPLES = """\
  apiuser explain                                every known symptom
  apiuser explain 401
  apiuser explain 401 --all                      with what to do about each cause
  apiuser explain "Zone information could not be determined"
  apiuser explain locked
  apiuser explain acts as another resource       a cause that is meant, in full
  apiuser explain 500 --json
"""
_CODES = (
    "0 explained; 2 no words given; 3 nothing known fits the words, nothing is guessed"
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
            "codes above, a message as it was shown, or other words."
        )
        raise InputError(message)
    if options.json:
        print_json(
            {
                "symptoms": [_describe(one) for one in found],
                "advice": describe_note(ONCE),
            }
        )
    elif options.words or options.all:
        for one in found:
            tell(*write_diagnosis(one, whole=options.all))
        tell(*_wrap(ONCE.text, ""), *_wrap(_TO_TEST, ""))
    else:
        tell(*_list_codes(found))
    return CLEAN


def _list_all() -> tuple[Diagnosis, ...]:
    return tuple((symptom, symptom.causes) for symptom in SYMPTOMS.values())


def _list_codes(found: tuple[Diagnosis, ...]) -> Iterator[str]:
    return (f"{symptom.code:8} {symptom.title}" for symptom, _ in found)


def write_diagnosis(diagnosis: Diagnosis, *, whole: bool = False) -> Iterator[str]:
    """Write a symptom and its causes as lines for a terminal, a blank one at the end.

    Args:
        diagnosis: The symptom, and those of its causes that are meant.
        whole: Whether to write all of each cause. What is meant alone is always whole.
    """
    symptom, causes = diagnosis
    whole = whole or len(causes) == 1
    yield symptom.title
    if causes != symptom.causes:  # somebody asked for these
        yield ""
        for cause in causes:
            yield from _write_cause("", cause)
        return
    for note in symptom.means:
        yield from _wrap(f"{note.text}{_doubt(note)}", "  ")
    yield ""
    for number, note in enumerate(symptom.do, start=1):
        yield from _wrap(f"{number}. {note.text}{_doubt(note)}", "  ", "     ")
    if symptom.do:
        yield ""
    yield "  Causes, the one with the most reports first:"
    if not whole:
        yield from _wrap(
            f"“apiuser explain {symptom.code} --all” says what to do about each.", "  "
        )
    yield ""
    for number, cause in enumerate(causes, start=1):
        if whole:
            yield from _write_cause(f"{number}. ", cause)
        else:
            yield from _wrap(f"{number:2}. {cause.name}. {cause.check}", "  ", "      ")
    if not whole:
        yield ""


def _write_cause(number: str, cause: Cause) -> Iterator[str]:
    yield from _wrap(f"{number}{cause.what.text}{_doubt(cause.what)}", "  ", "     ")
    yield from _wrap(f"Check: {cause.check}", "     ", "            ")
    yield from _wrap(f"Fix:   {cause.fix}", "     ", "            ")
    yield from _wrap(_name_reports(cause), "     ", "       ")
    yield ""


def _name_reports(cause: Cause) -> str:
    sources = cause.what.sources
    if not sources:
        return "Our own advice." if not cause.what.doubt else "No report."
    among = ", among them" * (cause.reports > len(sources))
    titles = "; ".join(source.title for source in sources)
    return f"{count_noun(cause.reports, 'report')}{among}: {titles}"


def _doubt(note: Note) -> str:
    """Say how certain a statement is, if that is less than high."""
    return f" (certainty: {note.shown_doubt})" if note.shown_doubt else ""


def _wrap(text: str, indent: str, further: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if further is None else further,
        break_on_hyphens=False,
    )


def _describe(diagnosis: Diagnosis) -> dict[str, object]:
    symptom, causes = diagnosis
    return {
        "code": symptom.code,
        "title": symptom.title,
        "means": [describe_note(note) for note in symptom.means],
        "do": [describe_note(note) for note in symptom.do],
        "causes": [
            describe_note(cause.what)
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


def describe_note(note: Note) -> dict[str, object]:
    """Describe a statement with its certainty and sources, for JSON."""
    return {
        "text": note.text,
        "certainty": note.certainty,
        "sources": [{"title": s.title, "url": s.url} for s in note.sources],
    }
