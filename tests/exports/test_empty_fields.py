"""Sixty megabytes of fields that hold nothing are read within five seconds."""

import time
from pathlib import Path

import pytest

from apiuser.exports import read_resources
from apiuser.exports.read_options import HUGE

SIZE = 60_000_000
HEADER = "Username,ID,a,b,c\n"
ROWS = "".join(f"name{at},{at},x,y,z\n" for at in range(2_000))
QUOTED = '"",""' + ',""' * 3


@pytest.mark.parametrize(
    ("begin", "line"),
    [
        ("", ",,,,\n"),
        ("", "\n"),
        ("", f"{QUOTED}\n"),
        ("", f",,,,\r\n{QUOTED}\r\n,,,\r\n"),
        (ROWS, ",,,,\n"),
        (ROWS, "\n"),
        (ROWS, f"{QUOTED}\r\n"),
    ],
    ids=[
        *("fields", "lines", "marks", "both"),
        *("fields late", "lines late", "marks late"),
    ],
)
def test_sixty_megabytes_of_nothing_are_skipped_and_counted(
    tmp_path: Path, begin: str, line: str
) -> None:
    path = tmp_path / "export.csv"
    times = SIZE // len(line)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + begin)
        for _ in range(times // 1_000):
            file.write(line * 1_000)
    begun = time.process_time()

    table = read_resources(path, narrow_from=HUGE)

    assert time.process_time() - begun < 5  # the promise
    lines = line.count("\n") * (times // 1_000) * 1_000
    assert table.records == begin.count("\n")
    assert table.notices[-1].endswith(f": {lines:,} blank lines skipped.")
    assert table.unreadable == ()
