"""Huge inputs are refused, or read, while little of them is in the memory.

The full sizes are measured by `python -m tests.measure_limits`; here the inputs and the
limit of a cell are a fiftieth of them.
"""

import sys
from pathlib import Path

import pytest

from tests.measure_limits import INPUTS, MEGABYTE, find_ending, measure

SCALE = 1 / 50
REFUSED = {
    "line of 1 GB": "the record holds more than",
    "header of 1 GB": "no header ends within the first",
    "line of 100 MB of empty fields": "the record holds more than",
    "line of 100 MB of empty fields in quotes": "the record holds more than",
    "quotation mark of 235 MB without end": "a quotation mark is opened, not closed",
    "marks of 235 MB, all doubled": "a quotation mark is opened, not closed",
    "2 GiB of zeros": "no header ends within the first",
    "2 GiB of zeros behind a header": "the record holds more than",
    "2 GB of records of another width": "no record is as wide as the header",
    "2 GB of blank lines": "read: 1 records",
    "workbook with a cell of 900 MB": "a cell holds more than",
    "workbook with a cell of 400 MB": "a cell holds more than",
    "workbook with a shared text of 400 MB": "a cell holds more than",
    "workbook with a tag of 400 MB": "a tag is longer than any",
    "workbook with a remark of 400 MB": "a tag is longer than any",
    "workbook with 400 MB of open tags": "nested too deeply",
    "workbook with 400 MB of blanks": "a cell holds more than",
    "workbook with 3 GB of blanks": "a cell holds more than",
}


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
@pytest.mark.parametrize("name", INPUTS)
def test_a_huge_input_is_refused_without_being_in_the_memory(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / f"export{find_ending(name)}"
    INPUTS[name](path, SCALE)

    found = measure(path, max_cell=round(MEGABYTE * SCALE))

    assert REFUSED[name] in found.said
    assert found.mebibytes < 60


def test_an_option_lets_through_what_a_limit_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    INPUTS["quotation mark of 235 MB without end"](path, SCALE)
    with path.open("ab") as file:
        file.write(b'",x\n')

    assert "raise" in measure(path, max_cell=100).said.lower()
    assert measure(path, max_cell=10 * MEGABYTE).said.startswith("read: 1 records")
