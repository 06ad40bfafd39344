"""Notebooks, archives and stores with a secret left in them."""

import base64
import io
import sqlite3
import tarfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import ipywidgets

from apiuser.credentials.credential import Secret
from apiuser.leaks import ScanReport, scan_for
from tests.planted import DRAWN_LOOKING, SECRETS

PLANTED = SECRETS[0]
DRAWN = DRAWN_LOOKING[0]
PICTURE = base64.b64encode(zlib.compress(bytes(range(256)) * 40)).decode()


def pack_zip(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        archive.writestr(name, data)
    return file.getvalue()


def pack_tar(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def pack_store(data: bytes, *, journal: str = "delete") -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute('CREATE TABLE "odd "" name" (id INTEGER, kept BLOB)')
        connection.execute('INSERT INTO "odd "" name" VALUES (1, NULL), (2, ?)', [data])
        connection.commit()
        return connection.serialize()


TEXT = f"key = {PLANTED}\n".encode()


def find(secret: str, *paths: Path, **options: Any) -> ScanReport:  # noqa: ANN401
    return scan_for(Secret(secret), paths, **options)


def make_notebook(**changed: object) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": 1,
        "id": "a1",
        "metadata": {},
        "outputs": [],
        "source": ["import this\n", "print(1)"],
    }
    clean: dict[str, Any] = {"cells": [cell, cell | {"id": "a2"} | changed]}
    return clean | {"metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def make_output(**data: object) -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {name.replace("__", "/"): value for name, value in data.items()},
    }


def make_stream(text: str) -> dict[str, Any]:
    return {
        "output_type": "stream",
        "name": "stdout",
        "text": text.splitlines(keepends=True),
    }


def add_widgets(*widgets: ipywidgets.Widget) -> dict[str, Any]:
    """Return a notebook with the state that these widgets save."""
    models = {w.model_id for w in widgets}
    state = ipywidgets.Widget.get_manager_state(widgets=widgets)
    assert models <= state["state"].keys()
    kind = "application/vnd.jupyter.widget-state+json"
    return make_notebook() | {"metadata": {"widgets": {kind: state}}}
