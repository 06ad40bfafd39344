"""Copies of a canary in every encoding a file may hold it in, to prove a search."""

import base64
import gzip
import json
import sqlite3
import zipfile
from contextlib import closing
from html import escape
from pathlib import Path
from urllib.parse import quote

ENCODINGS = (
    "as it is, JSON, HTML, URL, base64 at three alignments, hex, UTF-16, "
    "and inside gzip, zip and SQLite"
)


def plant_copies(folder: Path, text: str) -> list[Path]:
    """Write a file for each encoding."""
    folder.mkdir(exist_ok=True)
    around = f"before {text} after"
    plain = {
        "raw.txt": around.encode(),
        "value.json": json.dumps({"value": around}).encode(),
        "page.html": f"<p>{escape(around)}</p>".encode(),
        "query.txt": f"?value={quote(text, safe='')}&more=1".encode(),
        "hex.txt": around.encode().hex().encode(),
        "utf-16.txt": around.encode("utf-16"),
        **{
            f"base64-{shift}.txt": base64.b64encode(b"." * shift + around.encode())
            for shift in range(3)
        },
        "packed.gz": gzip.compress(around.encode()),
    }
    for name, data in plain.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", around)
    with closing(sqlite3.connect(folder / "store.sqlite")) as store:
        store.execute("CREATE TABLE kept (value TEXT)")
        store.execute("INSERT INTO kept VALUES (?)", [around])
        store.commit()
    return [
        *(folder / name for name in plain),
        folder / "packed.zip",
        folder / "store.sqlite",
    ]
