"""What the tests of the reader do with an export."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, ResourceTable, read_resources

Export = Callable[..., Path]
HEADER = "ID,Username,Status\n"


def names(table: ResourceTable) -> list[str]:
    return list(table.usernames)


def refusal(path: Path, **options: Any) -> str:  # noqa: ANN401  # any of them
    with pytest.raises(SourceError) as caught:
        read_resources(path, ReadOptions(**options))
    return str(caught.value)
