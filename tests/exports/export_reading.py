"""What the tests of the reader do with an export."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, ResourceTable, read_resources
from apiuser.exports.cells import clean_texts
from apiuser.exports.changed_names import is_masked

Export = Callable[..., Path]
Reader = Callable[..., ResourceTable]
Test = TypeVar("Test", bound=Callable[..., None])
READERS: list[Reader] = [read_resources, partial(read_resources, narrow_from=0)]
HEADER = "ID,Username,Status\n"


def each_reader(test: Test) -> Test:
    """Run a test with each reader; DuckDB stays open for all tests of a file."""
    read_by = pytest.mark.parametrize("read", READERS, ids=["rows", "DuckDB"])
    kept: Test = pytest.mark.usefixtures("kept_database")(read_by(test))
    return kept


def names(table: ResourceTable) -> list[str]:
    return list(table.usernames)


def refusal(path: Path, **options: Any) -> str:  # noqa: ANN401  # any of them
    with pytest.raises(SourceError) as caught:
        read_resources(path, ReadOptions(**options))
    return str(caught.value)


def read_cases(text: str) -> list[list[str]]:
    """Read the words of each case, with one case a line or commas between them."""
    lines = text.strip().splitlines()
    return [case.split() for line in lines for case in line.split(",")]


def may_be_name(text: str) -> bool:
    """Tell whether a text is none of those for no name, such as None, or a mask."""
    return clean_texts([text], is_name=True) == [text] and not is_masked(text)


def quote(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'
