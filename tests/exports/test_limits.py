"""Huge inputs are refused, or read, while little of them is in the memory.

The full sizes are measured by `python -m tests.measure_limits`; here the inputs and the
limit of a cell are a fiftieth of them.
"""

import re
import sys
from pathlib import Path

import pytest

from apiuser.errors import AccessError, SourceError
from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.file_kinds import open_export
from tests.measure_limits import INPUTS, MEGABYTE, find_ending, measure

SCALE = 1 / 50
REFUSED = {
    "line of 1 GB": "the record contains more than",
    "header of 1 GB": "no header ends within the first",
    "line of 100 MB of empty fields": "the record contains more than",
    "line of 100 MB of empty fields in quotes": "the record contains more than",
    "quotation mark of 235 MB without end": "a quotation mark is opened but not closed",
    "marks of 235 MB, all doubled": "a quotation mark is opened but not closed",
    "2 GiB of zeros": "no header ends within the first",
    "2 GiB of zeros behind a header": "the record contains more than",
    "2 GB of records of another width": "no record is as wide as the header",
    "2 GB of records of another width after one": "records up to record",
    "2 GB of blank lines": "read: 1 records",
    "JSON with a text of 1 GB": "a value contains more than",
    "JSON of 1 GB of blanks": "blanks follow one another",
    "JSON of 1 GB of brackets": "nested too deeply",
    "JSON of 2 GB of numbers": "no record can be read",
    "JSON of 2 GB of empty objects": "no object has a username",
    "JSON of 2 GB of empty objects after a resource": "100000 elements up to here have",
    "JSON of 2 GB of null after a resource": "100000 elements up to here have",
    "JSON of 2 GB of empty names": "100000 elements up to here have no username",
    "JSON of 2 GB of lists of other things": "the list under x has 100000 elements",
    "JSON of 2 GB of lines that are no JSON": "100000 elements up to here have",
    "JSON of 1 GB of names in one object": "a value contains more than",
    "workbook with a cell of 900 MB": "a cell contains more than",
    "workbook with a cell of 400 MB": "a cell contains more than",
    "workbook with a shared text of 400 MB": "a cell contains more than",
    "workbook with a tag of 400 MB": "a tag is too long",
    "workbook with a remark of 400 MB": "a tag is too long",
    "workbook with 400 MB of open tags": "nested too deeply",
    "workbook with 400 MB of blanks": "a cell contains more than",
    "workbook with 3 GB of blanks": "a cell contains more than",
}


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.no_cover  # it is read by another process
def test_a_huge_input_is_refused_without_being_in_the_memory(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / f"export{find_ending(name)}"
    INPUTS[name](path, SCALE)

    found = measure(path, max_cell=round(MEGABYTE * SCALE))

    assert REFUSED[name] in found.said
    assert found.mebibytes < 60


def test_too_many_unreadable_records_are_refused_with_the_first_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("ID,Username\n1,a1\n" + '"a"\n' * 150_000)

    with pytest.raises(SourceError) as caught:
        read_resources(path)

    found = re.search(
        "([0-9]+) records up to record ([0-9]+) cannot", str(caught.value)
    )
    assert found
    assert 100_000 <= int(found[1]) == int(found[2]) - 1 < 150_000
    assert "in line 3, has 1 field where the header has 2" in str(caught.value)


def test_an_option_lets_through_what_a_limit_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    INPUTS["quotation mark of 235 MB without end"](path, SCALE)
    with path.open("ab") as file:
        file.write(b'",x\n')

    assert "raise" in measure(path, max_cell=100).said.lower()
    assert measure(path, max_cell=10 * MEGABYTE).said.startswith("read: 1 records")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 300_000, r"no header ends within the first 4000 .*max_cell="),
        (
            "Username,ID\na1,1\n" + "x" * 300_000,
            r"line 3, record 2: the record contains more than 4000 .*max_cell=",
        ),
        (
            'Username,ID\na1,"\n' + "x\n" * 150_000,
            r"line 2, record 1: a quotation mark is opened but not closed .*max_cell=",
        ),
        (
            "Username,ID\n" + '"",' * 100_000,
            r"line 2, record 1: the record contains more than 4000 .*max_cell=",
        ),
        ("Username,ID\n" + "a\n" * 70_000, r"no record is as wide as the header"),
    ],
    ids=["header", "record", "mark", "marks", "short records"],
)
def test_what_does_not_end_is_refused_with_its_line_and_the_option(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text)

    with pytest.raises(SourceError, match=said):
        read_resources(path, ReadOptions(max_cell=1_000))


def test_a_header_after_many_blank_lines_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("\n" * 70_000 + "Username\na1\n")

    with pytest.raises(SourceError, match="there is no username column"):
        read_resources(path)


@pytest.mark.parametrize("size", range((1 << 16) - 30, (1 << 16) + 4))
def test_a_header_far_down_is_found_wherever_the_text_is_split(
    tmp_path: Path, size: int
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"x" * (size - 2) + b"\r\nsep=;\r\nID;Username\r\n1;a1\r\n")

    table = read_resources(path, ReadOptions(skip_lines=1))

    assert (table.usernames, list(table.lines)) == (["a1"], [4])


@pytest.mark.skipif(sys.platform != "linux", reason="a file of Linux")
def test_a_file_that_breaks_off_is_named_with_the_reason() -> None:
    with pytest.raises(AccessError, match=r"/proc/self/mem: cannot be read"):
        read_resources("/proc/self/mem")


def test_running_out_of_memory_is_reported_with_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.csv"
    path.touch()

    with (
        pytest.raises(SourceError, match=r"export\.csv: does not fit into memory"),
        open_export(path, path),
    ):
        raise MemoryError
