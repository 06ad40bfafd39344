"""Write docs/hostile.md, what each hostile input gets: `python -m tests.make_hostile_table`.

Inputs that the fuzzer found stand in tests/data/hostile and are rows of the table too.
"""

import contextlib
import gzip
import io
import json
import os
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from apiuser.cli import main
from apiuser.errors import escape_invisible

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "hostile.md"
FINDS = Path(__file__).parent / "data" / "hostile"
_HEADER = "ID,Username,Status\n"
_LONGEST = 230
_NOBODY = 65534


def _zip(name: str, *, sheet: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "<x/>")
        if sheet:
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return buffer.getvalue()


def _text(body: str, *, header: str = _HEADER) -> bytes:
    return (header + body).encode()


INPUTS: Mapping[str, bytes] = {
    "UTF-8 without a mark": _text("1,zoë1,Active\n"),
    "UTF-8 with BOM": b"\xef\xbb\xbf" + _text("1,a1,Active\n"),
    "UTF-16 with BOM, tabs": "ID\tUsername\n1\ta1\n".encode("utf-16"),
    "UTF-32 with BOM": _text("1,a1,x\n").decode().encode("utf-32"),
    "UTF-16 without a mark": _text("1,a1,x\n").decode().encode("utf-16-le"),
    "not UTF-8": _text("1,") + b"caf\xe9,x\n",
    "text encoded twice": _text("1,zo\u00c3\u00ab1,x\n"),
    "semicolons": b"ID;Username\n1;a1\n",
    "a line sep=|": b"sep=|\nID|Username\n1|a1\n",
    "a line sep=€": "sep=€\nID€Username\n1€a1\n".encode(),
    "a line sep= and nothing": b"sep=\nID;Username\n1;a1\n",
    "a line sep=;;": b"sep=;;\nID;Username\n1;a1\n",
    "a byte order mark after a line sep=;": "sep=;\n\ufeffID;Username\n1;a1\n".encode(),
    "a byte order mark before the first record": "Username,ID\n\ufeffa1,1\n".encode(),
    "one header over records of three fields": b"Username\na1;b;c\nb1;b;c\n",
    "one header and a name with a semicolon": b"Username\na1\nb;1\nc1\n",
    "a header that two delimiters fit": b"Username,x;Username\na,b;c\n",
    "a header that one of two delimiters fits": b"Username;Username,ID\na;b,c\n",
    "a short and a long record": _text("1\n2,a1,x\n3,b1,x,more\n"),
    "a NUL in a username": _text("1,a\0b1,x\n"),
    "a character that turns the direction": _text("1,\u202eabc1,x\n"),
    "a line end in quotes": _text('1,"a\n1",x\n2,b1,x\n'),
    "only CR ends lines": b"ID,Username\r1,a1\r2,b1\r",
    "a vertical tab and U+2028 in names": _text("1,a\x0b1,x\n2,b\u20281,x\n"),
    "an unclosed quotation mark": _text('1,"a1,x\n2,b1,x\n'),
    "text after a closing mark": _text('1,"a"1,x\n'),
    "a backslash before a mark": _text('1,"a\\"1",x\n'),
    "nothing at all": b"",
    "a byte order mark alone": b"\xef\xbb\xbf",
    "blanks alone": b" \n\t\n",
    "a header alone": _text(""),
    "no username column": b"ID,Name\n1,a1\n",
    "two username columns": b"Username,Login\na1,b1\n",
    "the same header twice": b"Username,ID,Username\na1,1,b1\n",
    "a translated header": b"ID;Benutzername\n1;a1\n",
    "title lines above the header": _text(
        "1,a1,x\n", header=f"Sample MSP\n\n{_HEADER}"
    ),
    "comment lines at the start": _text(
        "1,a1,x\n", header=f"# Sample MSP\n# active\n{_HEADER}"
    ),
    "a footer": _text("1,a1,x\nTotal: 1\n"),
    "a cell of 2,000,000 characters": _text(f"1,{'a' * 2_000_000},x\n"),
    "3,000 columns": ("Username" + ",x" * 3_000 + "\n").encode(),
    "a zip archive": _zip("a.txt"),
    "a workbook named .csv": _zip("xl/workbook.xml"),
    "a gzip archive": gzip.compress(b"x", mtime=0),
    "an HTML page": b"<!doctype html><table>",
    "JSON": b'[{"Username": "a1"}]',
    "JSON in UTF-16": '[{"Username": "zoë1"}]'.encode("utf-16"),
    "JSON that breaks off": b'{"items": [{"userName": "a1"}, {"user',
    "JSON that names no username": b'{"errors": ["IntegrationCode is invalid."]}',
    "JSON with a name twice": b'[{"userName": "a1", "userName": "b1"}, {"userName": "c1"}]',
    "JSON with NaN": b'[{"userName": "a1"}, {"userName": NaN}]',
    "JSON with half a character": b'[{"userName": "a1"}, {"userName": "\\ud83d"}]',
    "JSON with an ID of 5,000 digits": b'[{"userName": "a1", "id": %s}]'
    % (b"9" * 5_000),
    "JSON nested 100,000 times": b'{"items": %s' % (b"[" * 100_000),
    "JSON with a text of 5,000,000 characters": b'[{"userName": "%s'
    % (b"a" * 5_000_000),
    "JSON lines, one broken": b'{"userName": "a1"}\n{"userName":\n{"userName": "b1"}\n',
    "a PDF document": b"%PDF-1.7\n",
    "a PNG image": b"\x89PNG\r\n\x1a\n",
    "numbers, NA and TRUE as names": _text("1,007,x\n2,1e5,x\n3,NA,x\n4,TRUE,x\n"),
    "formulas as names": _text("1,=1+1,x\n2,@a1,x\n"),
    "quotation marks without end": _text('"' * 9_999),
    "exactly 5,000 rows": _text("".join(f"{at},a{at},x\n" for at in range(5_000))),
    "100,000 commas": _text("," * 100_000 + "\n"),
}
"""Each input by what it is."""
WORKBOOKS: Mapping[str, bytes] = {
    "a workbook without content": _zip("xl/workbook.xml"),
    "a workbook cut in half": _zip("xl/workbook.xml")[:40] + b"xl/workbook.xml",
    "a workbook with cells 17 billion cells apart": _zip(
        "xl/workbook.xml",
        sheet='<sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData>',
    ),
    "a workbook with a cell beyond the last": _zip(
        "xl/workbook.xml",
        sheet='<sheetData><row r="200000"><c r="CRPXNM200000"/></row></sheetData>',
    ),
    "a workbook with a row that comes twice": _zip(
        "xl/workbook.xml", sheet='<sheetData><row r="2"/><row r="2"/></sheetData>'
    ),
}
"""Inputs named .xlsx."""
ENCODINGS = ("utf-7", "unicode_escape", "punycode", "hz", "rot13", "base64", "klingon")
"""What is no encoding of exports, though Python knows most of it."""


def render() -> str:
    """Return the page: each input, the exit code, and what is said of it."""
    lines = [
        "# Hostile inputs",
        "",
        "What `apiuser audit FILE` says about files that people call an export.",
        "This page is written by `python -m tests.make_hostile_table` and checked by the tests.",
        "",
        "| input | exit code | records | unreadable | what is said |",
        "| --- | --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, code, value, said in _answer_all():
            records, unreadable = ("", "") if value is None else value
            cells = (name, str(code), records, unreadable, said)
            lines.append(f"| {' | '.join(map(_mark, cells))} |")
    return "\n".join(lines) + "\n"


def _answer_all() -> Iterator[tuple[str, int, tuple[str, str] | None, str]]:
    for name, content in INPUTS.items():
        Path("export.csv").write_bytes(content)
        yield name, *_answer("export.csv")
    for name, content in WORKBOOKS.items():
        Path("export.xlsx").write_bytes(content)
        yield name, *_answer("export.xlsx")
    for path in sorted(FINDS.glob("*.[cx]*")):
        Path(f"find{path.suffix}").write_bytes(path.read_bytes())
        yield f"found by the fuzzer: {path.name}", *_answer(f"find{path.suffix}")
    Path("export.csv").write_bytes(_text("1,a1,Active\n"))
    for name in ENCODINGS:
        yield f"--encoding {name}", *_answer("export.csv", "--encoding", name)
    Path("names.txt").write_bytes(b"\n")
    yield (
        "a list of proposed names without a name",
        *_answer("export.csv", "--proposed", "names.txt"),
    )
    os.truncate("export.csv", 6 << 30)  # takes no room on the disk
    yield "6 GiB of nothing", *_answer("export.csv")
    Path("export.xlsx").write_bytes(_zip("xl/workbook.xml", sheet=" " * 2_000_000))
    yield (
        "a workbook that unpacks to 2 MB, with --max-unpacked 1000000",
        *_answer("export.xlsx", "--max-unpacked", "1000000"),
    )
    yield "a path that is not there", *_answer("gone.csv")
    Path("folder.csv").mkdir()
    yield "a folder", *_answer("folder.csv")
    Path("link.csv").symlink_to("gone.csv")
    yield "a dangling link", *_answer("link.csv")
    Path("shut.csv").write_bytes(_text("1,a1,x\n"))
    with _shut("shut.csv"):
        yield "a file without permission", *_answer("shut.csv")
    with _changing("changing.csv"):
        yield "a file that grows while it is read", *_answer("changing.csv")
    os.mkfifo("pipe.csv")
    yield "a pipe", *_answer("pipe.csv")


@contextlib.contextmanager
def _shut(path: str) -> Iterator[None]:
    """Take the permission to read a file, and from root the power to do without."""
    Path(path).chmod(0)
    Path().chmod(0o755)  # the working folder, for whom root becomes
    root = os.geteuid() == 0
    if root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@contextlib.contextmanager
def _changing(path: str) -> Iterator[None]:
    """Add blank lines to a large file until the block ends."""
    Path(path).write_bytes(_text("1,a1,x\n") + b"\n" * 100_000_000)
    done, begun = threading.Event(), threading.Event()

    def write() -> None:
        with Path(path).open("ab", buffering=0) as file:
            while not done.is_set():
                file.write(b"\n")
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        yield
    finally:
        done.set()
        writer.join()


def _answer(*words: str) -> tuple[int, tuple[str, str] | None, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["audit", "--json", *words])
    if not out.getvalue():
        return code, None, err.getvalue().removeprefix("apiuser: ").strip()
    value = json.loads(out.getvalue())
    (file,) = value["files"]
    with contextlib.redirect_stdout(out):
        out.seek(0)
        out.truncate()
        main(["audit", *words])
    notes = [
        line.removeprefix("Note: ")
        for line in out.getvalue().splitlines()
        if line.startswith(("Note: ", "  line"))
    ]
    # What the number of records says; the other gaps are in nearly every input.
    notes += [f["message"] for f in value["findings"] if f["code"] == "AUD001"]
    said = " ".join([file["encoding"] + ".", *map(str.strip, notes)])
    return code, (str(file["records"]), str(len(file["unreadable"]))), said


def _mark(text: str) -> str:
    """Keep what Markdown would take for marks, and no more than a reader takes in."""
    text = escape_invisible(text.replace("\n", " "))
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return "".join(
        f"\\{c}" if c in "\\`*_[]|#" else c for c in escape(text, quote=False)
    )


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} is written.\n")
