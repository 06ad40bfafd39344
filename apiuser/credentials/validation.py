"""Check a text or credential: all findings, in the order of the policy."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from apiuser.credentials.credential import Secret, Username
from apiuser.credentials.matching import TakenNames, fold_compatibility
from apiuser.rules.case import TEXTS, USERNAME_SUBJECTS, Case, Subject
from apiuser.rules.policies import DEFAULT_POLICY, Policy
from apiuser.rules.rule import Finding, Rule, Severity

_ADDRESS = re.compile(r"[^@]+@[\w-]+(\.[\w-]+)+|https?://\S+")  # mail, web
_PLACES = 3  # more would hide the message


def check_username(
    text: str | Username,
    *,
    policy: Policy = DEFAULT_POLICY,
    taken: TakenNames | Iterable[str] = (),
    email: str = "",
) -> tuple[Finding, ...]:
    """Check a username, `local` or `local@suffix`.

    Args:
        text: The username as typed.
        policy: The rules to check by.
        taken: Usernames in use, inactive resources included.
        email: The e-mail address of the same user, if known.

    Returns:
        All findings in the order of the policy; empty if all rules hold.
    """
    username = text if isinstance(text, Username) else Username.parse(text)
    index = taken if isinstance(taken, TakenNames) else TakenNames(taken)
    case = Case(
        local=username.local,
        suffix=username.suffix,
        email=email,
        relations=index.relate(username),
        fold=fold_compatibility,
    )
    return check_case(case, *USERNAME_SUBJECTS, policy=policy)


def check_suffix(
    suffix: str | None, *, policy: Policy = DEFAULT_POLICY
) -> tuple[Finding, ...]:
    """Check a suffix, what comes after the `@`; None if it is not known."""
    case = Case(suffix=suffix, fold=fold_compatibility)
    return tuple(
        Finding(rule)
        for rule in policy.rules_for(Subject.SUFFIX)
        if not rule.holds(case)
    )


def check_secret(
    text: str | Secret,
    *,
    policy: Policy = DEFAULT_POLICY,
    username: str | Username | None = None,
    email: str = "",
) -> tuple[Finding, ...]:
    """Check a secret; the findings never contain it.

    Args:
        text: The secret.
        policy: The rules to check by.
        username: The username it belongs to, if known.
        email: The e-mail address of the same user, if known.

    Returns:
        All findings in the order of the policy.
    """
    secret = text if isinstance(text, Secret) else Secret(text)
    if isinstance(username, str):
        username = Username.parse(username)
    case = Case(
        local="" if username is None else username.local,
        suffix=None if username is None else username.suffix,
        secret=secret,
        email=email,
        fold=fold_compatibility,
    )
    return check_case(case, Subject.SECRET, policy=policy)


def resembles_secret(text: str) -> bool:
    """Tell whether a text follows every rule for secrets, and is not an address."""
    text = text.strip()
    if len(text.split()) != 1 or _ADDRESS.fullmatch(text):
        return False
    return not any(found.severity is Severity.ERROR for found in check_secret(text))


def check_text(
    subject: Subject, text: str, *, policy: Policy = DEFAULT_POLICY
) -> tuple[Finding, ...]:
    """Check a name, an address or an identifier by the rules about it.

    Surrounding blanks count for nothing. No mail is sent and nothing is looked up.
    """
    known: dict[str, Any] = {TEXTS[subject]: text.strip()}
    return check_case(Case(fold=fold_compatibility, **known), subject, policy=policy)


def check_case(
    case: Case, subject: Subject, *further: Subject, policy: Policy = DEFAULT_POLICY
) -> tuple[Finding, ...]:
    """Check a case by the rules about some subjects, in the order of the policy.

    Args:
        case: What is checked.
        subject: Where the case has no text for it, only rules of presence are asked.
        further: Other subjects whose rules are asked too.
        policy: The rules to check by.
    """
    missing = not case.text(subject)
    return tuple(
        Finding(rule, _say_where(rule, case))
        for rule in policy.rules
        if (rule.subject is subject or rule.subject in further)
        and (rule.presence or not missing)
        and not rule.holds(case)
    )


def _say_where(rule: Rule, case: Case) -> str:
    """Say who else has the name, or which characters are meant; blank for neither."""
    other = case.relations.get(rule.relation) if rule.relation else None
    if other is not None:
        return f"{other} is in use"
    return locate_characters(rule, case.text(rule.subject))


def find_worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the highest severity among findings, None if there are none."""
    seen = {finding.severity for finding in findings}
    return min(seen, key=lambda severity: severity.rank, default=None)


def locate_characters(rule: Rule, text: str) -> str:
    """Say which characters of a text a rule does not want, and where.

    Usernames are not secret, so their characters are named by code point; of a
    secret only the number of unwanted characters is told.

    Returns:
        The places in words; blank if the rule is not about unwanted characters.
    """
    if rule.constraint is None or rule.constraint.forbidden is None:
        return ""
    places = rule.constraint.forbidden.find(text)
    if rule.subject is Subject.SECRET:
        return f"{len(places)} character{'s' if len(places) > 1 else ''}"
    named = [f"position {at}: {_name(text[at - 1])}" for at in places[:_PLACES]]
    if len(places) > _PLACES:
        named.append(f"and {len(places) - _PLACES} more")
    return ", ".join(named)


def _name(character: str) -> str:
    name = unicodedata.name(character, "character without a name")
    return f"U+{ord(character):04X} {name.lower()}"
