"""A schematic picture of the API user page, numbered like the steps of a job."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from apiuser.howto import STEPS, Job, Step
from apiuser.howto.entering import (
    CUSTOM,
    DATE_FORMATS,
    NUMBER_FORMATS,
    SYSTEM_LEVELS,
    TIME_FORMATS,
    VENDOR,
)
from apiuser.howto.integrations import load_integrations

# Wide enough for the words in DejaVu Sans, about the widest that system-ui may be.
_WIDTH, _LEFT, _ROW = 426, 10, 27
_LABELS, _BOX = 136, 244


@dataclass(frozen=True, slots=True)
class _SketchPart:
    """A part of the page, from its first row to its last.

    Attributes:
        rows: Label, look and value of each row; a look is box, list, tick, ticked,
            radio, radio list or button.
    """

    name: str
    heading: str
    rows: tuple[tuple[str, str, str], ...]


_PRESH = load_integrations()["presh-zapier"]
_PARTS = (
    _SketchPart("save", "", (("Save & Close", "button", ""),)),
    _SketchPart(
        "general",
        "General",
        (
            ("First Name", "box", _PRESH.first_name),
            ("Last Name", "box", _PRESH.last_name),
            ("Email Address", "box", _PRESH.email),
            ("Active", "ticked", ""),
            ("Locked", "tick", ""),
        ),
    ),
    _SketchPart("level", "", (("Security Level", "list", SYSTEM_LEVELS[0]),)),
    _SketchPart(
        "formats",
        "",
        (
            ("Date Format", "list", DATE_FORMATS[0]),
            ("Time Format", "list", TIME_FORMATS[0]),
            ("Number Format", "list", NUMBER_FORMATS[0]),
        ),
    ),
    _SketchPart(
        "key",
        "Credentials",
        (
            ("Generate Key", "button", ""),
            ("Username (Key)", "box", "abc123def456gh7@example.com"),
        ),
    ),
    _SketchPart(
        "secret",
        "",
        (
            ("Generate Secret", "button", ""),
            ("Password (Secret)", "box", "•" * 25),
        ),
    ),
    _SketchPart(
        "identifier",
        "API Tracking Identifier",
        (
            (VENDOR, "radio list", _PRESH.vendor),
            (CUSTOM, "radio", ""),
        ),
    ),
    _SketchPart("lines", "Line of Business", (("Associated", "box", ""),)),
)
_TOGETHER = {"credentials": ("key", "secret")}


def draw_page(job: Job = Job.CREATE) -> str:
    """Draw the page as SVG.

    It is a sketch: the order of the sections is that of the help page, the looks
    are not Autotask's, and the values are those for Presh via Zapier.

    Args:
        job: The job whose step numbers are shown.
    """
    steps = STEPS[job]
    shapes: list[str] = []
    top = 12
    for part in _PARTS:
        shapes += _draw_part(part, top)
        shapes += _draw_numbers(part, steps, top)
        top += _ROW * (len(part.rows) + bool(part.heading)) + 8
    title = escape(f"Sketch of the API user page, numbered like the steps to {job}")
    return (
        f'<svg class="apiuser-picture" role="img" aria-label="{title}" '
        f'viewBox="0 0 {_WIDTH} {top + 8}" xmlns="http://www.w3.org/2000/svg">'
        f"<style>{_STYLE}</style>{''.join(shapes)}</svg>"
    )


_STYLE = (
    ".apiuser-picture{max-width:25.5rem;width:100%;font:13px system-ui,sans-serif;"
    "color:var(--md-typeset-color,currentColor)}"
    ".apiuser-picture text{fill:currentColor}"
    ".apiuser-picture .head{font-weight:600}"
    ".apiuser-picture .line{fill:none;stroke:currentColor;stroke-opacity:.55}"
    ".apiuser-picture .dot{fill:currentColor}"
    ".apiuser-picture .number{fill:none;stroke:currentColor}"
)


def _draw_part(part: _SketchPart, top: int) -> Iterator[str]:
    line = top + 4
    if part.heading:
        yield (
            f'<text class="head" x="{_LEFT}" y="{line + 17}">'
            f"{escape(part.heading)}</text>"
            f'<path class="line" d="M{_LEFT} {line + 23}H{_WIDTH - 40}"/>'
        )
        line += _ROW
    for label, look, value in part.rows:
        yield from _draw_row(label, look, value, line)
        line += _ROW


def _draw_row(label: str, look: str, value: str, top: int) -> Iterator[str]:
    base = top + 17
    if look == "button":
        width = 20 + 7 * len(label)
        yield (
            f'<rect class="line" x="{_LEFT}" y="{top + 2}" width="{width}" height="21" '
            f'rx="4"/><text x="{_LEFT + 8}" y="{base}">{escape(label)}</text>'
        )
        return
    if look.startswith("radio"):
        yield f'<circle class="line" cx="{_LEFT + 6}" cy="{top + 13}" r="5"/>'
        if value:
            yield f'<circle class="dot" cx="{_LEFT + 6}" cy="{top + 13}" r="2.5"/>'
        yield f'<text x="{_LEFT + 18}" y="{base}">{escape(label)}</text>'
    else:
        yield f'<text x="{_LEFT}" y="{base}">{escape(label)}</text>'
    if look.startswith("tick"):
        yield f'<rect class="line" x="{_LABELS}" y="{top + 6}" width="14" height="14"/>'
        if look == "ticked":
            yield (
                f'<path class="line" d="M{_LABELS + 3} {top + 13}l3 4 6 -8" '
                f'stroke-width="2"/>'
            )
    elif look.endswith(("box", "list")):
        left, width = _LABELS, _BOX
        if look.startswith("radio"):
            left, width = _LABELS + 32, _BOX - 32
        yield (
            f'<rect class="line" x="{left}" y="{top + 3}" width="{width}" height="21" '
            f'rx="2"/><text class="value" x="{left + 5}" y="{base}">'
            f"{escape(value)}</text>"
        )
        if look.endswith("list"):
            yield f'<path class="line" d="M{left + width - 16} {top + 11}l4 4 4 -4"/>'


def _draw_numbers(
    part: _SketchPart, steps: tuple[Step, ...], top: int
) -> Iterator[str]:
    first = top + 4 + (_ROW if part.heading else 0)
    places: Counter[int] = Counter()
    for number, step in enumerate(steps, start=1):
        if part.name not in _TOGETHER.get(step.part, (step.part,)):
            continue
        # What is stored is in the boxes, and their buttons would make another.
        line = first + (_ROW if step.code == "store" else 0)
        x, y = _WIDTH - 24 - 26 * places[line], line + 13
        places[line] += 1
        yield (
            f'<circle class="number" cx="{x}" cy="{y}" r="11"/>'
            f'<text x="{x}" y="{y + 4}" text-anchor="middle">{number}</text>'
        )
