"""The headers and words of exports as a page."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from apiuser.exports.vocabulary import (
    CellWords,
    HeaderWords,
    load_cell_words,
    load_header_words,
    load_word_sources,
)
from apiuser.guide.marking import keep_marks

_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "nl": "Dutch",
    "da": "Danish",
    "pt": "Portuguese",
    "it": "Italian",
    "ru": "Russian",
    "pl": "Polish",
    "cs": "Czech",
    "hu": "Hungarian",
    "fi": "Finnish",
    "sv": "Swedish",
    "nb": "Norwegian",
    "tr": "Turkish",
    "ro": "Romanian",
    "el": "Greek",
    "uk": "Ukrainian",
    "hr": "Croatian",
    "et": "Estonian",
    "lt": "Lithuanian",
}
_START = """\
# Headers and words in exports

An audit recognises the columns and states of an export by these words.
Case, accents, blanks and punctuation do not matter, so `User Name` stands for `userName`, `user_name` and `USER-NAME` too.
A prefix such as `resource.` or `Resource:` is ignored, as is any other that all headers of a file share; a number's label may be called `licenseTypeLabel`, `license_type_name` and the like.
If your header is not listed, name it: `--column "My header"` for the usernames, `--column "status=My header"` for another column.

No document says which headers Autotask's grid exports, so most of these words are inferred, and those marked as translated were translated for this program.
The words are in two files, `header_words.txt` and `cell_words.txt` in `apiuser/exports/`.
"""


def render_words() -> str:
    """Render all words as Markdown tables, with where each comes from."""
    parts = [_START, "## Headers\n"]
    parts += [
        f"### {_name_role(role)}\n\n{_render_headers(some)}"
        for role, some in groupby(load_header_words(), attrgetter("role"))
    ]
    parts.append("## Words in cells\n")
    words = load_cell_words()
    meanings = dict.fromkeys(some.meaning for some in words)
    parts += [
        f"### {_raise_first(meaning)}\n\n"
        + _render_cells(some for some in words if some.meaning == meaning)
        for meaning in meanings
    ]
    parts.append("## Where the words come from\n")
    parts.append(
        "\n".join(
            f"- {_name_source(key)}: {_link(title, url)}"
            for key, (title, url) in load_word_sources().items()
        )
    )
    return "\n".join(parts) + "\n"


def _render_headers(some: Iterable[HeaderWords]) -> str:
    rows = [
        f"| {_LANGUAGES[one.language]} | {_list(one.names)}"
        f"{'; a yes means inactive' * one.inverted} | {_name_source(one.source)} |"
        for one in some
    ]
    return _render_rows("Headers", rows)


def _render_cells(some: Iterable[CellWords]) -> str:
    rows = [
        f"| {_LANGUAGES[one.language]} | {_list(one.words)} "
        f"| {_name_source(one.source)} |"
        for one in some
    ]
    return _render_rows("Words", rows)


def _render_rows(what: str, rows: Iterable[str]) -> str:
    return "\n".join(
        [f"| Language | {what} | From |", "| --- | --- | --- |", *rows, ""]
    )


def _list(words: Iterable[str]) -> str:
    return ", ".join(map(keep_marks, words))


def _name_role(role: str) -> str:
    return _raise_first(role.replace("_", " ").replace("id", "ID"))


def _raise_first(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text.replace("Api ", "API ")


def _name_source(key: str) -> str:
    return {"cldr": "CLDR", "api": "API", "own": "translated"}.get(key, key.title())


def _link(title: str, url: str) -> str:
    return f"[{keep_marks(title)}]({url})" if url else keep_marks(title)
