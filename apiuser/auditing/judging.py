"""Rule findings for the rows that the rules are for: API users and proposed names."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from apiuser.auditing.candidates import find_local_ends
from apiuser.auditing.columns import judge_column
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility
from apiuser.credentials.validation import check_suffix
from apiuser.exports.texts import Positions, Texts
from apiuser.rules.case import Case, Subject
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Rule

Booleans = npt.NDArray[np.bool_]


def judge_usernames(
    usernames: Texts, emails: Texts | None, policy: Policy
) -> Iterator[tuple[Rule, Positions]]:
    """Yield each rule of the policy with the rows that break it.

    Table rules (taken, other suffix, look-alike) are not judged here, and USR013
    (suffix unknown) is only for those who fill in a form: nobody can mend an export.

    Args:
        usernames: The usernames as read.
        emails: The e-mail addresses of the same rows, where known.
        policy: The rules to judge by.
    """
    ends = find_local_ends(usernames)
    locals_ = Texts(usernames.data, usernames.starts, ends)
    present = ends > usernames.starts
    rules = policy.rules_for(Subject.LOCAL_PART)
    judged = [rule for rule in rules if rule.constraint is not None]
    held = judge_column([r.constraint for r in judged if r.constraint], locals_)
    for rule, column in zip(judged, held, strict=True):
        # A name that is not there breaks the rule of presence and no other.
        asks = ~present if rule.code == "USR001" else present
        yield rule, np.flatnonzero(~column & asks)
    suffixed = ends < usernames.ends
    for rule in policy.rules_for(Subject.SUFFIX):
        if rule.in_audits:
            yield rule, _find_bad_suffixes(usernames, ends, suffixed & present, policy)
    asked = [
        rule
        for subject in (Subject.LOCAL_PART, Subject.LOGIN)
        for rule in policy.rules_for(subject)
        if rule.judge is not None and rule.relation is None and rule.in_audits
    ]
    if asked:
        cases = [
            (
                row,
                _make_case(
                    usernames.take(row), "" if emails is None else emails.take(row)
                ),
            )
            for row in np.flatnonzero(present).tolist()
        ]
        for rule in asked:
            rows = [row for row, case in cases if not rule.holds(case)]
            yield rule, np.array(rows, np.int64)


def _make_case(name: str, email: str) -> Case:
    username = Username.parse(name)
    return Case(
        local=username.local,
        suffix=username.suffix,
        email=email,
        fold=fold_compatibility,
    )


def _find_bad_suffixes(
    texts: Texts, ends: Positions, rows: Booleans, policy: Policy
) -> Positions:
    seen: dict[str, bool] = {}
    bad = []
    for row in np.flatnonzero(rows).tolist():
        suffix = texts.data[ends[row] + 1 : texts.ends[row]].tobytes().decode()
        if suffix not in seen:
            seen[suffix] = bool(check_suffix(suffix, policy=policy))
        if seen[suffix]:
            bad.append(row)
    return np.array(bad, np.int64)
