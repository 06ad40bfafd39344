"""Findings about API users and proposed names: by the rules, and by their state."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from apiuser.credentials.matching import fold_compatibility
from apiuser.exports import ResourceTable, Status
from apiuser.exports.categories import names_several, names_system_level, says_locked
from apiuser.rules.case import USERNAME_SUBJECTS, Case, Subject
from apiuser.rules.catalogue.audit_rules import (
    HELD_NAME,
    LOCKED,
    SHARED_USER,
    SYSTEM_LEVEL,
)
from apiuser.rules.constraints import Constraint, Tally
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Rule

_BY_COLUMN: tuple[tuple[Rule, str, Callable[[str], bool | None]], ...] = (
    (SYSTEM_LEVEL, "security_level", names_system_level),
    (LOCKED, "locked", says_locked),
    (SHARED_USER, "integration", names_several),
)


def judge_usernames(
    users: Iterable[tuple[str, str]], policy: Policy
) -> Iterator[tuple[Rule, int]]:
    """Yield each rule that a username breaks, with the position of the username.

    Rules about other names are left to the comparison of all names.

    Args:
        users: A username as read and an e-mail address, blank if not known.
        policy: The rules to check by.
    """
    cases = []
    for text, email in users:
        local, sign, suffix = text.partition("@")
        cases.append(
            Case(
                local=local,
                suffix=suffix if sign else None,
                email=email,
                fold=fold_compatibility,
            )
        )
    # A missing username breaks the rules of presence and no others.
    named = [at for at, case in enumerate(cases) if case.local]
    texts: dict[Subject, list[str]] = {}
    for rule in policy.rules:
        if rule.subject not in USERNAME_SUBJECTS or rule.relation or not rule.in_audits:
            continue
        asked = range(len(cases)) if rule.presence else named
        if rule.judge is not None or rule.constraint is None:
            yield from ((rule, at) for at in asked if not rule.holds(cases[at]))
            continue
        if rule.subject not in texts:
            texts[rule.subject] = [case.text(rule.subject) for case in cases]
        found = _find_broken(rule.constraint, texts[rule.subject], asked)
        yield from ((rule, at) for at in found)


def _find_broken(
    constraint: Constraint, texts: Sequence[str], asked: Iterable[int]
) -> list[int]:
    """Return which of these texts do not meet a constraint."""
    tallies, cap = constraint.tallies, constraint.cap
    if cap == 1 and len(tallies) == 1 and tallies[0] == Tally(tallies[0].characters):
        # Nearly all rules ask whether there is any: the set itself can tell in a third
        # of the time.
        characters = tallies[0].characters
        members = characters.members
        lacks = members.issuperset if characters.complement else members.isdisjoint
        broken = {lack: not constraint.judge([not lack]) for lack in (True, False)}
        return [at for at in asked if broken[lacks(texts[at])]]
    # As in `holds`, which makes the tallies each time and takes five times as long.
    return [
        at
        for at in asked
        if not constraint.judge([t.count(texts[at], cap=cap) for t in tallies])
    ]


def judge_states(
    table: ResourceTable, api_users: Sequence[int]
) -> Iterator[tuple[Rule, int]]:
    """Yield each rule about API users with each row that breaks it.

    Args:
        table: The table.
        api_users: The rows of its API users.
    """
    for row in api_users:
        if table.statuses[row] == Status.INACTIVE and table.usernames[row]:
            yield HELD_NAME, row
    for rule, role, notices in _BY_COLUMN:
        if role in table.columns:
            texts = table.columns[role]
            yield from ((rule, row) for row in api_users if notices(texts[row]))
