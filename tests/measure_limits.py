"""Measure what huge inputs take until they are refused: `python -m tests.measure_limits`.

It runs on Linux, which says how much memory a process had.

Each is made in a folder that is deleted again, of 5 GB at most, and read by a process
of its own; the table shows seconds, MiB and what is said.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000
_READ = """
import sys
from pathlib import Path
from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_resources
try:
    table = read_resources(sys.argv[1], ReadOptions(max_cell=int(sys.argv[2])))
except SourceError as error:
    print(str(error).removeprefix(f"{sys.argv[1]}: "))
else:
    print(f"read: {table.records} records, {len(table.unreadable)} unreadable")
# What the kernel says of a process counts the one that it was before, too.
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""
_SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What reading an input took.

    Attributes:
        seconds: From the start of the process to its end.
        mebibytes: The most memory that it had.
        said: What the reader said.
    """

    seconds: float
    mebibytes: float
    said: str


def measure(path: Path, *, max_cell: int = MEGABYTE) -> Measured:
    """Read a file in a process of its own."""
    begin = time.perf_counter()
    command = [sys.executable, "-c", _READ, str(path), str(max_cell)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    said, kibibytes = run.stdout.splitlines()
    return Measured(
        seconds=time.perf_counter() - begin,
        mebibytes=int(kibibytes) / 1024,
        said=said,
    )


def _fill(
    head: bytes, filling: bytes, size: float, tail: bytes = b""
) -> Callable[[Path, float], None]:
    """Return what writes a file of one text over and over, so many MB long."""

    def write(path: Path, scale: float) -> None:
        block = filling * (MEGABYTE // len(filling))
        with path.open("wb") as file:
            file.write(head)
            for _ in range(max(round(size * scale), 1)):
                file.write(block)
            file.write(tail)

    return write


def _empty(head: bytes, size: int) -> Callable[[Path, float], None]:
    """Return what writes a file of zeros, which takes no room on the disk."""

    def write(path: Path, scale: float) -> None:
        path.write_bytes(head)
        os.truncate(path, int(size * scale))

    return write


def _pack(
    before: str, filling: str, size: float, name: str = _SHEET
) -> Callable[[Path, float], None]:
    """Return what writes a workbook with a part of one text over and over."""

    def write(path: Path, scale: float) -> None:
        block = filling.encode() * (MEGABYTE // len(filling))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            book.writestr("xl/workbook.xml", "<workbook/>")
            with book.open(name, "w", force_zip64=True) as part:
                part.write(before.encode())
                for _ in range(max(round(size * scale), 1)):
                    part.write(block)

    return write


_HEADER = b"ID,Username,Status\n"
_USER = b'[{"userName": "a1"},'
_CELL = '<worksheet><sheetData><row><c t="inlineStr"><is><t>'
INPUTS: Mapping[str, Callable[[Path, float], None]] = {
    "line of 1 GB": _fill(_HEADER, b"a", 1_000),
    "header of 1 GB": _fill(b"", b"a", 1_000),
    "line of 100 MB of empty fields": _fill(_HEADER, b",", 100),
    "line of 100 MB of empty fields in quotes": _fill(_HEADER, b'"",', 100),
    "quotation mark of 235 MB without end": _fill(_HEADER + b'1,"', b"a,b\n", 235),
    "marks of 235 MB, all doubled": _fill(_HEADER + b'1,"', b'""', 235),
    "2 GiB of zeros": _empty(b"", 2 << 30),
    "2 GiB of zeros behind a header": _empty(_HEADER, 2 << 30),
    "2 GB of records of another width": _fill(_HEADER, b"a\n", 2_000),
    "2 GB of records of another width after one": _fill(
        _HEADER + b"1,a1,x\n", b"a\n", 2_000
    ),
    "2 GB of blank lines": _fill(_HEADER + b"1,a1,x\n", b"\n", 2_000),
    "JSON with a text of 1 GB": _fill(b'[{"userName": "', b"a", 1_000),
    "JSON of 1 GB of blanks": _fill(b"[", b" \n", 1_000),
    "JSON of 1 GB of brackets": _fill(b"", b"[", 1_000),
    "JSON of 2 GB of numbers": _fill(b"[", b"1,", 2_000),
    "JSON of 2 GB of empty objects": _fill(b"[", b"{},", 2_000),
    "JSON of 2 GB of empty objects after a resource": _fill(_USER, b"{},", 2_000),
    "JSON of 2 GB of null after a resource": _fill(_USER, b"null,", 2_000),
    "JSON of 2 GB of empty names": _fill(_USER, b'{"userName":""},', 2_000),
    "JSON of 2 GB of lists of other things": _fill(
        b'{"x": [{"userName": "a1"},', b"[],", 2_000
    ),
    "JSON of 2 GB of lines that are no JSON": _fill(
        b'{"userName": "a1"}\n', b"x\n", 2_000
    ),
    "JSON of 1 GB of names in one object": _fill(b"[{", b'"a":1,', 1_000),
    "workbook with a cell of 900 MB": _pack(_CELL, "a", 900),
    "workbook with a cell of 400 MB": _pack(_CELL, "a", 400),
    "workbook with a shared text of 400 MB": _pack(
        "<sst><si><t>", "a", 400, "xl/sharedStrings.xml"
    ),
    "workbook with a tag of 400 MB": _pack('<worksheet a="', "a", 400),
    "workbook with a remark of 400 MB": _pack("<worksheet><!--", "<a>", 400),
    "workbook with 400 MB of open tags": _pack("<worksheet>", "<a>", 400),
    "workbook with 400 MB of blanks": _pack("<worksheet><sheetData>", " ", 400),
    "workbook with 3 GB of blanks": _pack("<worksheet><sheetData>", " ", 3_000),
}
"""What writes each input, by what it is; at a scale of 1 as large as its name says."""


def find_ending(name: str) -> str:
    """Return how the name of an input's file ends."""
    endings = {"workbook": ".xlsx", "JSON": ".json"}
    return endings.get(name.partition(" ")[0], ".csv")


def _measure_all(scale: float, only: str) -> Iterator[tuple[str, Measured]]:
    for name, write in INPUTS.items():
        if only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"export{find_ending(name)}")
            write(path, scale)
            yield name, measure(path)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="", help="inputs whose name holds this")
    options = parser.parse_args()
    print("| input | seconds | MiB | what is said |")  # noqa: T201
    print("| --- | ---: | ---: | --- |")  # noqa: T201
    for name, found in _measure_all(options.scale, options.only):
        cells = (name, f"{found.seconds:.1f}", f"{found.mebibytes:.0f}", found.said)
        print(f"| {' | '.join(cells)} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
