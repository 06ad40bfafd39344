"""Short ways to write a notebook down."""

import ipywidgets

from tests.leaks.leak_samples import make_output, make_stream

Part = dict[str, object]


def write_notebook(*cells: Part, metadata: Part | None = None) -> Part:
    return {
        "cells": list(cells),
        "metadata": metadata or {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def code(source: str, *outputs: Part, metadata: Part | None = None) -> Part:
    return {
        "cell_type": "code",
        "execution_count": 1,
        "id": "c1",
        "metadata": metadata or {},
        "outputs": list(outputs),
        "source": source.splitlines(keepends=True),
    }


def text(source: str, *, kind: str = "markdown", **more: object) -> Part:
    lines = source.splitlines(keepends=True)
    return {"cell_type": kind, "id": "t1", "metadata": {}, "source": lines} | more


def printed(text: str) -> Part:
    return make_stream(text + "\n")


def shown(kind: str, value: object) -> Part:
    return make_output(**{kind.replace("/", "__"): value})


def failed(name: str, value: str, *lines: str) -> Part:
    return {
        "output_type": "error",
        "ename": name,
        "evalue": value,
        "traceback": list(lines),
    }


def save_widgets(*widgets: ipywidgets.Widget) -> Part:
    """Return the metadata of a notebook with the state of widgets."""
    state = ipywidgets.Widget.get_manager_state(widgets=widgets)
    return {"widgets": {"application/vnd.jupyter.widget-state+json": state}}
