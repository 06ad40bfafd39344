"""Take markup out of a text, in time that grows only with its length."""

import re
from dataclasses import dataclass

_MARKUP = re.compile(r"<(script|style)\b|<(!--)|</?[a-zA-Z][^<>]*>")
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_CLOSINGS = {"script": "</script>", "style": "</style>", "!--": "-->"}


@dataclass(frozen=True, slots=True)
class SplitMarkup:
    """A text with markup, taken apart.

    Attributes:
        shown: The text with a blank for each tag, comment, script and style sheet.
        tagged: The text with its tags, without comments, scripts and style sheets.
        scripts: The scripts.
    """

    shown: str
    tagged: str
    scripts: tuple[str, ...]


def split_markup(text: str) -> SplitMarkup:
    """Take a text with markup apart."""
    shown: list[str] = []
    tagged: list[str] = []
    scripts: list[str] = []
    missing: set[str] = set()  # searched for to the end only once
    start = position = 0
    while found := _MARKUP.search(text, position):
        end = found.end()
        if found.lastindex:
            end = _find_end(text, found, missing)
        if not end:
            position = found.start() + 1
            continue
        shown.append(text[start : found.start()])
        tagged.append(shown[-1])
        if found[1] == "script":
            scripts.append(text[found.end() : end])
        if not found.lastindex:
            tagged.append(found[0])
        start = position = end
    for parts in (shown, tagged):
        parts.append(text[start:])
    return SplitMarkup(" ".join(shown), "".join(tagged), tuple(scripts))


def _find_end(text: str, opening: re.Match[str], missing: set[str]) -> int:
    """Return where the opened element ends, or else its tag; 0 if neither ends."""
    closing = _CLOSINGS[opening[opening.lastindex or 0]]
    if closing not in missing:
        place = text.find(closing, opening.end())
        if place >= 0:
            return place + len(closing)
        missing.add(closing)
    tag = _TAG.match(text, opening.start())
    return tag.end() if tag else 0
