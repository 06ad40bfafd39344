"""Walk over the texts of a notebook, each with the place a person can find."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


class Origin(StrEnum):
    """What part of a notebook a text comes from."""

    WIDGET = "widget"
    OUTPUT = "output"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NotebookText:
    """A text of a notebook.

    Attributes:
        origin: What part it belongs to.
        place: Where that is, in words.
        kind: Of an output its type, of a widget the name of the value.
    """

    origin: Origin
    place: str
    kind: str
    text: str


def read_notebook(data: bytes) -> Mapping[str, Any] | None:
    """Return the notebook that some bytes are, None where they are none."""
    head = data[:4].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not head.startswith(b"{") or b'"nbformat"' not in data:
        return None
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return notebook if isinstance(notebook.get("cells"), list) else None


def list_texts(notebook: Mapping[str, Any]) -> Iterator[NotebookText]:
    """Return every text of a notebook: cells, outputs, widgets and the rest."""
    for number, cell in enumerate(notebook["cells"], start=1):
        if not isinstance(cell, dict):
            continue
        for key, value in cell.items():
            place = f"cell {number}, {key}"
            if key == "outputs" and isinstance(value, list):
                for index, output in enumerate(value, start=1):
                    yield from _list_output(f"cell {number}, output {index}", output)
            else:
                yield from _list_other(place, value)
    for key, value in notebook.items():
        if key == "metadata" and isinstance(value, dict):
            yield from _list_metadata(value)
        elif key != "cells":
            yield from _list_other(f"notebook, {key}", value)


def _list_output(place: str, output: object) -> Iterator[NotebookText]:
    if not isinstance(output, dict):
        return
    for key, value in output.items():
        if key == "data" and isinstance(value, dict):
            for kind, content in value.items():
                for text in _list_strings(content):
                    yield NotebookText(
                        origin=Origin.OUTPUT,
                        place=f"{place}, {kind}",
                        kind=kind,
                        text=text,
                    )
        elif key in {"text", "ename", "evalue", "traceback"}:
            for text in _list_strings(value):
                yield NotebookText(
                    origin=Origin.OUTPUT, place=place, kind="text/plain", text=text
                )
        else:
            yield from _list_other(f"{place}, {key}", value)


def _list_metadata(metadata: Mapping[str, Any]) -> Iterator[NotebookText]:
    for key, value in metadata.items():
        state = _find_widgets(value) if key == "widgets" else None
        if state is None:
            yield from _list_other(f"notebook metadata, {key}", value)
            continue
        for model, content in state.items():
            yield from _list_widget(f"widget model {model}", content)


def _list_widget(place: str, content: object) -> Iterator[NotebookText]:
    state = content.get("state") if isinstance(content, dict) else None
    if not (isinstance(content, dict) and isinstance(state, dict)):
        yield from _list_other(place, content)
        return
    for key, value in content.items():
        if key not in {"state", "buffers"}:
            yield from _list_other(f"{place}, {key}", value)
    # Buffers are values too: those that are bytes, in base64.
    for name, value in (*state.items(), ("buffers", content.get("buffers"))):
        for text in _list_strings(value):
            yield NotebookText(
                origin=Origin.WIDGET, place=f"{place}, {name}", kind=name, text=text
            )


def _find_widgets(value: object) -> Mapping[str, Any] | None:
    if not isinstance(value, dict):
        return None
    saved = value.get(_WIDGET_STATE)
    state = saved.get("state") if isinstance(saved, dict) else None
    return state if isinstance(state, dict) else None


def _list_other(place: str, value: object) -> Iterator[NotebookText]:
    for text in _list_strings(value):
        yield NotebookText(origin=Origin.OTHER, place=place, kind="", text=text)


def _list_strings(value: object) -> Iterator[str]:
    """Return all strings inside a value; lines of one text come as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _list_strings(inner)
    elif isinstance(value, list):
        if _is_lines(value):
            yield "".join(value)
        else:
            for item in value:
                yield from _list_strings(item)


def _is_lines(items: list[Any]) -> bool:
    """Tell whether a list is one text, stored line by line as notebooks do."""
    return all(isinstance(item, str) for item in items) and all(
        item.endswith("\n") for item in items[:-1]
    )
