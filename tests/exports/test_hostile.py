"""Hostile inputs get what the page in the guide says, and finds stay found."""

import sys
from pathlib import Path

import pytest

from apiuser.errors import ApiuserError
from apiuser.exports import read_resources
from tests.make_hostile_table import FINDS, INPUTS, PAGE, WORKBOOKS, render

EVERYTHING = [
    *((name, content, ".csv") for name, content in INPUTS.items()),
    *((name, content, ".xlsx") for name, content in WORKBOOKS.items()),
    *((path.name, path.read_bytes(), path.suffix) for path in FINDS.glob("*.[cx]*")),
]


@pytest.mark.skipif(sys.platform != "linux", reason="the page was written on Linux")
def test_the_page_says_what_each_input_gets() -> None:
    assert render() == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "ending"),
    [(content, ending) for _, content, ending in EVERYTHING],
    ids=[name for name, _, _ in EVERYTHING],
)
def test_an_input_is_read_or_refused_in_one_line(
    tmp_path: Path, content: bytes, ending: str
) -> None:
    path = tmp_path / f"export{ending}"
    path.write_bytes(content)

    try:
        table = read_resources(path)
    except ApiuserError as error:
        assert str(path) in str(error)  # noqa: PT017  # both ways are right
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert table.records == len(table.usernames)
