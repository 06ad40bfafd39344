"""A step's statements as HTML, each with where it comes from."""

from collections.abc import Iterable, Mapping
from html import escape

from apiuser.howto import Note, Step, holds
from apiuser.rules.rule import Source


def render_instructions(step: Step, values: Mapping[str, object]) -> str:
    """Render what to do as a numbered list."""
    return f"<ol class='apiuser-do'>{_render_items(step, step.do, values)}</ol>"


def render_background(step: Step, values: Mapping[str, object]) -> str:
    """Render what is good to know and the sources, to be unfolded on request."""
    sources = "".join(
        f"<li>{_render_source(source)}</li>" for source in _list(step, values)
    )
    know = _render_items(step, step.know, values)
    return (
        "<details class='apiuser-know'><summary>Why, and what goes wrong here</summary>"
        f"<ul>{know}</ul>"
        + (
            f"<p>Sources</p><ol class='apiuser-sources'>{sources}</ol>"
            if sources
            else ""
        )
        + "</details>"
    )


def _render_items(
    step: Step, notes: Iterable[Note], values: Mapping[str, object]
) -> str:
    listed = enumerate(_list(step, values), start=1)
    numbers = {source: number for number, source in listed}
    items = []
    for note in _select(notes, values):
        marks = ", ".join(str(numbers[source]) for source in note.sources)
        doubt = f" (certainty: {note.certainty})" if _is_uncertain(note) else ""
        text = escape(note.text.format_map(values) + doubt)
        items.append(f"<li>{text}{f' <sup>{marks}</sup>' if marks else ''}</li>")
    return "".join(items)


def _is_uncertain(note: Note) -> bool:
    return note.certainty not in {"", "high"}


def _select(notes: Iterable[Note], values: Mapping[str, object]) -> list[Note]:
    return [note for note in notes if holds(note.only_if, values)]


def _list(step: Step, values: Mapping[str, object]) -> tuple[Source, ...]:
    notes = _select((*step.do, *step.know), values)
    return tuple(dict.fromkeys(source for note in notes for source in note.sources))


def _render_source(source: Source) -> str:
    title = escape(source.title)
    if source.url:
        title = (
            f'<a href="{escape(source.url)}" target="_blank" '
            f'rel="noopener noreferrer">{title}</a>'
        )
    return f"{title} ({escape(source.kind)}, certainty {escape(source.certainty)})"
