"""What an audit found."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from apiuser.auditing.completeness import list_missing
from apiuser.auditing.conflicts import Level
from apiuser.credentials.matching import TakenNames
from apiuser.errors import count_noun
from apiuser.exports import ResourceTable, Status, UserKind
from apiuser.rules.rule import Rule, Severity

if TYPE_CHECKING:
    import pandas as pd

Positions = npt.NDArray[np.int64]
_Columns = tuple[list[str], list[int | None], list[int | None], list[str]]

PROPOSED = "(proposed)"
"""What stands for a file where a proposed name is concerned."""

_NO_CO_MANAGED = (
    "It was taken from the person who asked that the tenant has no co-managing users."
)


class Row(NamedTuple):
    """A finding as a row of a report; None where there is no such place."""

    code: str
    severity: str
    file: str
    line: int | None
    record: int | None
    username: str
    message: str
    group: int | None
    level: str


class Member(NamedTuple):
    """A bearer of a name in conflict, with or without a finding of its own."""

    group: int
    file: str
    line: int | None
    record: int | None
    username: str
    status: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Findings as columns.

    Attributes:
        rules: Each finding's place in the report's rules.
        tables: Its table; -1 for all together, one behind the last for proposed.
        rows: Its row in the table; -1 where the table as a whole is concerned.
        groups: Its conflict, from 1; 0 where it belongs to none.
        levels: How near the names in conflict are, as `Level`.
    """

    rules: npt.NDArray[np.int64]
    tables: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class AuditReport:
    """The findings of an audit and what they rest on.

    Attributes:
        tables: What was read.
        proposed: The names judged against the tables.
        rules: The rules that findings refer to.
        places: The findings, sorted by table, record and rule.
        grouped: The members of each conflict, as group, table and row.
        refused: Why further files could not be read, one sentence each.
        suggestions: Free names for proposed ones that are taken or look alike.
        same_resources: How many records count as a resource of another export.
        notes: What was noticed over all tables, as sentences.
        co_managed: Whether the tenant may have co-managing users.
    """

    tables: tuple[ResourceTable, ...]
    proposed: tuple[str, ...]
    rules: tuple[Rule, ...] = field(repr=False)
    places: Places = field(repr=False)
    grouped: tuple[tuple[int, int, int], ...] = field(repr=False)
    refused: tuple[str, ...] = ()
    suggestions: Mapping[str, str] = field(default_factory=dict, repr=False)
    same_resources: int = 0
    notes: tuple[str, ...] = ()
    co_managed: bool = True

    def __len__(self) -> int:
        return len(self.places.rules)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are of each code, in the order of the codes."""
        numbers = np.bincount(self.places.rules, minlength=len(self.rules))
        counts: dict[str, int] = {}
        for rule, number in zip(self.rules, numbers.tolist(), strict=True):
            counts[rule.code] = counts.get(rule.code, 0) + number
        return dict(sorted((code, n) for code, n in counts.items() if n))

    @property
    def severities(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity, gravest first."""
        numbers = np.bincount(self.places.rules, minlength=len(self.rules)).tolist()
        return {
            severity: sum(
                number
                for rule, number in zip(self.rules, numbers, strict=True)
                if rule.severity is severity
            )
            for severity in Severity
        }

    @property
    def worst(self) -> Severity | None:
        """The gravest severity found; None where nothing was found."""
        return next((s for s, number in self.severities.items() if number), None)

    @property
    def records(self) -> int:
        """How many records were read."""
        return sum(table.records for table in self.tables)

    @property
    def unreadable(self) -> int:
        """How many records could not be read."""
        return sum(len(table.unreadable) for table in self.tables)

    @property
    def complete(self) -> bool:
        """Whether all records and sheets were read and no half of them is missing.

        That does not prove that every name was seen; see `proved`.
        """
        gaps = any(
            rule.code.startswith("AUD") and rule.severity is not Severity.NOTICE
            for rule in self.rules
            if self.counts.get(rule.code)
        )
        unread = any(table.unread_sheets for table in self.tables)
        return not (gaps or unread or self.unreadable or self.refused)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Why names may be in use that the audit did not see, as parts of sentences."""
        files = len(self.refused)
        refused = (f"{count_noun(files, 'file')} could not be read",) if files else ()
        return refused + list_missing(self.tables, co_managed=self.co_managed)

    @property
    def proved(self) -> bool:
        """Whether nothing is missing, so that no conflict found means there is none."""
        return not self.missing

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed while reading and comparing, as sentences."""
        read = (notice for table in self.tables for notice in table.notices)
        return (*read, *self.notes, *[_NO_CO_MANAGED] * (not self.co_managed))

    @cached_property
    def taken(self) -> TakenNames:
        """All names read, proposed ones included, to find a free one."""
        read = (name for table in self.tables for name in table.usernames.to_pylist())
        return TakenNames([*read, *self.proposed])

    def rows(self, *, limit: int | None = None) -> Iterator[Row]:
        """Yield the findings one by one, or the first of them, without pandas."""
        codes = [rule.code for rule in self.rules]
        severities = [rule.severity.value for rule in self.rules]
        messages = [rule.message for rule in self.rules]
        labels = [level.label for level in Level]
        # Findings are sorted by table, so each table is one run of them.
        for at in range(-1, len(self.tables) + 1):
            first, last = np.searchsorted(
                self.places.tables[:limit], [at, at + 1]
            ).tolist()
            rules = self.places.rules[first:last].tolist()
            groups = self.places.groups[first:last].tolist()
            levels = self.places.levels[first:last].tolist()
            yield from map(
                Row,
                map(codes.__getitem__, rules),
                map(severities.__getitem__, rules),
                *self._locate_all(at, self.places.rows[first:last]),
                map(messages.__getitem__, rules),
                (group or None for group in groups),
                map(labels.__getitem__, levels),
            )

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """All bearers of names in conflict, by group."""
        return tuple(
            Member(group, *place, *self._describe(table, row))
            for group, table, row in self.grouped
            for place in zip(*self._locate_all(table, np.array([row])), strict=True)
        )

    def count_groups(self, codes: Collection[str]) -> tuple[int, int]:
        """Count the conflicts that findings of some codes belong to, and their names."""
        wanted = [at for at, rule in enumerate(self.rules) if rule.code in codes]
        found = self.places.groups[np.isin(self.places.rules, wanted)].tolist()
        groups = set(found) - {0}
        names = sum(group in groups for group, _table, _row in self.grouped)
        return len(groups), names

    @property
    def levels(self) -> Mapping[int, str]:
        """How near the names of each conflict are, by its least near finding."""
        furthest: dict[int, int] = {}
        for group, level in zip(
            self.places.groups.tolist(), self.places.levels.tolist(), strict=True
        ):
            if group:
                furthest[group] = max(level, furthest.get(group, 0))
        return {group: Level(furthest[group]).label for group in sorted(furthest)}

    @cached_property
    def findings(self) -> "pd.DataFrame":
        """The findings as a pandas frame, with the columns of `Row`."""
        import pandas as pd  # noqa: PLC0415  # late: most commands do without

        frame = pd.DataFrame(list(self.rows()), columns=list(Row._fields))
        numbers = ("line", "record", "group")
        return frame.astype(
            {name: "Int64" if name in numbers else "str" for name in Row._fields}
        )

    def _locate_all(self, at: int, rows: Positions) -> _Columns:
        """Return files, lines, records and usernames for rows of one table."""
        size = len(rows)
        none: list[int | None] = [None] * size
        if at < 0:
            return [""] * size, none, none, [""] * size
        if at == len(self.tables):
            asked = rows.tolist()
            names = [self.proposed[row] for row in asked]
            return [PROPOSED] * size, none, [row + 1 for row in asked], names
        table = self.tables[at]
        whole = int(np.searchsorted(rows, 0))
        single = rows[whole:]
        return (
            [str(table.path)] * size,
            none[:whole] + table.lines[single].tolist(),
            none[:whole] + table.numbers[single].tolist(),
            [""] * whole + table.texts.select(single).as_list(),
        )

    def _describe(self, at: int, row: int) -> tuple[str, str]:
        """Return status and kind of user in words, blank where not known."""
        if at == len(self.tables):
            return "", ""
        table = self.tables[at]
        codes = (Status(int(table.statuses[row])), UserKind(int(table.kinds[row])))
        status, kind = (c.name.lower().replace("_", " ") if c else "" for c in codes)
        return status, kind
