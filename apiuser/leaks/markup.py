"""Take markup out of a text, in time that grows with its length alone."""

import re
from collections.abc import Iterator

_MARKUP = re.compile(r"<(script|style)\b|<(!--)|</?[a-zA-Z][^<>]*>")
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_CLOSINGS = {"script": "</script>", "style": "</style>", "!--": "-->"}


def split_markup(text: str) -> tuple[str, list[str]]:
    """Return a text with a blank for each tag, comment, script and style sheet.

    Returns:
        The text, and the scripts.
    """
    scripts: list[str] = []
    return " ".join(_list_plain(text, scripts)), scripts


def _list_plain(text: str, scripts: list[str]) -> Iterator[str]:
    missing: set[str] = set()  # looked for to the end once, and not again
    start = position = 0
    while found := _MARKUP.search(text, position):
        end = found.end()
        if found.lastindex:
            end = _find_end(text, found, missing)
        if end:
            yield text[start : found.start()]
            if found[1] == "script":
                scripts.append(text[found.end() : end])
            start = position = end
        else:
            position = found.start() + 1
    yield text[start:]


def _find_end(text: str, opening: re.Match[str], missing: set[str]) -> int:
    """Return where what was opened ends, or the tag alone; 0 where neither does."""
    closing = _CLOSINGS[opening[opening.lastindex or 0]]
    if closing not in missing:
        place = text.find(closing, opening.end())
        if place >= 0:
            return place + len(closing)
        missing.add(closing)
    tag = _TAG.match(text, opening.start())
    return tag.end() if tag else 0
