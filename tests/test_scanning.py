"""The leak detector finds a secret wherever it lies, and never repeats it."""

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import quote

import ipywidgets
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from apiuser import generate_secret
from apiuser.credentials.credential import Secret, Username
from apiuser.errors import InputError
from apiuser.handover import FORMS, Entry, make_paste
from apiuser.leaks import ScanReport, scan_for, scan_unknown
from apiuser.leaks.archive_members import DEEPEST
from apiuser.leaks.encodings_of_a_secret import SecretEncodings
from apiuser.leaks.heuristics import holds_secret
from apiuser.leaks.markup import drop_markup
from tests.planted import DRAWN_LOOKING, ESCAPED, SECRETS

ROOT = Path(__file__).parents[1]
PLANTED = SECRETS[0]
DRAWN = DRAWN_LOOKING[0]
PICTURE = base64.b64encode(zlib.compress(bytes(range(256)) * 40)).decode()

CODINGS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "JSON": lambda s: json.dumps(s).encode(),
    "JSON twice": lambda s: json.dumps(json.dumps(s)).encode(),
    "HTML": lambda s: html.escape(s).encode(),
    "HTML without quotes": lambda s: html.escape(s, quote=False).encode(),
    "HTML in JSON": lambda s: json.dumps(html.escape(s)).encode(),
    "URL": lambda s: quote(s, safe="").encode(),
    "URL in small hex": lambda s: (
        quote(s, safe="").encode().lower() if s.lower() == s else quote(s).encode()
    ),
    "repr": lambda s: repr(s).encode(),
    "CSV": lambda s: s.replace('"', '""').encode(),
    "UTF-16 LE": lambda s: s.encode("utf-16-le"),
    "UTF-16 BE": lambda s: s.encode("utf-16-be"),
    "hex": lambda s: s.encode().hex().encode(),
    "HEX": lambda s: s.encode().hex().upper().encode(),
    "base64 at 0": lambda s: base64.b64encode(s.encode() + b"after"),
    "base64 at 1": lambda s: base64.b64encode(b"x" + s.encode() + b"aft"),
    "base64 at 2": lambda s: base64.b64encode(b"xy" + s.encode() + b"af"),
    "base64 for URLs": lambda s: base64.urlsafe_b64encode(b"xy" + s.encode()),
    "base64 in lines": lambda s: base64.encodebytes(b"x" * 47 + s.encode()),
    "base64 in lines in JSON": lambda s: json.dumps(
        base64.encodebytes(b"x" * 47 + s.encode()).decode()
    ).encode(),
    "base64 in long lines in JSON": lambda s: json.dumps(
        base64.encodebytes(b"x" * 47 + s.encode()).decode().replace("\n", "\r\n")
    ).encode(),
    "base64 in long lines in JSON twice": lambda s: json.dumps(
        json.dumps(
            base64.encodebytes(b"x" * 47 + s.encode()).decode().replace("\n", "\r\n")
        )
    ).encode(),
    "base64 of UTF-16": lambda s: base64.b64encode(s.encode("utf-16-le")),
    "base64 of JSON": lambda s: base64.b64encode(json.dumps({"s": s}).encode()),
    "hex of UTF-16": lambda s: s.encode("utf-16-be").hex().encode(),
}


@pytest.mark.parametrize("coding", CODINGS.values(), ids=CODINGS)
@pytest.mark.parametrize("secret", [PLANTED, ESCAPED], ids=["plain", "escaped"])
def test_every_coding_is_found(
    coding: Callable[[str], bytes], secret: str, tmp_path: Path
) -> None:
    (tmp_path / "left.bin").write_bytes(b"\x00before " + coding(secret) + b" after\xff")

    report = scan_for(Secret(secret), [tmp_path])

    assert [leak.place for leak in report.leaks] == ["bytes"]
    assert secret not in str(report)


@given(
    secret=st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=8),
    coding=st.sampled_from(sorted(CODINGS)),
    before=st.binary(max_size=10),
)
def test_any_printable_secret_is_found_in_any_coding(
    secret: str, coding: str, before: bytes
) -> None:
    needles = SecretEncodings(Secret(secret))

    assert needles.find(before + b" " + CODINGS[coding](secret)) is not None


def test_another_value_is_not_found(tmp_path: Path) -> None:
    for name, coding in CODINGS.items():
        (tmp_path / f"{name}.bin").write_bytes(coding(SECRETS[3]))

    report = scan_for(Secret(PLANTED), [tmp_path])

    assert report.leaks == ()
    assert report.unread == ()
    assert report.files == len(CODINGS)


def test_a_short_value_is_refused() -> None:
    with pytest.raises(InputError, match="fewer than 7"):
        scan_for(Secret("abc"), [])


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
NESTED = lzma.compress(pack_tar("a.zip", pack_zip("b.gz", gzip.compress(TEXT))))
PACKED = {
    "zip": (pack_zip("a.txt", TEXT), "member a.txt, bytes"),
    "tar": (pack_tar("a.txt", TEXT), "member a.txt, bytes"),
    "gzip": (gzip.compress(TEXT), "unpacked gzip, bytes"),
    "bzip2": (bz2.compress(TEXT), "unpacked bzip2, bytes"),
    "xz": (lzma.compress(TEXT), "unpacked xz, bytes"),
    "tar.gz": (
        gzip.compress(pack_tar("a.txt", TEXT)),
        "unpacked gzip, member a.txt, bytes",
    ),
    "git object": (zlib.compress(b"blob 9\x00" + TEXT), "unpacked zlib, bytes"),
    "nested": (
        NESTED,
        "unpacked xz, member a.zip, member b.gz, unpacked gzip, bytes",
    ),
    "store": (pack_store(TEXT), 'table odd " name, column kept, row 2, bytes'),
    "packed value": (
        pack_store(zlib.compress(TEXT)),
        'table odd " name, column kept, row 2, unpacked zlib, bytes',
    ),
    "long value": (
        pack_store(b"x" * 4070 + TEXT + b"y" * 9000),
        'table odd " name, column kept, row 2, bytes',
    ),
    "deleted value": (pack_store(b"") + TEXT, "bytes"),
}


@pytest.mark.parametrize(("data", "place"), PACKED.values(), ids=PACKED)
def test_archives_and_stores_are_taken_apart(
    data: bytes, place: str, tmp_path: Path
) -> None:
    (tmp_path / "left.bin").write_bytes(data)

    report = scan_for(Secret(PLANTED), [tmp_path / "left.bin"])

    assert [leak.place for leak in report.leaks] == [place]
    assert report.unread == ()


def test_a_store_in_write_ahead_mode_is_read(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE kept (text TEXT)")
        connection.execute("INSERT INTO kept VALUES (?)", [PLANTED])
        connection.commit()
        open_places = {leak.path.name for leak in find(PLANTED, tmp_path).leaks}
    closed = find(PLANTED, tmp_path)

    assert "store.sqlite-wal" in open_places
    assert [str(leak) for leak in closed.leaks] == [
        f"{path}: table kept, column text, row 1, bytes (as it is)"
    ]
    assert closed.unread == ()


def find(secret: str, *paths: Path, **options: Any) -> ScanReport:  # noqa: ANN401
    return scan_for(Secret(secret), paths, **options)


def test_ipythons_own_history_is_searched(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "IPython", "--no-banner", "--colors=nocolor"]
    subprocess.run(
        [*command, f"--ipython-dir={tmp_path}", "--HistoryManager.enabled=True"],
        input=f"x = '{PLANTED}'\nprint(1)\n",
        text=True,
        capture_output=True,
        check=True,
        timeout=60,
    )

    places = {leak.place for leak in find(PLANTED, tmp_path).leaks}

    assert any(place.startswith("table history, column source") for place in places)


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


def test_a_secret_typed_like_words_is_found_where_the_line_speaks_of_it(
    tmp_path: Path,
) -> None:
    for number, line in enumerate(
        (f"Password (secret)  {PLANTED}", f'{{"Secret": "{PLANTED}"}}')
    ):
        notebook = make_notebook(outputs=[make_stream(line)])
        (tmp_path / f"{number}.ipynb").write_text(
            json.dumps(notebook), encoding="utf-8"
        )

    assert len(scan_unknown([tmp_path]).leaks) == 2


def test_notebooks_in_archives_are_looked_into(tmp_path: Path) -> None:
    notebook = json.dumps(make_notebook(outputs=[make_stream(DRAWN)])).encode()
    (tmp_path / "sent.zip").write_bytes(pack_zip("work/left.ipynb", notebook))

    places = [leak.place for leak in scan_unknown([tmp_path]).leaks]

    assert places == ["member work/left.ipynb, cell 2, output 1"]


HARMLESS = (
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "3F2504E0-4F89-11D3-9A0C-0305E82C3301",
    "IPY_MODEL_0123456789abcdef0123456789ABCDEF",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    'W/"47DEQpj8HBSa+/TImW"',
    "00:1B:44:11:3A:B7",
    "k3x9q2m7w4v8t1z@example.com",
    "first.Last2@mail.example.com",
    "https://example.com/Page1?Query=Aa1-Bb2&x=Zz9",
    "application/vnd.jupyter.widget-state+json",
    "@jupyter-widgets/controls",
    "/home/Sample1/Work-Folder/File_2.ipynb",
    "C:\\Users\\Sample1\\Work-Folder",
    "../Exports-2026/Active.Users.csv",
    "Sample-MSP-Export2.csv",
    "apiuser-0.1.0-py3-none-any.whl",
    "2026-11-24T10:00:00.000Z",
    "2026-11-24T10:00:00+01:00",
    "matplotlib.lines.Line2D",
    "sklearn.svm.LinearSVC2",
    "<apiuser.exports.ResourceTable at 0x7F3c2B1a9d40>",
    "DataFrame(rows=1000,columns=12)",
    "IntSlider(value=7,max=100)",
    "Python-3.11.7",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0",
    "SAMPLE0TRACKING0IDENTIFIER0",
    "k3x9q2m7w4v8t1z",
    "[####------]  40%",
    "1,234,567.89 EUR",
    f"data:image/png;base64,{PICTURE}",
    PICTURE,
    "\n".join(PICTURE[i : i + 76] for i in range(0, len(PICTURE), 76)),
    b"\x00\xff\x10Ab9-x".hex(),
    repr(bytes(range(120, 180))),
)


@pytest.mark.parametrize("text", HARMLESS, ids=range(len(HARMLESS)))
def test_ids_digests_and_pictures_are_no_alarm(text: str, tmp_path: Path) -> None:
    outputs = [
        make_stream(f"{text}\n"),
        make_output(text__plain=repr(text), text__html=f"<p>{html.escape(text)}</p>"),
        make_output(image__png=text),
    ]
    widgets = add_widgets(
        ipywidgets.Text(value=text, description="A text"),
        ipywidgets.HTML(value=f"<code title='{html.escape(text)}'>x</code>"),
        ipywidgets.Image(value=base64.b64decode(PICTURE), format="png"),
    )
    notebook = make_notebook(outputs=outputs) | {"metadata": widgets["metadata"]}
    path = tmp_path / "clean.ipynb"
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")

    assert scan_unknown([path]).leaks == ()


def test_the_state_of_every_stock_widget_is_no_alarm(tmp_path: Path) -> None:
    for kind in vars(ipywidgets).values():
        if isinstance(kind, type) and issubclass(kind, ipywidgets.DOMWidget):
            try:
                widget = kind()
            except (TypeError, ValueError, TraitError):
                continue  # a base class, or one that wants values
            path = tmp_path / f"{kind.__name__}.ipynb"
            path.write_text(json.dumps(add_widgets(widget)), encoding="utf-8")

    report = scan_unknown([tmp_path])

    assert report.files > 30
    assert report.leaks == ()


def test_the_projects_own_notebooks_are_clean() -> None:
    report = scan_unknown([ROOT / "notebooks", ROOT / "docs"])

    assert report.leaks == ()
    assert report.unread == ()


def test_nearly_every_generated_secret_is_recognised(tmp_path: Path) -> None:
    secrets = [generate_secret().reveal() for _ in range(2000)]
    printed = make_notebook()
    printed["cells"] = [
        printed["cells"][0] | {"outputs": [make_stream(secret)]} for secret in secrets
    ]
    kind = "application/vnd.jupyter.widget-state+json"
    state = {str(n): {"state": {"value": s}} for n, s in enumerate(secrets)}
    saved = make_notebook() | {"metadata": {"widgets": {kind: {"state": state}}}}
    for name, notebook in (("printed", printed), ("saved", saved)):
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")

    found = [leak.path.stem for leak in scan_unknown([tmp_path]).leaks]

    assert found.count("saved") >= 1998
    assert found.count("printed") >= 1940


@pytest.mark.parametrize("alphabet", ["copy-safe", "full"])
@pytest.mark.parametrize("form", FORMS)
def test_a_printed_paste_form_is_recognised(form: str, alphabet: str) -> None:
    username = Username("sample1key", "example.com")
    judged = recognised = 0
    while judged < 1000:
        secret = generate_secret(alphabet=alphabet)
        entry = Entry(title="Sample", username=username, secret=secret)
        try:
            text = make_paste(entry, form).reveal()
        except InputError:
            continue  # the form does not carry this one
        judged += 1
        recognised += holds_secret(text)

    assert recognised >= 990


def test_the_secret_in_a_name_is_a_find_and_not_repeated(tmp_path: Path) -> None:
    (tmp_path / f"{PLANTED}.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "a.zip").write_bytes(pack_zip(f"{PLANTED}/b.txt", TEXT))

    report = find(PLANTED, tmp_path)

    assert len(report.leaks) == 2
    assert {leak.place for leak in report.leaks} == {
        "name of the file",
        "(a name that holds the secret)",
    }
    assert PLANTED not in str(report)
    assert PLANTED not in "".join(map(str, report.leaks))


def test_what_cannot_be_looked_into_is_listed(tmp_path: Path) -> None:
    whole = pack_zip("a.txt", b"nothing here, again and again " * 20)
    deep = TEXT
    for _ in range(DEEPEST + 1):
        deep = gzip.compress(deep)
    locked = bytearray(pack_zip("locked.txt", b"x"))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        offset = 6 if mark == b"PK\x03\x04" else 8
        locked[locked.rindex(mark) + offset] |= 1
    (tmp_path / "cut.zip").write_bytes(whole[:-40])
    (tmp_path / "cut.gz").write_bytes(gzip.compress(TEXT * 100)[:-12])
    (tmp_path / "deep.gz").write_bytes(deep)
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    (tmp_path / "store.sqlite").write_bytes(pack_store(TEXT)[:5000])
    (tmp_path / "odd.tar").write_bytes(pack_tar("a", b"x" * 2000)[:1500])

    report = find(SECRETS[3], tmp_path, tmp_path / "missing")

    reasons = {part.path.name: str(part) for part in report.unread}
    assert reasons.keys() == {
        "cut.zip",
        "cut.gz",
        "deep.gz",
        "locked.zip",
        "store.sqlite",
        "odd.tar",
        "missing",
    }
    assert "more than 6 archives deep" in reasons["deep.gz"]
    assert "member locked.txt" in reasons["locked.zip"]
    assert "does not exist" in reasons["missing"]
    assert report.leaks == ()


def test_a_store_with_a_torn_table_is_listed(tmp_path: Path) -> None:
    torn = bytearray(pack_store(TEXT))
    torn[4096:4200] = b"\xff" * 104
    headless = bytearray(pack_store(TEXT))
    headless[100:200] = b"\xff" * 100
    (tmp_path / "torn.sqlite").write_bytes(bytes(torn))
    (tmp_path / "headless.sqlite").write_bytes(bytes(headless))

    report = find(SECRETS[3], tmp_path)

    reasons = {part.path.name: str(part) for part in report.unread}
    assert 'table odd " name: cannot be read' in reasons["torn.sqlite"]
    assert "is a damaged store" in reasons["headless.sqlite"]


def test_a_damaged_stream_is_searched_up_to_the_damage(tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(TEXT * 100)[:-12])

    report = find(PLANTED, tmp_path)

    assert [leak.place for leak in report.leaks] == ["unpacked gzip, bytes"]
    assert len(report.unread) == 1


def test_a_file_above_the_limit_is_searched_as_bytes_and_listed(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(b"x" * 3_000_000 + TEXT)
    (tmp_path / "clean.bin").write_bytes(b"x" * 3_000_000)

    report = find(PLANTED, tmp_path, limit=1024 * 1024)

    assert [str(leak) for leak in report.leaks] == [
        f"{tmp_path / 'large.bin'}: bytes (as it is)"
    ]
    assert [part.path.name for part in report.unread] == ["clean.bin"]
    assert "larger than 1 MiB" in report.unread[0].reason


@pytest.mark.parametrize("before", [1, len(PLANTED) - 1])
def test_a_secret_across_two_chunks_is_found(before: int, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.seek(16 * 1024 * 1024 - before)  # what is read at once
        file.write(PLANTED.encode())

    leaks = find(PLANTED, path, limit=1024 * 1024).leaks

    assert [leak.place for leak in leaks] == ["bytes"]


def test_a_packed_flood_is_not_unpacked_beyond_the_limit(tmp_path: Path) -> None:
    (tmp_path / "flood.gz").write_bytes(gzip.compress(b"\x00" * 8_000_000))
    (tmp_path / "flood.zlib").write_bytes(zlib.compress(b"\x00" * 8_000_000))

    report = find(PLANTED, tmp_path, limit=1024 * 1024)

    assert [part.path.name for part in report.unread] == ["flood.gz", "flood.zlib"]
    assert all("raise --limit" in part.reason for part in report.unread)


def test_links_are_counted_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    (kept / "deep").mkdir(parents=True)
    (kept / "deep" / "left.txt").write_bytes(TEXT)
    looked = tmp_path / "looked"
    looked.mkdir()
    (looked / "folder").symlink_to(kept)
    (looked / "file").symlink_to(kept / "deep" / "left.txt")

    report = find(PLANTED, looked)

    assert (report.files, report.skipped) == (0, 2)
    assert report.leaks == ()

    told = subprocess.run(
        [sys.executable, "-m", "apiuser", "scan", str(looked)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0
    assert "Links, pipes and devices passed over in folders: 2." in told.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_and_a_link_to_itself_that_are_named_are_listed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")

    report = scan_unknown([tmp_path / "pipe", tmp_path / "loop"])

    assert [(part.path.name, part.reason) for part in report.unread] == [
        ("pipe", "is a pipe or device, which is not searched"),
        ("loop", "does not exist"),
    ]
    assert (report.files, report.skipped) == (0, 0)


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
    "cut off": (LEFT[:-20].encode(), "no whole JSON"),
    "a conflict": (
        LEFT.replace(' "metadata"', '<<<<<<< HEAD\n "metadata"').encode(),
        "no whole JSON, see line",
    ),
    "too deep": (
        LEFT.replace('"id": "a1"', f'"id": {"[" * 5000}{"]" * 5000}').encode(),
        "nested too deeply",
    ),
    "a long number": (LEFT.replace(": 5", ": " + "5" * 5000).encode(), "too long"),
    "no cells": (b'{"nbformat": 4}', "holds no cells"),
    "a list": (b"[1]", "holds no cells"),
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
        assert part.reason.startswith("could not be looked into: ")
        assert reason in part.reason
        assert DRAWN not in str(part)


def test_an_empty_notebook_holds_nothing_to_look_into(tmp_path: Path) -> None:
    (tmp_path / "empty.ipynb").write_bytes(b"")
    (tmp_path / "blank.ipynb").write_bytes(b"\n")

    assert scan_unknown([tmp_path]).unread == ()


OPENED = ("<!--", "<script ", "<style>", "<a ", "</", "value='", "\x1b[3", "<")


@pytest.mark.parametrize("opened", OPENED)
def test_markup_that_never_ends_takes_no_time(opened: str) -> None:
    text = f"</b>{opened * (400_000 // len(opened))}\n> {DRAWN}"

    started = process_time()
    assert holds_secret(text)

    # Looking for each end to the end of the text took a minute and more.
    assert process_time() - started < 10


@given(
    st.lists(
        st.sampled_from(
            ["<script", "</script>", "<style>", "</style>", "<!--", "-->", *"<> x/\n"]
        ),
        max_size=20,
    ).map("".join)
)
def test_markup_is_what_one_pattern_says_it_is(text: str) -> None:
    pattern = r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->|</?[a-zA-Z][^<>]*>"

    assert drop_markup(text) == re.sub(pattern, " ", text)


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
