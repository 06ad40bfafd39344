"""Rule findings for the rows that the rules are for: API users and proposed names."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from apiuser.auditing.candidates import Hashes, find_local_ends, hash_texts
from apiuser.auditing.columns import judge_column
from apiuser.credentials.credential import Username
from apiuser.credentials.validation import check_username, is_address_of
from apiuser.exports.texts import Positions, Texts
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Rule, Subject

Booleans = npt.NDArray[np.bool_]

_SOME_NAME = "a1"


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
    for rule in policy.rules_for(Subject.LOGIN):
        if rule.code == "USR009" and emails is not None:
            rows = _find_addresses(usernames, emails)
            yield rule, rows[present[rows]]
        elif rule.code == "USR012":
            yield rule, _find_bad_suffixes(usernames, ends, suffixed & present, policy)


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


def _find_addresses(usernames: Texts, emails: Texts) -> Positions:
    """Return the rows whose username is the e-mail address."""
    likely = np.flatnonzero(_hash_small(usernames) == _hash_small(emails)).tolist()
    # What folds in more ways than from capital to small letters is compared alone.
    odd = [t.find_rows_outside(ord("!"), ord("~")) for t in (usernames, emails)]
    found = [
        row
        for row in sorted({*likely, *np.concatenate(odd).tolist()})
        if is_address_of(Username.parse(usernames.take(row)), emails.take(row))
    ]
    return np.array(found, np.int64)


def _hash_small(texts: Texts) -> Hashes:
    small = np.frombuffer(texts.data.tobytes().lower(), np.uint8)
    return hash_texts(small, texts.starts, texts.ends)


def _breaks(code: str, name: Username, policy: Policy) -> bool:
    return any(f.code == code for f in check_username(name, policy=policy))
