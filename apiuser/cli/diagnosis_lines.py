"""Symptoms and causes as lines for a terminal."""

from collections.abc import Iterator

from apiuser.cli.telling import wrap
from apiuser.errors import count_noun
from apiuser.howto.diagnosis import Cause, Diagnosis
from apiuser.howto.step import Note


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
        yield from wrap(f"{note.text}{_say_certainty(note)}", "  ")
    yield ""
    for number, note in enumerate(symptom.do, start=1):
        yield from wrap(f"{number}. {note.text}{_say_certainty(note)}", "  ", "     ")
    if symptom.do:
        yield ""
    yield "  Causes, the one with the most reports first:"
    if not whole:
        yield from wrap(
            f"“apiuser explain {symptom.code} --all” says what to do about each.", "  "
        )
    yield ""
    for number, cause in enumerate(causes, start=1):
        if whole:
            yield from _write_cause(f"{number}. ", cause)
        else:
            yield from wrap(
                f"{number:2}. {cause.name}. {_say_check(cause)}", "  ", "      "
            )
    if not whole:
        yield ""


def _write_cause(number: str, cause: Cause) -> Iterator[str]:
    yield from wrap(
        f"{number}{cause.what.text}{_say_certainty(cause.what)}", "  ", "     "
    )
    yield from wrap(f"Check: {_say_check(cause)}", "     ", "            ")
    yield from wrap(f"Fix:   {cause.fix}", "     ", "            ")
    yield from wrap(_name_reports(cause), "     ", "       ")
    yield ""


def _say_check(cause: Cause) -> str:
    return f"{cause.check} (only with {cause.kind})" if cause.kind else cause.check


def _name_reports(cause: Cause) -> str:
    sources = cause.what.sources
    if not sources:
        return "Our own advice." if not cause.what.at_most else "No report."
    among = ", among them" * (cause.reports > len(sources))
    titles = "; ".join(source.title for source in sources)
    return f"{count_noun(cause.reports, 'report')}{among}: {titles}"


def _say_certainty(note: Note) -> str:
    """Say how certain a statement is, if that is less than high."""
    return f" (certainty: {note.shown_certainty})" if note.shown_certainty else ""
