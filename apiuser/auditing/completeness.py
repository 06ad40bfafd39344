"""What an export cannot contain, said aloud: the AUD findings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from apiuser.catalogue import RULES
from apiuser.rules import Rule
from apiuser.tables import ResourceTable, Status, UserKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A reason why the audit cannot claim everything.

    Attributes:
        rule: The rule with its numbers.
        table: The table concerned; -1 for all together.
    """

    rule: Rule
    table: int = -1


def find_gaps(tables: Sequence[ResourceTable]) -> list[Gap]:
    """Return what is missing, from all tables together and from each."""
    gaps = []
    statuses = {
        int(s) for table in tables for s in np.flatnonzero(np.bincount(table.statuses))
    }
    if not {Status.ACTIVE, Status.INACTIVE} <= statuses:
        gaps.append(Gap(rule=RULES["AUD002"]))
    if not any(np.any(table.kinds == UserKind.CO_MANAGED) for table in tables):
        gaps.append(Gap(rule=RULES["AUD003"]))
    for at, table in enumerate(tables):
        cut = RULES["AUD001"]
        if table.records + len(table.unreadable) == cut.parameters["rows"]:
            gaps.append(Gap(rule=cut, table=at))
        unknown = int(np.count_nonzero(table.kinds == UserKind.UNKNOWN))
        if unknown:
            gaps.append(Gap(rule=_count_records(RULES["AUD004"], unknown), table=at))
    return gaps


def _count_records(rule: Rule, records: int) -> Rule:
    template = f"{rule.template} Records concerned: {{records}}."
    return replace(rule, template=template, parameters={"records": records})
