"""The search finds secrets in any part of a notebook, and never repeats them."""

import base64
import gzip
import html
import json
from pathlib import Path
from typing import Any

import ipywidgets
import pytest

from apiuser.credentials.credential import Secret
from apiuser.leaks import scan_for, scan_unknown
from tests.leaks.leak_samples import (
    DRAWN,
    PLANTED,
    add_widgets,
    find,
    make_notebook,
    make_output,
    make_stream,
    pack_zip,
)
from tests.planted import DRAWN_LOOKING, ESCAPED


def place_everywhere(secret: str) -> dict[str, tuple[dict[str, Any], str]]:
    traceback = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "bad",
        "traceback": ["\x1b[31mValueError\x1b[0m", f"secret = {secret}"],
    }
    text = ipywidgets.Text(value=secret)
    markup = ipywidgets.HTML(value=f"<b>Secret</b> <code>{html.escape(secret)}</code>")
    return {
        "stream": (
            make_notebook(outputs=[make_stream(f"one\n{secret}\ntwo\n")]),
            "cell 2, output 1",
        ),
        "result": (
            make_notebook(outputs=[make_output(text__plain=f"'{secret}'")]),
            "cell 2, output 1, text/plain",
        ),
        "page": (
            make_notebook(
                outputs=[
                    make_stream("clean\n"),
                    make_output(text__html=f"<td>{html.escape(secret)}</td>"),
                ]
            ),
            "cell 2, output 2, text/html",
        ),
        "base64": (
            make_notebook(
                outputs=[make_stream(base64.b64encode(secret.encode()).decode())]
            ),
            "cell 2, output 1",
        ),
        "traceback": (make_notebook(outputs=[traceback]), "cell 2, output 1"),
        "widget": (add_widgets(text), f"widget model {text.model_id}, value"),
        "widget with markup": (
            add_widgets(markup),
            f"widget model {markup.model_id}, value",
        ),
    }


PLACES = sorted(place_everywhere(PLANTED))

SHAPES = {
    "a drawn one": DRAWN_LOOKING[0],
    "another": DRAWN_LOOKING[1],
}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("secret", SHAPES.values(), ids=SHAPES)
def test_unknown_secrets_are_found_with_their_place(
    where: str, secret: str, tmp_path: Path
) -> None:
    notebook, place = place_everywhere(secret)[where]
    path = tmp_path / "left.ipynb"
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")

    report = scan_unknown([path])

    assert [leak.place for leak in report.leaks] == [place]
    assert secret not in str(report)


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("secret", [PLANTED, ESCAPED], ids=["plain", "escaped"])
def test_known_secrets_are_found_with_their_place(
    where: str, secret: str, tmp_path: Path
) -> None:
    notebook, place = place_everywhere(secret)[where]
    path = tmp_path / ".ipynb_checkpoints" / "left-checkpoint.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")

    report = scan_for(Secret(secret), [tmp_path])

    assert place in [leak.place for leak in report.leaks]
    assert secret not in str(report)


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"source": [f"x = '{PLANTED}'\n", "x"]}, "cell 2, source"),
        ({"metadata": {"tags": [PLANTED]}}, "cell 2, metadata"),
        ({"attachments": {"a": {"text/plain": PLANTED}}}, "cell 2, attachments"),
    ],
)
def test_a_known_secret_is_found_in_every_part_of_a_cell(
    part: dict[str, Any], place: str, tmp_path: Path
) -> None:
    path = tmp_path / "left.ipynb"
    path.write_text(json.dumps(make_notebook(**part)), encoding="utf-8")

    assert [leak.place for leak in find(PLANTED, path).leaks] == [place]


def make_shown(kind: str, value: object) -> dict[str, Any]:
    return make_notebook(outputs=[make_output(**{kind.replace("/", "__"): value})])


CHOICES = ipywidgets.Select(options=["one", DRAWN])

LEFT_IN = {
    "a chart of Vega": make_shown(
        "application/vnd.vegalite.v5+json",
        {"data": {"values": [{"password": PLANTED}]}},
    ),
    "a chart of Plotly": make_shown(
        "application/vnd.plotly.v1+json", {"data": [{"text": [DRAWN]}]}
    ),
    "a chart of Bokeh": make_shown("application/vnd.bokeh.item+json", {"title": DRAWN}),
    "a script of Bokeh": make_shown(
        "application/vnd.bokehjs_load.v0+json", f'var secret = "{PLANTED}";'
    ),
    "the view of a widget": make_shown(
        "application/vnd.jupyter.widget-view+json", {"model_id": "a", "more": DRAWN}
    ),
    "choices": add_widgets(CHOICES),
    "text in a formula": make_shown("text/latex", f"$x_{{1}} = \\text{{{DRAWN}}}$"),
    "text in an equation": make_shown("text/latex", f"\\mathrm{{{DRAWN}}}"),
    "a key of metadata": make_notebook() | {"metadata": {DRAWN: 1}},
    "a key of a cell": make_notebook(**{DRAWN: 1}),
    "a key of a notebook": make_notebook() | {DRAWN: 1},
    "a key of an output": make_notebook(outputs=[make_stream("a") | {DRAWN: 1}]),
    "a type of output": make_shown(DRAWN, "a"),
    "a key beside its value": make_notebook() | {"metadata": {DRAWN: [DRAWN]}},
}


@pytest.mark.parametrize("notebook", LEFT_IN.values(), ids=LEFT_IN)
def test_an_unknown_secret_is_found_in_every_part(
    notebook: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "left.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")

    told = "".join(map(str, scan_unknown([path]).leaks))

    assert "looks like a secret" in told
    assert DRAWN not in told
    assert PLANTED not in told


CLEAN_IN = {
    "numbers of Plotly": make_shown(
        "application/vnd.plotly.v1+json",
        {"data": [{"x": {"dtype": "i1", "bdata": "AQIDBAUGBwgJCgsMDQ4PEBES"}}]},
    ),
    "a formula of Vega": make_shown(
        "application/vnd.vegalite.v5+json",
        {"transform": [{"calculate": "datum['Key-1']*2+(datum.b==='A1'?1:0)"}]},
    ),
    "choices": add_widgets(
        ipywidgets.Dropdown(options=["C-1001-DE-Hamburg-N", "A.Sample-GmbH-2026"])
    ),
}


@pytest.mark.parametrize("notebook", CLEAN_IN.values(), ids=CLEAN_IN)
def test_numbers_formulas_and_choices_raise_no_alarm(
    notebook: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "clean.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")

    assert scan_unknown([path]).leaks == ()


def test_notebooks_in_archives_are_looked_into(tmp_path: Path) -> None:
    notebook = json.dumps(make_notebook(outputs=[make_stream(DRAWN)])).encode()
    (tmp_path / "sent.zip").write_bytes(pack_zip("work/left.ipynb", notebook))

    places = [leak.place for leak in scan_unknown([tmp_path]).leaks]

    assert places == ["member work/left.ipynb, cell 2, output 1"]


def make_old_notebook(*outputs: dict[str, Any]) -> dict[str, Any]:
    cell = {"cell_type": "code", "input": "1", "outputs": list(outputs)}
    sheets = [{"cells": [cell], "metadata": {}}]
    return {"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}


LEFT = json.dumps(make_notebook(outputs=[make_stream(DRAWN)]), indent=1)
LEFT_IN_OLD_FORMAT = json.dumps(make_old_notebook(make_stream(DRAWN)))
DEEP = "[" * 800 + "1" + "]" * 800

READ = {
    "UTF-16": LEFT.encode("utf-16"),
    "UTF-16 without a mark": LEFT.encode("utf-16-le"),
    "leading lines": b"\n" * 9 + LEFT.encode(),
    "a mark and a line": b"\xef\xbb\xbf\n" + LEFT.encode(),
    "format 3": LEFT_IN_OLD_FORMAT.encode(),
    "format 3, a page": json.dumps(
        make_old_notebook({"output_type": "pyout", "html": [f"<b>{DRAWN}</b>"]})
    ).encode(),
    "nested": LEFT.replace('"id": "a1"', f'"id": {DEEP}').encode(),
    "half a character in a key": json.dumps(
        make_notebook(outputs=[make_output(**{"half \ud800": DRAWN})])
    ).encode(),
}


@pytest.mark.parametrize("name", ["left.ipynb", "left.json"])
@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_notebooks_in_odd_shapes_are_read(
    data: bytes, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)

    report = scan_unknown([tmp_path])

    assert [leak.form for leak in report.leaks] == ["looks like a secret"]
    assert report.unread == ()
    assert [leak.form for leak in find(DRAWN, tmp_path).leaks] == ["as it is"]


NOT_READ = {
    "Latin-1": (LEFT.replace("import", "\xe9").encode("latin-1"), "neither UTF-8"),
    "cut off": (LEFT[:-20].encode(), "not complete JSON"),
    "a conflict": (
        LEFT.replace(' "metadata"', '<<<<<<< HEAD\n "metadata"').encode(),
        "not complete JSON, see line",
    ),
    "too deep": (
        LEFT.replace('"id": "a1"', f'"id": {"[" * 5000}{"]" * 5000}').encode(),
        "nested too deeply",
    ),
    "a long number": (LEFT.replace(": 5", ": " + "5" * 5000).encode(), "too long"),
    "no cells": (b'{"nbformat": 4}', "contains no cells"),
    "a list": (b"[1]", "contains no cells"),
}


@pytest.mark.parametrize(("data", "reason"), NOT_READ.values(), ids=NOT_READ)
def test_a_notebook_that_cannot_be_read_is_listed(
    data: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "left.ipynb").write_bytes(data)
    (tmp_path / "sent.zip").write_bytes(pack_zip("work/left.ipynb", data))
    (tmp_path / "left.ipynb.gz").write_bytes(gzip.compress(data))

    report = scan_unknown([tmp_path])

    assert report.leaks == ()
    assert [(part.path.name, part.place) for part in report.unread] == [
        ("left.ipynb", ""),
        ("left.ipynb.gz", "unpacked gzip"),
        ("sent.zip", "member work/left.ipynb"),
    ]
    for part in report.unread:
        assert part.reason.startswith("could not be searched: ")
        assert reason in part.reason
        assert DRAWN not in str(part)


def test_an_empty_notebook_holds_nothing_to_look_into(tmp_path: Path) -> None:
    (tmp_path / "empty.ipynb").write_bytes(b"")
    (tmp_path / "blank.ipynb").write_bytes(b"\n")

    assert scan_unknown([tmp_path]).unread == ()


ODD_WIDGETS = {
    "widgets": {
        "application/vnd.jupyter.widget-state+json": {
            "state": {"a": 1, "b": {"state": 2}, "c": {"buffers": [3]}}
        }
    }
}


@pytest.mark.parametrize(
    "data",
    [
        b'{"nbformat": 4',
        b'{"nbformat": 4, "cells": null}',
        b'{"nbformat": 4, "cells": [null, 1, {"outputs": [3, {"data": 5}]}]}',
        b'{"nbformat": 4, "cells": [], "metadata": {"widgets": [1]}}',
        json.dumps(make_notebook() | {"metadata": ODD_WIDGETS}).encode(),
        b'["nbformat"]',
        b'{"nbformat": ' + b"[" * 200_000,
    ],
)
def test_odd_notebooks_are_no_error(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.ipynb").write_bytes(data)

    assert scan_unknown([tmp_path]).leaks == ()
    assert find(PLANTED, tmp_path).leaks == ()
