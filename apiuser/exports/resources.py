"""A table of resources: their names and what is known about each, by column."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from apiuser.credentials.credential import Username
from apiuser.errors import count_noun

if TYPE_CHECKING:
    import pandas as pd


class Status(IntEnum):
    """Whether a resource is active; 0 if the export does not say."""

    UNKNOWN = 0
    ACTIVE = 1
    INACTIVE = 2

    @property
    def word(self) -> str:
        """What it is called in lower-case letters; blank if it is not known."""
        return self.name.lower() if self else ""


HALVES: Mapping[str, Status] = MappingProxyType(
    {half.word: half for half in (Status.ACTIVE, Status.INACTIVE)}
)
"""The halves of a tenant's resources, by their words: a list of Autotask shows one."""


class UserKind(IntEnum):
    """What kind of user a resource is; 0 if the export does not say.

    Attributes:
        word: What programs are told; blank if it is not known.
        spoken: What people are told; blank if it is not known.
        label: What its licences and security levels begin with in `cell_words.txt`.
    """

    word: str
    spoken: str
    label: str

    UNKNOWN = 0
    API_USER = 1, "api user", "API user", "api user"
    CO_MANAGED = 2, "co managed", "co-managing user", "co-managed"
    OTHER = 3, "other", "person", "other"

    def __new__(
        cls, code: int, word: str = "", spoken: str = "", label: str = ""
    ) -> Self:
        """Make a kind from a row of the table above; only the number is its value."""
        kind = int.__new__(cls, code)
        kind._value_ = code
        kind.word, kind.spoken, kind.label = word, spoken, label
        return kind


class Unreadable(NamedTuple):
    """A record that could not be read, and why.

    Attributes:
        line: The line on which it begins, from 1.
        record: Its number among all records, from 1.
        reason: What is wrong with it.
    """

    line: int
    record: int
    reason: str


class Summary(NamedTuple):
    """What all records of an export show, kept or not.

    Attributes:
        statuses: How many records have each status.
        kinds: How many records are of each kind of user.
        nameless: How many have no username, or only blanks before the `@`.
        odd_names: How many usernames may be written differently in Autotask.
        odd_signs: How many signs in usernames may stand for an `@`: U+FF20, U+FE6B.
        footers: How many may be footers, such as lines of totals, unreadable ones
            included.
        ids_number_rows: Whether the resource IDs just number the rows, which says
            nothing about who a resource is.
        parts: How many records there are before, between and after lines where the
            header, sorted IDs or the other state begin, unreadable ones included; empty
            if there are no such lines.
        codes: The short numbers among the resource IDs that occur again, and so may be
            codes of something else.
    """

    statuses: Mapping[Status, int]
    kinds: Mapping[UserKind, int]
    nameless: int
    odd_names: int
    odd_signs: int
    footers: int
    ids_number_rows: bool
    parts: tuple[int, ...] = ()
    codes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResourceTable:
    """What was read from one export.

    The rows kept are all records, or, of a huge export, those that can matter to an
    audit; `records` and `summary` count every record that was read.

    Attributes:
        path: The file.
        encoding: The encoding found or given.
        delimiter: The character between two fields.
        headers: The headers as read.
        username_column: The header of the username column.
        records: How many records were read.
        usernames: The usernames of the rows kept, as read.
        columns: Texts of the rows kept by role, as far as the export has them:
            `resource_id`, `status`, `license_type`, `security_level`, `locked`,
            `integration`, `email`.
        lines: The line in which each row kept begins.
        numbers: The number of each row kept among all records, unreadable ones
            included.
        statuses: The `Status` of each row kept, as a number.
        kinds: The `UserKind` of each row kept, as a number.
        summary: What all records show.
        used: The header of each known column, by role.
        skipped_lines: How many lines are not records, such as dashes and row counts.
        assumed: The status that a person gave if the export says none.
        unreadable: The records that could not be read.
        unread: Their texts, and the usernames that may not be the real ones; None if some
            of these texts are not known.
        notices: What was noticed while reading, as sentences.
        unread_sheets: The other sheets of a workbook that hold anything.
        lacks_pages: Whether an answer of the API names a page that is not in the file;
            None if nothing says so.
        gaps: Where answers of the API do not contain what they claim, with the place.
        doubts: Why columns may not be what they are taken for.
        tenants: The names under each header of tenants.
        rivals: The known columns, by role, that another column contradicts.
        odd_rows: The rows kept whose username may not be the real one; of a huge
            export none are known.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    username_column: str
    records: int
    usernames: Sequence[str] = field(repr=False)
    columns: Mapping[str, Sequence[str]] = field(repr=False)
    lines: Sequence[int] = field(repr=False)
    numbers: Sequence[int] = field(repr=False)
    statuses: Sequence[int] = field(repr=False)
    kinds: Sequence[int] = field(repr=False)
    summary: Summary
    used: Mapping[str, str] = field(default_factory=dict)
    skipped_lines: int = 0
    assumed: Status = Status.UNKNOWN
    unreadable: tuple[Unreadable, ...] = ()
    unread: str | None = field(default="", repr=False)
    notices: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    lacks_pages: bool | None = None
    gaps: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    tenants: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rivals: tuple[str, ...] = ()
    odd_rows: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers of columns that hold nothing that this program knows."""
        used = {*self.used.values(), ""}
        return tuple(name for name in self.headers if not {name, name.strip()} & used)

    @property
    def lacks_status(self) -> bool:
        """Whether no record says if it is active or inactive."""
        return self.summary.statuses.get(Status.UNKNOWN, 0) == self.records > 0

    def name_place(self, row: int) -> str:
        """Name the line of a row, or its record where a line has several, as in JSON."""
        if shares_line(self.lines, row):
            return f"record {self.numbers[row]}"
        return f"line {self.lines[row]}"

    def list_suffixes(self) -> Sequence[str]:
        """Return what follows the first @ in all names, those not kept included."""
        return [name.partition("@")[2] for name in self.usernames]

    def list_unknown_kinds(self, most: int) -> list[tuple[int, int]]:
        """Return the line and number of records that do not say what kind of user it is.

        Args:
            most: How many are wanted, from the first.
        """
        rows = (row for row, kind in enumerate(self.kinds) if not kind)
        return [(self.lines[row], self.numbers[row]) for row in islice(rows, most)]

    def find_unkept(self, forms: Collection[str]) -> list[str]:  # noqa: ARG002
        """Return the names not kept that have one of these look-alike forms."""
        return []

    def find_unkept_addresses(self, wanted: Collection[str]) -> list[str]:  # noqa: ARG002
        """Return the e-mail addresses not kept that may be one of these.

        Args:
            wanted: The addresses, as `fold_compatibility` folds them.

        Raises:
            AccessError: The file has changed since it was read.
        """
        return []

    @property
    def frame(self) -> "pd.DataFrame":
        """The rows kept as a new pandas frame; all text, nothing inferred.

        It has `username` (as read), `suffix` (missing if there is none), `status`
        (active, inactive or blank), `kind`, the other known columns of the export, and
        `file`, `line`, `record`.
        """
        import pandas as pd  # noqa: PLC0415  # late: most commands do without

        suffixes = [Username.parse(name).suffix for name in self.usernames]
        texts: dict[str, Sequence[Any]] = {
            "username": self.usernames,
            "suffix": suffixes,
            "status": [Status(code).word for code in self.statuses],
            "kind": [UserKind(code).word for code in self.kinds],
            **{role: t for role, t in self.columns.items() if role != "status"},
            "file": [str(self.path)] * len(self.usernames),
        }
        numbers = {"line": self.lines, "record": self.numbers}
        return pd.DataFrame(
            {name: pd.Series(values, dtype="str") for name, values in texts.items()}
            | {
                name: pd.Series(values, dtype="int64")
                for name, values in numbers.items()
            }
        )


def shares_line(lines: Sequence[int], row: int) -> bool:
    """Tell whether the row before or after another begins in the same line."""
    return lines[row] in (*lines[max(row - 1, 0) : row], *lines[row + 1 : row + 2])


def add_summaries(tables: Sequence[ResourceTable]) -> Summary:
    """Return what the records of all exports show together; parts are of one alone."""
    all_of = [table.summary for table in tables]
    return Summary(
        statuses={
            status: sum(one.statuses.get(status, 0) for one in all_of)
            for status in Status
        },
        kinds={
            kind: sum(one.kinds.get(kind, 0) for one in all_of) for kind in UserKind
        },
        nameless=sum(one.nameless for one in all_of),
        odd_names=sum(one.odd_names for one in all_of),
        odd_signs=sum(one.odd_signs for one in all_of),
        footers=sum(one.footers for one in all_of),
        ids_number_rows=any(one.ids_number_rows for one in all_of),
        codes=frozenset().union(*(one.codes for one in all_of)),
    )


def assume_status(table: ResourceTable, status: Status) -> ResourceTable:
    """Return the table with a status if the export says none.

    Args:
        table: What was read from the export.
        status: The half that was exported.
    """
    other = Status.INACTIVE if status is Status.ACTIVE else Status.ACTIVE
    counts = dict(table.summary.statuses)
    notices = table.notices
    if counts[other]:
        notice = (
            f"{table.path}: {count_noun(counts[other], 'record')} marked "
            f"{other.word}, although the file was given as "
            f"{status.word}; the mark counts."
        )
        notices = (*notices, notice)
    if not table.records:
        notice = (
            f"{table.path}: contains no resources, so there are no {status.word} ones, "
            "as it was given as those."
        )
        notices = (*notices, notice)
    unknown, doubts = counts[Status.UNKNOWN], table.doubts
    if counts[other] and unknown:
        # The file is not the half it was given as, so the others may not be either.
        taken = f"{count_noun(unknown, 'record')} taken as {status.word}"
        doubts = (*doubts, f"{taken} beside others marked {other.word}")
    counts[status] += counts[Status.UNKNOWN]
    counts[Status.UNKNOWN] = 0
    return replace(
        table,
        assumed=status,
        statuses=bytes(code or status for code in table.statuses),
        summary=table.summary._replace(statuses=counts),
        notices=notices,
        doubts=doubts,
    )
