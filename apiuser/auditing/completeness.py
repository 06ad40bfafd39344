"""What an export cannot contain, said aloud: the AUD findings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from apiuser.auditing.candidates import count_odd_signs, find_nameless
from apiuser.errors import count_noun
from apiuser.exports import ResourceTable, Status, UserKind
from apiuser.rules.catalogue import RULES
from apiuser.rules.rule import Rule

_KIND_COLUMNS = {"license_type", "security_level"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A reason why the audit cannot claim everything.

    Attributes:
        rule: The rule with its numbers.
        table: The table concerned; -1 for all together.
    """

    rule: Rule
    table: int = -1


def find_gaps(tables: Sequence[ResourceTable], *, co_managed: bool) -> list[Gap]:
    """Return what is missing, from all tables together and from each.

    Args:
        tables: What was read.
        co_managed: Whether the tenant may have co-managing users.
    """
    gaps = []
    statuses = {
        int(s) for table in tables for s in np.flatnonzero(np.bincount(table.statuses))
    }
    if not {Status.ACTIVE, Status.INACTIVE} <= statuses:
        gaps.append(Gap(rule=RULES["AUD002"]))
    if co_managed and not _has_co_managed(tables):
        gaps.append(Gap(rule=RULES["AUD003"]))
    for at, table in enumerate(tables):
        cut = RULES["AUD001"]
        if table.records + len(table.unreadable) == cut.parameters["rows"]:
            gaps.append(Gap(rule=cut, table=at))
        unknown = int(np.count_nonzero(table.kinds == UserKind.UNKNOWN))
        if unknown:
            gaps.append(Gap(rule=_count_records(RULES["AUD004"], unknown), table=at))
    return gaps


def list_missing(
    tables: Sequence[ResourceTable], *, co_managed: bool
) -> tuple[str, ...]:
    """Say why names may be in use that the tables do not show; empty where none may.

    Args:
        tables: What was read.
        co_managed: Whether the tenant may have co-managing users.
    """
    reasons = []
    unreadable = sum(len(table.unreadable) for table in tables)
    if unreadable:
        reasons.append(f"{count_noun(unreadable, 'record')} could not be read")
    reasons += [
        f"{table.path} has {count_noun(len(table.unread_sheets), 'sheet')} that "
        f"{'was' if len(table.unread_sheets) == 1 else 'were'} not read"
        for table in tables
        if table.unread_sheets
    ]
    nameless = sum(len(find_nameless(table.texts)) for table in tables)
    if nameless:
        reasons.append(f"{count_noun(nameless, 'record')} without a username")
    signs = sum(count_odd_signs(table.texts) for table in tables)
    if signs:
        reasons.append(f"{count_noun(signs, 'sign')} in usernames that may stand for @")
    cut = RULES["AUD001"].parameters["rows"]
    reasons += [
        f"{table.path} holds exactly {cut} rows, the limit of one export, and was "
        "probably cut"
        for table in tables
        if table.records + len(table.unreadable) == cut
    ]
    statuses = np.concatenate([table.statuses for table in tables])
    seen = {status for status in Status if status and np.any(statuses == status)}
    if not (seen or any("status" in table.columns for table in tables)):
        reasons.append("no column says which resources are active and which inactive")
    elif not seen:
        reasons.append("no word of the status columns says active or inactive")
    else:
        reasons += [
            f"no {status.name.lower()} resource was seen"
            for status in (Status.ACTIVE, Status.INACTIVE)
            if status not in seen
        ]
    if co_managed and not _has_co_managed(tables):
        known = any(_KIND_COLUMNS & set(table.columns) for table in tables)
        reasons.append(
            "no co-managing user was seen"
            if known
            else "no column says which users are co-managing ones"
        )
    return tuple(reasons)


def _has_co_managed(tables: Sequence[ResourceTable]) -> bool:
    return any(np.any(table.kinds == UserKind.CO_MANAGED) for table in tables)


def _count_records(rule: Rule, records: int) -> Rule:
    template = f"{rule.template} Records concerned: {{records}}."
    return replace(rule, template=template, parameters={"records": records})
