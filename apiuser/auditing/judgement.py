"""Findings about API users and proposed names: by the rules, and by their state."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from apiuser.credentials.matching import fold_compatibility
from apiuser.exports import ResourceTable, Status
from apiuser.exports.categories import names_several, names_system_level, says_locked
from apiuser.rules.case import USERNAME_SUBJECTS, Case, Subject, UserState
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Rule

_BY_COLUMN: tuple[tuple[UserState, str, Callable[[str], bool | None]], ...] = (
    (UserState.SYSTEM_LEVEL, "security_level", names_system_level),
    (UserState.LOCKED, "locked", says_locked),
    (UserState.SHARED, "integration", names_several),
)
"""What shows that users are in a state: a column, by what its text says."""


def make_case(
    username: str, email: str = "", states: frozenset[UserState] = frozenset()
) -> Case:
    """Return what rules are asked about, of a username as read or proposed."""
    local, sign, suffix = username.partition("@")
    return Case(
        local=local,
        suffix=suffix if sign else None,
        email=email,
        states=states,
        fold=fold_compatibility,
    )


def read_cases(table: ResourceTable, rows: Iterable[int]) -> Iterator[Case]:
    """Yield what rules are asked about, of some rows of a table."""
    emails = table.columns.get("email")
    told = [
        (state, table.columns[role], says)
        for state, role, says in _BY_COLUMN
        if role in table.columns
    ]
    for row in rows:
        states = {state for state, texts, says in told if says(texts[row])}
        if table.statuses[row] == Status.INACTIVE:
            states.add(UserState.INACTIVE)
        email = "" if emails is None else emails[row]
        yield make_case(table.usernames[row], email, frozenset(states))


def judge_usernames(
    cases: Sequence[Case], policy: Policy, *, proposed: bool = False
) -> Iterator[tuple[Rule, int]]:
    """Yield each rule that a username breaks, with the position of the username.

    Rules about other names are left to the comparison of all names.

    Args:
        cases: What is asked about.
        policy: The rules to check by.
        proposed: Whether these names are proposed, and not in use.
    """
    # A missing username breaks the rules of presence and no others.
    named = [at for at, case in enumerate(cases) if case.local]
    texts: dict[Subject, list[str]] = {}
    for rule in policy.rules:
        if rule.subject not in USERNAME_SUBJECTS or rule.relation or not rule.in_audits:
            continue
        if not (proposed or rule.in_use):
            continue
        rows = range(len(cases)) if rule.presence else named
        if rule.judge is not None or rule.constraint is None:
            yield from ((rule, at) for at in rows if not rule.holds(cases[at]))
            continue
        if rule.subject not in texts:
            texts[rule.subject] = [case.text(rule.subject) for case in cases]
        held = texts[rule.subject]
        found = rule.constraint.list_broken([held[at] for at in rows])
        yield from ((rule, rows[at]) for at in found)


def judge_states(cases: Sequence[Case], policy: Policy) -> Iterator[tuple[Rule, int]]:
    """Yield each rule that the state of an API user breaks, with its position."""
    for rule in policy.rules_for(Subject.STATE):
        yield from ((rule, at) for at, case in enumerate(cases) if not rule.holds(case))
