"""Search one piece of a file for a known secret, or for what looks like one."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from apiuser.credentials.encodings_of_a_secret import SecretEncodings
from apiuser.leaks.archive_members import Closed, Piece
from apiuser.leaks.heuristics import holds_coded_secret, holds_secret
from apiuser.leaks.notebook_files import (
    NotebookError,
    NotebookText,
    Origin,
    is_notebook,
    list_texts,
    read_notebook,
)
from apiuser.leaks.words import Style, tells_of_secret

_NO_TEXT = ("image/", "audio/", "video/", "application/pdf")
_PICTURE_OF_TEXT = "image/svg"
_ID = re.compile(r"(?:^|_)id$|[a-z]Id$")
_NUMBERS = "bdata"  # what plotly calls arrays of them, in base64
_CLASS_OF_WIDGET = ("_model_", "_view_")
_SCRIPTS = ("javascript", "bokehjs", "_esm", "_css")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in a piece a secret is, and in which form."""

    place: str
    form: str


@dataclass(frozen=True, slots=True)
class Searched:
    """A piece was searched, whatever was found in it."""


Found = Iterator[Hit | Closed | Searched]
Find = Callable[[Piece], Found]


def find_known(piece: Piece, needles: SecretEncodings) -> Found:
    """Search for a known secret in the texts of a notebook, or in the bytes."""
    yield Searched()
    found = False
    # A notebook that is cut short is searched as bytes.
    with suppress(NotebookError):
        notebook = read_notebook(piece.data) if is_notebook(piece.data) else {}
        for text in list_texts(notebook):
            form = needles.find(text.text.encode("utf-8", "surrogatepass"))
            if form is not None:
                found = True
                yield Hit(text.place, form)
    if not found and (form := needles.find(piece.data)) is not None:
        yield Hit("bytes", form)


def find_unknown(piece: Piece) -> Found:
    """Search for what looks like a secret in the texts of a notebook."""
    named = piece.name.lower().endswith(".ipynb") and not piece.data.isspace()
    if not piece.data or not (named or is_notebook(piece.data)):
        return
    try:
        notebook = read_notebook(piece.data)
    except NotebookError as error:
        if named:
            reason = f"could not be searched: {error}"
            yield Closed(place=piece.place, reason=reason)
        return
    yield Searched()
    for text in list_texts(notebook):
        if not _is_judged(text):
            continue
        # Choices are lists of names, most of which say nothing about a secret.
        alone = text.origin is Origin.WIDGET and text.kind != "_options_labels"
        told = tells_of_secret(text.name)
        if holds_secret(text.text, style=_find_style(text), alone=alone, told=told):
            yield Hit(_hide(text.place), "looks like a secret")
        elif holds_coded_secret(text.text):
            yield Hit(_hide(text.place), "looks like a secret in base64")


def _hide(place: str) -> str:
    """Return a place without the keys in it that look like a secret themselves."""
    return ", ".join(
        "(a name that looks like a secret)" if holds_secret(part) else part
        for part in place.split(", ")
    )


def _is_judged(text: NotebookText) -> bool:
    if text.origin is Origin.WIDGET and text.kind.startswith(_CLASS_OF_WIDGET):
        return False
    if text.name == _NUMBERS:
        return False
    if text.origin is Origin.OTHER and _ID.search(text.name):
        return False
    # An attachment is named by its media type.
    kind = text.kind if text.origin is Origin.OUTPUT else text.name
    return kind.startswith(_PICTURE_OF_TEXT) or not kind.startswith(_NO_TEXT)


def _find_style(text: NotebookText) -> Style:
    if any(part in text.kind for part in _SCRIPTS):
        return Style.SCRIPT
    if text.origin is Origin.CODE:
        return Style.CODE
    prose = text.origin is Origin.PROSE or text.kind in {"text/latex", "text/markdown"}
    return Style.PROSE if prose else Style.TEXT
