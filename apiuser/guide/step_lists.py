"""The steps of a job, each statement with the keys of its sources."""

from collections.abc import Iterator

from apiuser.guide.marking import keep_marks
from apiuser.howto import STEPS, Job, Note, Step
from apiuser.rules import citations
from apiuser.rules.rule import Source

ADVICE = "advice"
"""Stands for the certainty of a statement without sources."""


def name_sources() -> dict[str, Source]:
    """Return every source of rules and steps by the key that pages use for it."""
    return {
        name.lower(): value
        for name, value in vars(citations).items()
        if isinstance(value, Source)
    }


def render_steps(job: Job) -> str:
    """Render a job's steps as Markdown, with an anchor for each and reasons folded.

    Reasons of a step that is also on the page for a new API user are only there.

    A statement ends in a mark such as `[[medium: cloud_depot]]`, which the site
    turns into numbered links; without a word before them the certainty is high.
    """
    keys = {source: key for key, source in name_sources().items()}
    defaults = {
        field.key: str(field.default) for step in STEPS[job] for field in step.fields
    }
    parts = [
        "\n".join(_render_step(number, step, job, keys, defaults))
        for number, step in enumerate(STEPS[job], start=1)
    ]
    return "\n".join(parts)


def _render_step(
    number: int,
    step: Step,
    job: Job,
    keys: dict[Source, str],
    defaults: dict[str, str],
) -> Iterator[str]:
    yield f"## {number}. {step.title} {{ #{step.code} }}"
    yield ""
    for place, note in enumerate(step.do, start=1):
        yield f"{place}. {render_note(note, keys, defaults)}"
    yield ""
    if step.know and job is not Job.CREATE and step in STEPS[Job.CREATE]:
        yield f"[Why, and what goes wrong](create.md#{step.code}){{ .on-screen }}"
        yield ""
    elif step.know:
        yield '??? note "Why, and what goes wrong"'
        yield ""
        yield from (f"    - {render_note(note, keys, defaults)}" for note in step.know)
        yield ""


def render_note(note: Note, keys: dict[Source, str], defaults: dict[str, str]) -> str:
    """Render a statement as Markdown with the keys of its sources.

    Args:
        note: The statement.
        keys: The key of each source.
        defaults: What stands for the fields that the statement names.
    """
    text = keep_marks(note.text.format_map(defaults))
    certainty = note.certainty or ADVICE
    if not note.sources:
        return f"{text} [[{certainty}]]"
    names = ", ".join(keys[source] for source in note.sources)
    level = "" if certainty == "high" else f"{certainty}: "
    return f"{text} [[{level}{names}]]"
