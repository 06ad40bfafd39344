"""Files that come from a window: whole, under a name they may have, or a sentence."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apiuser.errors import AccessError, ApiuserError, InputError
from apiuser.files.file_names import take_name
from apiuser.forms.widgets.arrivals import Arrivals
from apiuser.forms.widgets.scripts import WIDGETS
from tests.handover.handover_tools import find_tool


def send(arrivals: Arrivals, name: str, data: bytes, step: int) -> Path | None:
    arrived = None
    for at in range(0, max(len(data), 1), step):
        event = {"name": name, "size": len(data), "at": at}
        arrived = arrivals.take(event, data[at : at + step])
    return arrived


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    return Arrivals(tmp_path.joinpath, most_bytes=2_000)


@pytest.mark.parametrize("data", [bytes(range(256)) * 5, b""], ids=["some", "none"])
def test_a_file_arrives_whole_under_its_own_name(
    arrivals: Arrivals, data: bytes
) -> None:
    path = send(arrivals, "active users.csv", data, 500)

    assert path is not None
    assert path.name == "active users.csv"
    assert path.read_bytes() == data


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_is_for_its_owner_only(arrivals: Arrivals) -> None:
    path = send(arrivals, "a.csv", b"x", 1)

    assert path is not None
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../outside.csv", "outside.csv"),
        ("C:\\exports\\a.csv", "a.csv"),
        ("..", "export.csv"),
        ("", "export.csv"),
        (" . ", "export.csv"),
        ("a\n<b>.csv", "a__b_.csv"),
        ("a\0\x1b[2J\u202e\ud800.csv", "a__[2J__.csv"),
        (".hidden.csv", "hidden.csv"),
        ("x" * 300, "x" * 120),
        ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"),
        ("\u00e9" * 300 + ".csv", "\u00e9" * 58 + ".csv"),
        ("\U0001f600" * 120, "\U0001f600" * 30),
        ("CON", "_CON"),
        ("nul.csv", "_nul.csv"),
        ("console.csv", "console.csv"),
    ],
)
def test_a_name_is_one_that_a_file_may_have_and_leads_to_no_other_folder(
    given: str, kept: str, tmp_path: Path
) -> None:
    name = take_name(given)
    (tmp_path / name).write_bytes(b"")

    assert name == kept
    assert [path.name for path in tmp_path.iterdir()] == [name]


def refuse(arrivals: Arrivals, part: bytes, **event: object) -> ApiuserError:
    with pytest.raises(ApiuserError) as refusal:
        arrivals.take({"name": "a.csv"} | event, part)
    return refusal.value


def test_a_part_out_of_order_is_refused_in_a_sentence(arrivals: Arrivals) -> None:
    arrivals.take({"name": "a.csv", "size": 9, "at": 0}, b"xx")

    error = refuse(arrivals, b"xxxx", size=9, at=4)

    assert isinstance(error, AccessError)
    assert str(error) == "a.csv: the upload was interrupted. Choose the file again."


def test_more_bytes_than_announced_are_refused_and_nothing_is_left(
    arrivals: Arrivals, tmp_path: Path
) -> None:
    arrivals.take({"name": "a.csv", "size": 3, "at": 0}, b"xx")

    error = refuse(arrivals, b"xx", size=3, at=2)

    assert str(error) == (
        "a.csv: more arrived than the 3 bytes announced. Choose the file again."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_ends_too_soon_is_refused_and_nothing_is_left(
    arrivals: Arrivals, tmp_path: Path
) -> None:
    arrivals.take({"name": "a.csv", "size": 3, "at": 0}, b"xx")

    error = refuse(arrivals, b"", size=3, at=2)

    assert "interrupted" in str(error)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_sent_again_from_its_start_arrives_whole(
    arrivals: Arrivals, tmp_path: Path
) -> None:
    arrivals.take({"name": "a.csv", "size": 9, "at": 0}, b"the old")

    path = send(arrivals, "a.csv", b"new", 2)

    assert path is not None
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_refusal_names_the_file_in_one_line_that_steers_nothing(
    arrivals: Arrivals,
) -> None:
    with pytest.raises(ApiuserError) as refusal:
        arrivals.take({"name": "a\n\u202e.csv" + "x" * 300, "size": 9, "at": 4}, b"x")

    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("size", [2_001, -1, "9", None])
def test_a_file_of_an_impossible_size_is_refused(
    arrivals: Arrivals, size: object
) -> None:
    error = refuse(arrivals, b"", size=size, at=0)

    assert isinstance(error, InputError)
    assert str(error).startswith("The file is too large")


def test_a_folder_that_vanished_midway_is_one_sentence(tmp_path: Path) -> None:
    arrivals = Arrivals((tmp_path / "gone").joinpath, most_bytes=9)

    error = refuse(arrivals, b"x", size=1, at=0)

    assert str(error) == (
        "a.csv: cannot be kept here (No such file or directory). Make its folder again."
    )


READ = """
const { readPart, tellName } = await import(process.argv[1]);
const whole = new File(["12345"], "a.csv");
const claims = (size) => ({ name: "a\\n\\u202e.csv", size, slice: (...ends) => whole.slice(...ends) });
const folder = { name: "folder", size: 4096, slice: () => ({ arrayBuffer: () => Promise.reject(new Error("no")) }) };
const tell = (file, at) =>
  readPart(file, at, 3).then((part) => part.byteLength, (error) => error.message);
console.log(JSON.stringify({
  parts: [await tell(whole, 0), await tell(whole, 3), await tell(new File([], "b.csv"), 0)],
  refused: [await tell(claims(9), 3), await tell(folder, 0)],
  name: tellName({ name: `${"x".repeat(300)}.csv` }),
}));
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """Return what the script of the windows and the page says of some files."""
    script = base64.b64encode((WIDGETS / "reading.js").read_bytes()).decode()
    done = subprocess.run(
        [
            *(find_tool("node"), "--input-type=module", "-e", READ),
            f"data:text/javascript;base64,{script}",
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_window_reads_what_a_file_has(told: dict[str, Any]) -> None:
    assert told["parts"] == [3, 2, 0]


def test_a_window_says_that_a_folder_or_a_file_that_shrank_cannot_be_read(
    told: dict[str, Any],
) -> None:
    said = (
        "could not be read: it is a folder, or it changed meanwhile. "
        "Choose the file again."
    )

    assert told["refused"] == [f"a__.csv {said}", f"folder {said}"]


def test_a_window_shortens_a_long_name(told: dict[str, Any]) -> None:
    assert told["name"] == "x" * 52 + "\u2026" + "xxxx.csv"
