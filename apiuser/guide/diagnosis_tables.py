"""The symptoms of the diagnosis: links to all, and of each its causes."""

from collections.abc import Iterator

from apiuser.guide.marking import keep_marks
from apiuser.guide.step_lists import name_sources, render_note
from apiuser.howto import STAGES, Job
from apiuser.howto.diagnosis import ONCE, Cause, Symptom, load_symptoms
from apiuser.rules.rule import Source

_STEPS = {
    row.key: f"create.md#{row.steps[0]}"
    for stage in reversed(STAGES[Job.CREATE])
    for section in stage.sections
    for row in section.rows
    if row.steps
}
"""The step of the guide in which a row of the sheet is filled in."""


def render_diagnosis() -> str:
    """Render every symptom as Markdown, with an anchor for each."""
    keys = {source: key for key, source in name_sources().items()}
    symptoms = load_symptoms().values()
    links = [f"- [{keep_marks(s.title)}](#{_anchor(s)})" for s in symptoms]
    parts = [
        render_note(ONCE, keys, {}),
        "",
        "What do you see?",
        "",
        *links,
        "",
        *(line for symptom in symptoms for line in _render(symptom, keys)),
    ]
    return "\n".join(parts)


def _anchor(symptom: Symptom) -> str:
    return f"answer-{symptom.code}" if symptom.code.isdecimal() else symptom.code


def _render(symptom: Symptom, keys: dict[Source, str]) -> Iterator[str]:
    yield f"## {keep_marks(symptom.title)} {{ #{_anchor(symptom)} }}"
    yield ""
    if symptom.means:
        yield from (f"- {render_note(note, keys, {})}" for note in symptom.means)
        yield ""
    if symptom.do:
        yield "Do this first, in order:"  # two lists with nothing between become one
        yield ""
        for place, note in enumerate(symptom.do, start=1):
            yield f"{place}. {render_note(note, keys, {})}"
        yield ""
    yield "| Cause | Reports | Check | Fix |"
    yield "| --- | --- | --- | --- |"
    for cause in symptom.causes:
        yield _render_row(cause, keys)
    yield ""


def _render_row(cause: Cause, keys: dict[Source, str]) -> str:
    place = cause.guide or _STEPS.get(cause.row, "")
    more = f" ([more]({place}))" if place else ""
    cells = (
        render_note(cause.what, keys, {}),
        str(cause.reports or ""),
        keep_marks(cause.check),
        f"{keep_marks(cause.fix)}{more}",
    )
    return f"| {' | '.join(cells)} |"
