"""A table of resources: its names and what is known of each, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from apiuser.credentials.credential import Username
from apiuser.exports.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

Codes = npt.NDArray[np.int8]


class Status(IntEnum):
    """Whether a resource is active; 0 where the export does not say."""

    UNKNOWN = 0
    ACTIVE = 1
    INACTIVE = 2


class UserKind(IntEnum):
    """What kind of user a resource is; 0 where the export does not say."""

    UNKNOWN = 0
    API_USER = 1
    CO_MANAGED = 2
    OTHER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A record that could not be read, and why.

    Attributes:
        line: The line it begins in, from 1.
        record: Its number among all records, from 1.
        reason: What is wrong with it.
    """

    line: int
    record: int
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class ResourceTable:
    """What was read from one export.

    Attributes:
        path: The file.
        encoding: The encoding found or given.
        delimiter: The character between two fields.
        headers: The headers as read.
        username_column: The header of the username column.
        columns: Arrow columns by role, all but the username in one part or several:
            `username` and, where the export has them,
            `resource_id`, `status`, `license_type`, `security_level`, `locked`,
            `integration`, `email`; texts as read.
        texts: The usernames as bytes and offsets.
        lines: The line in which each record begins.
        numbers: The number of each record, those unreadable counted.
        unreadable: The records that could not be read.
        notices: What was noticed while reading, as sentences.
        unread_sheets: The other sheets of a workbook that hold anything.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    username_column: str
    columns: Mapping[str, Any] = field(repr=False)
    texts: Texts = field(repr=False)
    lines: npt.NDArray[np.int64] = field(repr=False)
    numbers: npt.NDArray[np.int64] = field(repr=False)
    statuses: Codes = field(repr=False)
    kinds: Codes = field(repr=False)
    unreadable: tuple[Unreadable, ...] = ()
    notices: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()

    @property
    def records(self) -> int:
        """How many records were read."""
        return len(self.lines)

    @property
    def usernames(self) -> Any:  # noqa: ANN401  # Arrow has no types
        """The usernames as read, as an Arrow array."""
        return self.columns["username"]

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """The records as a pandas frame; all text, nothing inferred.

        It has `username` (as read), `suffix` (missing where there is none),
        `status` (active, inactive or blank), `kind`, the further columns of the
        export that are known, and `file`, `line`, `record`.
        """
        import pandas as pd  # noqa: PLC0415  # late: most commands do without

        texts = {
            role: pd.Series(_as_text(values), dtype="str")
            for role, values in self.columns.items()
            if role != "status"
        }
        usernames = texts.pop("username")
        suffixes = [Username.parse(name).suffix for name in usernames]
        return pd.DataFrame(
            {
                "username": usernames,
                "suffix": pd.Series(suffixes, dtype="str"),
                "status": pd.Series(_name_codes(self.statuses, Status), dtype="str"),
                "kind": pd.Series(_name_codes(self.kinds, UserKind), dtype="str"),
                **texts,
                "file": pd.Series([str(self.path)] * self.records, dtype="str"),
                "line": self.lines,
                "record": self.numbers,
            }
        )


def _as_text(values: Any) -> list[str]:  # noqa: ANN401  # Arrow has no types
    texts: list[str] = values.to_pylist()
    return texts


def _name_codes(codes: Codes, names: type[IntEnum]) -> list[str]:
    words = [
        "" if not name else name.name.lower().replace("_", " ")
        for name in sorted(names, key=int)
    ]
    return [words[code] for code in codes.tolist()]
