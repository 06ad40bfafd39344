"""Names in conflict as groups: how they relate, who has them, what to do."""

from typing import NamedTuple

from apiuser.auditing import AuditReport
from apiuser.auditing.checkup.paging import describe_page_of
from apiuser.auditing.conflict_groups import Group
from apiuser.errors import escape_invisible
from apiuser.exports import Status, UserKind
from apiuser.files.sheet_data import Shown
from apiuser.rules.case import Relation

GROUPS_SHOWN = 20
"""Groups shown at a time."""
_RECORDS = 10
"""The most records shown of a group; the reports list all of them."""
_MOST_PAIRS = 3


class FoundRecord(NamedTuple):
    """A record that has a name; blank if the export does not say.

    Attributes:
        name: The name as read.
        status: Whether it is active, in words.
        kind: What kind of user it is, in words.
        place: Where it is, with invisible characters spelt out.
    """

    name: str
    status: str
    kind: str
    place: str


def describe_groups(report: AuditReport, *, text: str = "", start: int = 0) -> Shown:
    """Describe a page of the groups in which a name holds a text."""
    return describe_page_of(
        report.groups,
        size=GROUPS_SHOWN,
        text=text,
        start=start,
        names=lambda group: [
            report.tables[table].usernames[row] for table, row in group.conflict.members
        ],
        describe=lambda group: _describe(report, group),
    )


def _describe(report: AuditReport, group: Group) -> Shown:
    records = [
        find_record(report, *place) for place in group.conflict.members[:_RECORDS]
    ]
    rules = (one.rule for one in group.conflict.found)
    first = records[0].name
    return {
        "name": escape_invisible(first.partition("@")[0]),
        "tag": group.conflict.spoken,
        "code": next(rule.code for rule in rules if rule.relation is group.relation),
        "level": "error" if group.relation is Relation.TAKEN else "warning",
        "records": [
            describe_record(record) | {"note": tell_apart(first, record.name)}
            for record in records
        ],
        "more": len(group.conflict.members) - len(records),
        "advice": report.advise(group.conflict, group.relation),
    }


def find_record(report: AuditReport, table: int, row: int) -> FoundRecord:
    """Return what an export shows of a record."""
    read = report.tables[table]
    return FoundRecord(
        name=read.usernames[row],
        status=Status(read.statuses[row]).word,
        kind=UserKind(read.kinds[row]).spoken,
        place=escape_invisible(f"{read.path}, {read.name_place(row)}"),
    )


def describe_record(record: FoundRecord) -> Shown:
    """Describe a record, with invisible characters of its name spelt out."""
    return record._asdict() | {"name": escape_invisible(record.name) or "no name"}


def tell_apart(first: str, other: str) -> str:
    """Say which characters of a name stand for those of another; blank if lengths differ."""
    mine, theirs = first.partition("@")[0], other.partition("@")[0]
    if len(mine) != len(theirs):
        return ""
    pairs = [
        f"{_spell(b)} for {_spell(a)}"
        for a, b in zip(mine, theirs, strict=True)
        if a.casefold() != b.casefold()
    ]
    if not pairs or len(pairs) > _MOST_PAIRS:
        return ""
    return ", ".join(dict.fromkeys(pairs))


def _spell(character: str) -> str:
    if character.isascii():
        return character
    return f"{escape_invisible(character)} (U+{ord(character):04X})"
