"""What an audit found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from apiuser.auditing.advice import advise_on
from apiuser.auditing.completeness import list_missing
from apiuser.auditing.conflict_groups import Group, group_conflicts
from apiuser.auditing.conflicts import Conflict, Level, Place
from apiuser.credentials.matching import TakenNames, fold_local_parts
from apiuser.exports import ResourceTable, Status, UserKind
from apiuser.exports.missing_names import count_unread
from apiuser.exports.resources import Summary, add_summaries
from apiuser.rules.case import Relation
from apiuser.rules.rule import Rule, Severity

if TYPE_CHECKING:
    import pandas as pd

PROPOSED = "(proposed)"
"""What is shown instead of a file for a proposed name."""

# By their numbers, as many findings name them.
_STATUSES = [status.word for status in Status]
_KINDS = [kind.word for kind in UserKind]
_SPOKEN_KINDS = [kind.spoken for kind in UserKind]
_NO_CO_MANAGED = "The person who asked said that the tenant has no co-managing users"


class FindingRow(NamedTuple):
    """A finding as a row of a report; None if there is no such place."""

    code: str
    severity: str
    file: str
    line: int | None
    record: int | None
    username: str
    message: str
    group: int | None
    level: str
    other: str


class Member(NamedTuple):
    """A record or proposed name in conflict, with or without a finding of its own."""

    group: int
    file: str
    line: int | None
    record: int | None
    username: str
    status: str
    kind: str


class AuditFinding(NamedTuple):
    """A rule that does not hold, and where; many are made.

    Attributes:
        table: The table; -1 for all together, one after the last for proposed names.
        row: The row in it; -1 if the table as a whole is concerned.
        rule: The rule.
        group: The conflict it belongs to, from 1; 0 if it belongs to none.
        level: How close the names in conflict are.
        other: Where the closest other record with the name is; None if there is
            none.
    """

    table: int
    row: int
    rule: Rule
    group: int = 0
    level: Level = Level.NONE
    other: Place | None = None


class TenantFault(NamedTuple):
    """What is wrong with a tenant itself, and a sentence on what to do."""

    reason: str
    step: str

    def __str__(self) -> str:
        return f"{self.reason}. {self.step}"


@dataclass(frozen=True, kw_only=True, eq=False)
class AuditReport:
    """The findings of an audit, and what they are based on.

    Attributes:
        tables: What was read.
        proposed: The names checked against the tables.
        found: The findings, errors first and notices last; of the same severity,
            conflicts come first, in their order, then the rest by table, record and
            rule.
        conflicts: The conflicts, which findings number from 1.
        refused: Why further files could not be read, one sentence each.
        faults: What is wrong with the tenant itself.
        suggestions: Names that nobody in the tables has, for proposed ones that are
            taken or look alike.
        doubted: Which of the proposed names may be in what could not be read.
        same_resources: How many records count as a resource of another export.
        notes: What was noticed over all tables, as sentences.
        co_managed: Whether the tenant may have co-managing users.
    """

    tables: tuple[ResourceTable, ...]
    proposed: tuple[str, ...]
    found: Sequence[AuditFinding] = field(repr=False)
    conflicts: Sequence[Conflict] = field(repr=False)
    refused: tuple[str, ...] = ()
    faults: tuple[TenantFault, ...] = ()
    suggestions: Mapping[str, str] = field(default_factory=dict, repr=False)
    doubted: frozenset[int] = frozenset()
    same_resources: int = 0
    notes: tuple[str, ...] = ()
    co_managed: bool = True

    def __len__(self) -> int:
        return len(self.found)

    @cached_property
    def _numbers(self) -> tuple[tuple[Rule, int], ...]:
        """Each rule with a finding, and how many there are of it."""
        # By identity, which is quick: few rules have many findings.
        rules = {id(one.rule): one.rule for one in self.found}
        numbers = Counter(id(one.rule) for one in self.found)
        return tuple((rule, numbers[at]) for at, rule in rules.items())

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that findings refer to."""
        return tuple(rule for rule, _ in self._numbers)

    @cached_property
    def summary(self) -> Summary:
        """What all records that were read show together."""
        return add_summaries(self.tables)

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The conflicts among names that were read, the worst kind first."""
        return group_conflicts(self.conflicts, len(self.tables))

    @cached_property
    def problems(self) -> Sequence[tuple[Rule, int]]:
        """The rules that records break on their own, the worst first, and how many."""
        rules = {id(one.rule): one.rule for one in self.found}
        numbers = Counter(id(one.rule) for one in self.found if self.is_problem(one))
        return sorted(
            ((rules[at], number) for at, number in numbers.items()),
            key=lambda one: (one[0].severity.rank, -one[1], one[0].code),
        )

    def is_problem(self, finding: AuditFinding) -> bool:
        """Tell whether it is about a record alone: no conflict, gap or proposed name."""
        read = finding.table < len(self.tables)
        return finding.row >= 0 and not finding.group and read

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are of each code, in the order of the codes."""
        counts: Counter[str] = Counter()
        for rule, number in self._numbers:
            counts[rule.code] += number
        return dict(sorted(counts.items()))

    @property
    def severities(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity, highest first."""
        return {
            severity: sum(n for rule, n in self._numbers if rule.severity is severity)
            for severity in Severity
        }

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
        """Whether all was read, no export seems cut, and no half is missing.

        Nor is anything wrong with the tenant itself. That does not prove that every
        name was seen; see `proved`.
        """
        gaps = any(one.row < 0 and one.rule.severity.matters for one in self.found)
        unread = any(table.unread_sheets for table in self.tables)
        refused = self.refused or self.faults
        return not (gaps or unread or self.unreadable or refused)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Why names may be in use that the audit did not see, as parts of sentences."""
        files = len(self.refused)
        refused = (count_unread(files, "file"),) if files else ()
        faults = tuple(fault.reason for fault in self.faults)
        missing = list_missing(self.tables, co_managed=self.co_managed)
        return faults + refused + missing

    @property
    def proved(self) -> bool:
        """Whether nothing is missing, so that no conflict found means there is none."""
        return not self.missing

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed while reading and comparing, as sentences."""
        read = (notice for table in self.tables for notice in table.notices)
        return (*read, *self.notes, *self._describe_given())

    def _describe_given(self) -> Iterator[str]:
        """Say what was known from the person who asked, and what speaks against it."""
        if self.co_managed:
            return
        found = self.summary.kinds[UserKind.CO_MANAGED]
        but = f", but the exports show {found:,}" if found else ""
        yield f"{_NO_CO_MANAGED}{but}."

    def find_taken(self, names: Iterable[str]) -> TakenNames:
        """Return the names, read or proposed, that equal these names or look like them.

        Args:
            names: The names in question, such as one that nobody should have yet.
        """
        forms = set(fold_local_parts(names))
        columns = (*(table.usernames for table in self.tables), self.proposed)
        kept = (
            name
            for column in columns
            for name, form in zip(column, fold_local_parts(column), strict=True)
            if form in forms
        )
        # Rows that did not matter to the audit may matter to these names.
        unkept = (table.find_unkept(forms) for table in self.tables)
        return TakenNames(chain(kept, *unkept))

    def rows(self) -> Iterator[FindingRow]:
        """Yield the findings one by one and without pandas."""
        words = {
            id(rule): (
                rule.code,
                rule.severity.value,
                rule.message,
            )
            for rule in self.rules
        }
        labels = [level.label for level in Level]
        advice: dict[tuple[int, int], str] = {}
        for table, row, rule, group, level, other in self.found:
            code, severity, message = words[id(rule)]
            if group and rule.relation and table < len(self.tables):
                key = group, id(rule)
                if key not in advice:
                    conflict = self.conflicts[group - 1]
                    advice[key] = self.advise(conflict, rule.relation)
                message = advice[key]
            place = self._locate(table, row)
            near = self._name_record(*other) if other else ""
            yield FindingRow(
                code, severity, *place, message, group or None, labels[level], near
            )

    def advise(self, conflict: Conflict, relation: Relation) -> str:
        """Say what to do about names that were read, by their relation in a conflict."""
        return advise_on(self.tables, conflict, relation)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """All records and proposed names in conflict, by group."""
        groups = range(1, len(self.conflicts) + 1)
        return tuple(chain.from_iterable(map(self.find_members, groups)))

    def find_members(self, group: int) -> Iterator[Member]:
        """Yield the records and proposed names of one conflict, by its number."""
        for place in self.conflicts[group - 1].members:
            yield Member(group, *self._locate(*place), *self._describe(*place))

    @property
    def levels(self) -> Mapping[int, str]:
        """How close the names of each conflict are, by its least close pair."""
        return {
            group: conflict.level.label
            for group, conflict in enumerate(self.conflicts, start=1)
        }

    @cached_property
    def findings(self) -> "pd.DataFrame":
        """The findings as a pandas frame, with the columns of `FindingRow`."""
        import pandas as pd  # noqa: PLC0415  # late: most commands do without

        frame = pd.DataFrame(list(self.rows()), columns=list(FindingRow._fields))
        numbers = ("line", "record", "group")
        return frame.astype(
            {name: "Int64" if name in numbers else "str" for name in FindingRow._fields}
        )

    @cached_property
    def _files(self) -> Sequence[str]:
        return [*(str(table.path) for table in self.tables), PROPOSED, ""]

    def _locate(self, table: int, row: int) -> tuple[str, int | None, int | None, str]:
        """Return the file, line, record and username of a row."""
        file = self._files[table]
        if row < 0:
            return file, None, None, ""
        if table == len(self.tables):
            return file, None, row + 1, self.proposed[row]
        read = self.tables[table]
        return file, read.lines[row], read.numbers[row], read.usernames[row]

    def _name_record(self, table: int, row: int) -> str:
        """Say who has a name, and where it is."""
        file, line, record, username = self._locate(table, row)
        status, _ = self._describe(table, row)
        read = table < len(self.tables)
        kind = _SPOKEN_KINDS[self.tables[table].kinds[row]] if read else ""
        known = ", ".join(filter(None, (status, kind)))
        place = f"{file} {record}" if line is None else f"{file}:{line} record {record}"
        return f"{username} ({known}), {place}" if known else f"{username}, {place}"

    def _describe(self, table: int, row: int) -> tuple[str, str]:
        """Return the status and kind of user in words; blank if not known."""
        if table == len(self.tables):
            return "", ""
        read = self.tables[table]
        return _STATUSES[read.statuses[row]], _KINDS[read.kinds[row]]
