"""Findings gathered as columns, then sorted and numbered into a report."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from apiuser.auditing.conflicts import Conflict
from apiuser.auditing.report import AuditReport, Places
from apiuser.exports import ResourceTable
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Rule


class Collector:
    """Gathers findings of one audit.

    Args:
        tables: The tables judged; their rows are counted on from one to the next.
        policy: Where the rules of conflicts come from.
    """

    def __init__(self, tables: Sequence[ResourceTable], *, policy: Policy) -> None:
        self._tables = tuple(tables)
        self._policy = {rule.code: rule for rule in policy.rules}
        self._begins = [0, *accumulate(table.records for table in tables)]
        self._rules: list[Rule] = []
        self._parts: list[tuple[Any, ...]] = []
        self._conflicts: list[Conflict] = []
        self._same_resources = 0
        self._notes: tuple[str, ...] = ()

    def locate(self, row: int) -> tuple[int, int]:
        """Return the table of a row over all tables, and its row there.

        Rows behind the last belong to proposed names.
        """
        table = min(bisect_right(self._begins, row) - 1, len(self._tables))
        return table, row - self._begins[table]

    def add_conflicts(self, conflicts: Iterable[Conflict]) -> None:
        """Add findings of comparisons whose rules are in the policy."""
        self._conflicts += [c for c in conflicts if c.code in self._policy]

    def add_identities(self, same: int, notes: Iterable[str]) -> None:
        """Add how many records are a resource of another export, and what was said."""
        self._same_resources += same
        self._notes += tuple(notes)

    def add_rows(self, rule: Rule, table: int, rows: Any) -> None:  # noqa: ANN401
        """Add a finding of a rule for each of some rows of a table."""
        if len(rows):
            none = np.zeros(len(rows), int)
            self._add(rule, np.full(len(rows), table), rows, none, none)

    def add_gap(self, rule: Rule, table: int) -> None:
        """Add a finding on a table as a whole, or on all together."""
        none = np.array([0])
        self._add(rule, np.array([table]), np.array([-1]), none, none)

    def find_proposed_in_conflict(self) -> list[int]:
        """Return which proposed names are in conflict, by their place, each once."""
        first = self._begins[-1]
        return sorted({c.row - first for c in self._conflicts if c.row >= first})

    def make_report(
        self,
        proposed: tuple[str, ...],
        suggestions: Mapping[str, str],
        *,
        co_managed: bool,
        refused: tuple[str, ...],
    ) -> AuditReport:
        """Sort all findings and number the conflicts by their first member.

        Args:
            proposed: The names judged against the tables.
            suggestions: Free names for those of them that are taken.
            co_managed: Whether the tenant may have co-managing users.
            refused: Why further files could not be read, one sentence each.
        """
        grouped = self._number_groups()
        parts = [np.concatenate(c) for c in zip(*self._parts, strict=True)] or [
            np.zeros(0, np.int64)
        ] * 5
        rules, tables, rows, groups, levels = (part.astype(np.int64) for part in parts)
        order = np.lexsort((self._rank()[rules], rows, tables))
        places = Places(
            rules=rules[order],
            tables=tables[order],
            rows=rows[order],
            groups=groups[order],
            levels=levels[order],
        )
        return AuditReport(
            tables=self._tables,
            proposed=proposed,
            rules=tuple(self._rules),
            places=places,
            grouped=grouped,
            refused=refused,
            suggestions=suggestions,
            same_resources=self._same_resources,
            notes=self._notes,
            co_managed=co_managed,
        )

    def _add(
        self,
        rule: Rule,
        tables: Any,  # noqa: ANN401
        rows: Any,  # noqa: ANN401
        groups: Any,  # noqa: ANN401
        levels: Any,  # noqa: ANN401
    ) -> None:
        if rule not in self._rules:
            self._rules.append(rule)
        at = self._rules.index(rule)
        self._parts.append((np.full(len(rows), at), tables, rows, groups, levels))

    def _rank(self) -> Any:  # noqa: ANN401  # an array of integers
        """Return the place of each rule in the order of the policy; others follow."""
        order = list(self._policy)
        return np.array(
            [
                order.index(rule.code) if rule.code in order else len(order)
                for rule in self._rules
            ],
            np.int64,
        )

    def _number_groups(self) -> tuple[tuple[int, int, int], ...]:
        def key(conflict: Conflict) -> tuple[bool, str]:
            return conflict.code == "USR011", conflict.name

        members: dict[tuple[bool, str], set[int]] = {}
        for conflict in self._conflicts:
            members.setdefault(key(conflict), set()).update(conflict.members)
        ordered = sorted(members, key=lambda name: (min(members[name]), name))
        numbers = {name: number for number, name in enumerate(ordered, start=1)}
        for code in dict.fromkeys(c.code for c in self._conflicts):
            chosen = [c for c in self._conflicts if c.code == code]
            places = np.array([self.locate(c.row) for c in chosen])
            groups = np.array([numbers[key(c)] for c in chosen])
            levels = np.array([c.level for c in chosen])
            self._add(self._policy[code], places[:, 0], places[:, 1], groups, levels)
        return tuple(
            (number, *self.locate(row))
            for name, number in numbers.items()
            for row in sorted(members[name])
        )
