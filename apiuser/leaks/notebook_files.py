"""List the texts of a notebook, each with a place that a person can find."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_HEAD = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00\s]*+\{")
_CODECS = ("utf-8", "utf-16-le", "utf-16-be")
_MARKS = tuple('"nbformat"'.encode(codec) for codec in _CODECS)
# The names of output texts before format 4 named them by media type.
_OLD_KINDS = {
    "html": "text/html",
    "latex": "text/latex",
    "json": "application/json",
}
_WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


class Origin(StrEnum):
    """What part of a notebook a text comes from."""

    WIDGET = "widget"
    OUTPUT = "output"
    CODE = "code"
    PROSE = "Markdown"
    OTHER = "other"


_SOURCES = {"code": Origin.CODE, "markdown": Origin.PROSE}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NotebookText:
    """A text of a notebook.

    Attributes:
        origin: What part it belongs to.
        place: Where that part is, in words.
        kind: The type of an output, or the name of a widget's value.
        name: The name of a text inside an object, or of that object.
    """

    origin: Origin
    place: str
    kind: str
    text: str
    name: str = ""


class NotebookError(Exception):
    """Bytes cannot be read as a notebook; says why and quotes nothing."""


def is_notebook(data: bytes) -> bool:
    """Tell whether bytes begin like a notebook and name the format."""
    return _HEAD.match(data) is not None and any(mark in data for mark in _MARKS)


def read_notebook(data: bytes) -> Mapping[str, Any]:
    """Return the notebook that the bytes encode in UTF-8 or UTF-16.

    Raises:
        NotebookError: They are not a notebook.
    """
    try:
        notebook = json.loads(data)
    except RecursionError:
        message = "it is nested too deeply"
        raise NotebookError(message) from None
    except UnicodeDecodeError:
        message = "its text is neither UTF-8 nor UTF-16"
        raise NotebookError(message) from None
    except json.JSONDecodeError as error:
        message = f"it is not complete JSON, see line {error.lineno}"
        raise NotebookError(message) from None
    except ValueError:
        message = "it contains a number that is too long"
        raise NotebookError(message) from None
    if not (isinstance(notebook, dict) and any(map(_is_sheet, _list_sheets(notebook)))):
        message = "it contains no cells"
        raise NotebookError(message)
    return notebook


def _list_sheets(notebook: Mapping[str, Any]) -> list[object]:
    """Return what holds the cells: the notebook or, before format 4, its sheets."""
    old = notebook.get("worksheets")
    return [notebook, *old] if isinstance(old, list) else [notebook]


def _is_sheet(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("cells"), list)


def _list_cells(notebook: Mapping[str, Any]) -> Iterator[object]:
    for sheet in _list_sheets(notebook):
        if isinstance(sheet, dict) and _is_sheet(sheet):
            yield from sheet["cells"]


def list_texts(notebook: Mapping[str, Any]) -> Iterator[NotebookText]:
    """Return every text of a notebook: cells, outputs, widgets and the rest."""
    for number, cell in enumerate(_list_cells(notebook), start=1):
        if not isinstance(cell, dict):
            continue
        yield from _list_named(f"cell {number}", [*cell])
        for key, value in cell.items():
            place = f"cell {number}, {key}"
            if key == "outputs" and isinstance(value, list):
                for index, output in enumerate(value, start=1):
                    yield from _list_output(f"cell {number}, output {index}", output)
            elif key in {"source", "input"}:
                origin = _SOURCES.get(str(cell.get("cell_type")), Origin.OTHER)
                yield from _list_named(place, value, origin=origin)
            else:
                yield from _list_named(place, value)
    yield from _list_named("notebook", [*notebook])
    for key, value in notebook.items():
        if key == "metadata" and isinstance(value, dict):
            yield from _list_metadata(value)
        elif key not in {"cells", "worksheets"}:
            yield from _list_named(f"notebook, {key}", value)


def _list_output(place: str, output: object) -> Iterator[NotebookText]:
    if not isinstance(output, dict):
        return
    yield from _list_named(place, [*output])
    for key, value in output.items():
        if key == "data" and isinstance(value, dict):
            yield from _list_named(f"{place}, data", [*value])
            for kind, content in value.items():
                yield from _list_named(
                    f"{place}, {kind}", content, origin=Origin.OUTPUT, kind=kind
                )
        elif key in _OLD_KINDS or key in {"text", "ename", "evalue", "traceback"}:
            kind = _OLD_KINDS.get(key, "text/plain")
            yield from _list_named(place, value, origin=Origin.OUTPUT, kind=kind)
        else:
            yield from _list_named(f"{place}, {key}", value)


def _list_metadata(metadata: Mapping[str, Any]) -> Iterator[NotebookText]:
    yield from _list_named("notebook metadata", [*metadata])
    for key, value in metadata.items():
        state = _find_widgets(value) if key == "widgets" else None
        if state is None:
            yield from _list_named(f"notebook metadata, {key}", value, name=key)
            continue
        yield from _list_named("widget models", [*state])
        for model, content in state.items():
            yield from _list_widget(f"widget model {model}", content)


def _list_widget(place: str, content: object) -> Iterator[NotebookText]:
    state = content.get("state") if isinstance(content, dict) else None
    if not (isinstance(content, dict) and isinstance(state, dict)):
        yield from _list_named(place, content)
        return
    yield from _list_named(place, [*content, *state])
    for key, value in content.items():
        if key not in {"state", "buffers"}:
            yield from _list_named(f"{place}, {key}", value)
    # Buffers are values too: bytes, in base64.
    for name, value in (*state.items(), ("buffers", content.get("buffers"))):
        yield from _list_named(
            f"{place}, {name}", value, origin=Origin.WIDGET, kind=name, name=name
        )


def _find_widgets(value: object) -> Mapping[str, Any] | None:
    if not isinstance(value, dict):
        return None
    saved = value.get(_WIDGET_STATE)
    state = saved.get("state") if isinstance(saved, dict) else None
    return state if isinstance(state, dict) else None


def _list_named(
    place: str,
    value: object,
    *,
    origin: Origin = Origin.OTHER,
    kind: str = "",
    name: str = "",
) -> Iterator[NotebookText]:
    """Yield all strings inside a value, each with the name of what it belongs to.

    A text stored as a list of lines or characters is yielded as one. Values may be
    nested more deeply than calls can be.
    """
    waiting = [(name, value)]
    while waiting:
        called, item = waiting.pop()
        if isinstance(item, str):
            yield NotebookText(
                origin=origin, place=place, kind=kind, text=item, name=called
            )
        elif isinstance(item, dict):
            for key, inner in reversed(item.items()):
                waiting += [(key, inner), ("", key)]
        elif isinstance(item, list):
            whole = _is_lines(item) or _is_spelled(item)
            waiting += (
                [(called, "".join(item))]
                if whole
                else [(called, part) for part in reversed(item)]
            )


def _is_lines(items: list[Any]) -> bool:
    """Tell whether a list is one text, stored line by line as notebooks do."""
    return all(isinstance(item, str) for item in items) and all(
        item.endswith("\n") for item in items[:-1]
    )


def _is_spelled(items: list[Any]) -> bool:
    """Tell whether a list is one text, character by character."""
    return len(items) > 1 and all(isinstance(i, str) and len(i) == 1 for i in items)
