"""Look into one piece of a file, for a known secret or for what looks like one."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from apiuser.leaks.archive_members import Closed, Piece
from apiuser.leaks.encodings_of_a_secret import SecretEncodings
from apiuser.leaks.heuristics import holds_coded_secret, holds_secret
from apiuser.leaks.notebook_files import (
    NotebookError,
    NotebookText,
    Origin,
    is_notebook,
    list_texts,
    read_notebook,
)

_NO_TEXT = ("image/", "audio/", "video/", "application/javascript")
_NO_VALUE = ("widget-view", "vnd.bokeh", "vnd.plotly", "vnd.vega")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in a piece a secret stands, and in which form."""

    place: str
    form: str


Found = Iterator[Hit | Closed]
Find = Callable[[Piece], Found]


def find_known(piece: Piece, needles: SecretEncodings) -> Found:
    """Look for a known secret in the texts of a notebook, or in the bytes."""
    found = False
    # What is not whole is searched as bytes.
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
    """Look for what looks like a secret in the texts of a notebook."""
    named = piece.name.lower().endswith(".ipynb") and not piece.data.isspace()
    if not piece.data or not (named or is_notebook(piece.data)):
        return
    try:
        notebook = read_notebook(piece.data)
    except NotebookError as error:
        if named:
            reason = f"could not be looked into: {error}"
            yield Closed(place=piece.place, reason=reason)
        return
    for text in list_texts(notebook):
        if not _is_judged(text):
            continue
        if holds_secret(text.text, alone=text.origin is Origin.WIDGET):
            yield Hit(text.place, "looks like a secret")
        elif holds_coded_secret(text.text):
            yield Hit(text.place, "looks like a secret in base64")


def _is_judged(text: NotebookText) -> bool:
    if text.origin is Origin.WIDGET:
        return not text.kind.startswith("_")
    return (
        text.origin is Origin.OUTPUT
        and not text.kind.startswith(_NO_TEXT)
        and not any(part in text.kind for part in _NO_VALUE)
    )
