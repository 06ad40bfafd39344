"""Names in conflict as groups: how they relate, who has them, what to do."""

from typing import NamedTuple

from apiuser.auditing import AuditReport
from apiuser.auditing.checkup.paging import describe_page_of
from apiuser.auditing.conflict_groups import Group
from apiuser.auditing.conflicts import Level
from apiuser.errors import escape_invisible
from apiuser.exports import HALVES, Status, UserKind
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


_FIRST = {
    Level.COMPATIBILITY: "The letters differ only in form. ",
    Level.CAPITALS: "Whether Autotask tells capitals apart is not documented: treat them as one name. ",
}
_ANOTHER = " another name when its secret is next changed."
_MIXED_UP = "People may mix them up: take care when you give one of them rights."
_MIXED_UP_API = (
    "People will mix them up: rename an API user when its secret is next changed."
)
_ENDINGS = (
    "Compare the endings with Autotask: one may be mistyped, or another tenant's."
)
_PEOPLE = (
    "An existing person keeps the name: give it to nobody else, and check in Autotask "
    "whether this is one resource exported twice."
)
_PERSON_KEEPS = f"The person keeps the name: give the API user{_ANOTHER}"
_INACTIVE_KEEPS = (
    f"An inactive resource keeps its name: give the active API user{_ANOTHER}"
)
_ALL_BUT_ONE = f"Give all but one of the API users{_ANOTHER}"
_LOOK = "Find out in Autotask who has the name; give it to nobody else."


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
        "advice": _advise(report, group),
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


def _advise(report: AuditReport, group: Group) -> str:
    """Say what to do, by how close the names are and who has them."""
    places = group.conflict.members
    kinds = {report.tables[table].kinds[row] for table, row in places}
    statuses = {report.tables[table].statuses[row] for table, row in places}
    api = UserKind.API_USER
    if group.relation is Relation.LOOKALIKE:
        return _MIXED_UP_API if api in kinds else _MIXED_UP
    if group.relation is Relation.OTHER_SUFFIX:
        return _ENDINGS
    advice = _ALL_BUT_ONE
    if not any(kinds):
        advice = _LOOK
    elif api not in kinds:
        advice = _PEOPLE
    elif kinds - {api, UserKind.UNKNOWN}:
        advice = _PERSON_KEEPS
    elif statuses.issuperset(HALVES.values()):
        advice = _INACTIVE_KEEPS
    return _FIRST.get(group.conflict.level, "") + advice


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
