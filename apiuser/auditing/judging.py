"""Rule findings for the rows that the rules are for: API users and proposed names."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from apiuser.auditing.candidates import find_local_ends
from apiuser.auditing.columns import judge_column
from apiuser.credential import Username
from apiuser.policies import Policy
from apiuser.rules import Rule, Subject
from apiuser.tables.arrow import read_booleans
from apiuser.tables.texts import Positions, Texts
from apiuser.validation import check_username

Booleans = npt.NDArray[np.bool_]

_SOME_NAME = "a1"


def judge_usernames(
    usernames: Any,  # noqa: ANN401  # Arrow has no types
    emails: Any | None,  # noqa: ANN401
    policy: Policy,
) -> Iterator[tuple[Rule, Positions]]:
    """Yield each rule of the policy with the rows that break it.

    Table rules (taken, other suffix, look-alike) are not judged here.

    Args:
        usernames: An Arrow array of usernames as read.
        emails: The e-mail addresses of the same rows, where known.
        policy: The rules to judge by.
    """
    whole = Texts.of(usernames)
    ends = find_local_ends(whole)
    locals_ = Texts(whole.data, whole.starts, ends)
    present = ends > whole.starts
    rules = policy.rules_for(Subject.LOCAL_PART)
    judged = [rule for rule in rules if rule.constraint is not None]
    held = judge_column([r.constraint for r in judged if r.constraint], locals_)
    for rule, column in zip(judged, held, strict=True):
        # A name that is not there breaks the rule of presence and no other.
        asks = ~present if rule.code == "USR001" else present
        yield rule, np.flatnonzero(~column & asks)
    suffixed = ends < whole.ends
    for rule in policy.rules_for(Subject.LOGIN):
        if rule.code == "USR009" and emails is not None:
            yield rule, _find_addresses(usernames, emails, policy)
        elif rule.code == "USR012":
            yield rule, _find_bad_suffixes(whole, ends, suffixed & present, policy)
        elif rule.code == "USR013":
            yield rule, np.flatnonzero(~suffixed & present)


def _find_bad_suffixes(
    texts: Texts, ends: Positions, rows: Booleans, policy: Policy
) -> Positions:
    seen: dict[str, bool] = {}
    bad = []
    for row in np.flatnonzero(rows).tolist():
        suffix = texts.data[ends[row] + 1 : texts.ends[row]].tobytes().decode()
        if suffix not in seen:
            name = Username(_SOME_NAME, suffix)
            seen[suffix] = _breaks("USR012", name, policy)
        if seen[suffix]:
            bad.append(row)
    return np.array(bad, np.int64)


def _find_addresses(usernames: Any, emails: Any, policy: Policy) -> Positions:  # noqa: ANN401
    """Return the rows whose username is the e-mail address."""
    likely = pc.equal(pc.ascii_lower(usernames), pc.ascii_lower(emails))
    rows = set(np.flatnonzero(read_booleans(likely)).tolist())
    for column in (usernames, emails):
        rows.update(Texts.of(column).find_rows_outside(ord("!"), ord("~")).tolist())
    found = [
        row
        for row in sorted(rows)
        if _breaks("USR009", usernames[row].as_py(), policy, emails[row].as_py())
    ]
    return np.array(found, np.int64)


def _breaks(code: str, name: str | Username, policy: Policy, email: str = "") -> bool:
    findings = check_username(name, policy=policy, email=email)
    return any(finding.code == code for finding in findings)
