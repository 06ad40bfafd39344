"""Judge a text or credential: all findings, in the order of the policy."""

import unicodedata
from collections.abc import Iterable

from apiuser.credentials.credential import Secret, Username
from apiuser.credentials.matching import TakenNames, fold_compatibility
from apiuser.rules.catalogue import RULES
from apiuser.rules.policies import DEFAULT_POLICY, Policy
from apiuser.rules.rule import Finding, Rule, Severity, Subject

_SUFFIX_LENGTH = 253  # RFC 1035, the longest domain name in text form
_LABEL_LENGTH = 63  # RFC 1035, the longest label of a domain name
_PLACES = 3  # more would hide the message
_UNREAD = ("noreply", "donotreply", "devnull")


def check_username(
    text: str | Username,
    *,
    policy: Policy = DEFAULT_POLICY,
    taken: TakenNames | Iterable[str] = (),
    email: str = "",
) -> tuple[Finding, ...]:
    """Judge a username, `local` or `local@suffix`.

    Args:
        text: The username as typed.
        policy: The rules to judge by.
        taken: Usernames in use, inactive resources included.
        email: The e-mail address of the same user, where known.

    Returns:
        All findings in the order of the policy; empty where all rules hold.
    """
    username = text if isinstance(text, Username) else Username.parse(text)
    if not username.local:
        return (Finding(policy.rule("USR001")),)
    index = taken if isinstance(taken, TakenNames) else TakenNames(taken)
    same = index.holds_same(username)
    broken = {
        "USR007": same,
        "USR008": not same and index.holds_elsewhere(username),
        "USR009": is_address_of(username, email),
        "USR011": index.holds_lookalike(username),
        "USR012": username.suffix is not None and not _is_domain(username.suffix),
        "USR013": username.suffix is None,
    }
    found: list[Finding] = []
    for rule in policy.rules:
        if rule.subject is Subject.LOCAL_PART:
            found += _judge(rule, username.local)
        elif rule.subject is Subject.LOGIN and broken[rule.code]:
            found.append(Finding(rule))
    return tuple(found)


def is_address_of(username: Username, email: str) -> bool:
    """Tell whether the full login is the e-mail address, case and forms aside."""
    return bool(email) and (
        fold_compatibility(email) == fold_compatibility(username.full)
    )


def check_secret(
    text: str | Secret,
    *,
    policy: Policy = DEFAULT_POLICY,
    username: str | Username | None = None,
) -> tuple[Finding, ...]:
    """Judge a secret; the findings never hold it.

    Args:
        text: The secret.
        policy: The rules to judge by.
        username: The username it belongs to, where known.

    Returns:
        All findings in the order of the policy.
    """
    secret = text.reveal() if isinstance(text, Secret) else text
    if not secret:
        return (Finding(policy.rule("SEC001")),)
    if isinstance(username, str):
        username = Username.parse(username)
    found: list[Finding] = []
    for rule in policy.rules_for(Subject.SECRET):
        if rule.code == "SEC010":
            if username is not None and _contains(secret, username, rule):
                found.append(Finding(rule))
        else:
            found += _judge(rule, secret)
    return tuple(found)


def check_first_name(text: str) -> tuple[Finding, ...]:
    """Judge a first name, surrounding blanks aside."""
    return _judge(RULES["NAM001"], text.strip())


def check_last_name(text: str) -> tuple[Finding, ...]:
    """Judge a last name, surrounding blanks aside."""
    return _judge(RULES["NAM002"], text.strip())


def check_email(text: str) -> tuple[Finding, ...]:
    """Judge an e-mail address by syntax; no mail and no look-up is sent."""
    address = text.strip()
    if not address:
        return (Finding(RULES["EML001"]),)
    found = []
    if not _is_address(address):
        found.append(Finding(RULES["EML002"]))
    found += _judge(RULES["EML003"], address)
    name = address.casefold().partition("@")[0].partition("+")[0]
    if "".join(c for c in name if c.isalpha()) in _UNREAD:
        found.append(Finding(RULES["EML004"]))
    return tuple(found)


def check_identifier(*, vendor: str, custom: bool) -> tuple[Finding, ...]:
    """Judge the choice between an integration vendor and a custom identifier."""
    one = bool(vendor.strip()) != custom
    return () if one else (Finding(RULES["VEN001"]),)


def check_tracking_identifier(text: str) -> tuple[Finding, ...]:
    """Judge the form of a custom tracking identifier."""
    return _judge(RULES["TRK001"], text)


def find_worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among findings, None where there are none."""
    seen = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in seen), None)


def locate_characters(rule: Rule, text: str) -> str:
    """Say which characters of a text a rule does not want, and where.

    Usernames are no secret, so their characters are named by code point; of a
    secret only the number of unwanted characters is told.

    Returns:
        The places in words; blank where the rule is not about unwanted characters.
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


def _judge(rule: Rule, text: str) -> tuple[Finding, ...]:
    if rule.constraint is None or rule.constraint.holds(text):
        return ()
    return (Finding(rule, locate_characters(rule, text)),)


def _contains(secret: str, username: Username, rule: Rule) -> bool:
    local = fold_compatibility(username.local)
    return len(local) >= rule.parameters["least"] and local in fold_compatibility(
        secret
    )


def _is_domain(text: str) -> bool:
    labels = text.split(".")
    return len(text) <= _SUFFIX_LENGTH and all(
        0 < len(label) <= _LABEL_LENGTH
        and label.isascii()
        and label.replace("-", "").isalnum()
        and label[0] != "-" != label[-1]
        for label in labels
    )


def _is_address(text: str) -> bool:
    # Imported here: the pure core must load without it.
    from email_validator import (  # noqa: PLC0415
        SPECIAL_USE_DOMAIN_NAMES,
        EmailNotValidError,
        validate_email,
    )

    # Syntax alone is asked for, but the library also refuses reserved endings,
    # .local among them, which tenants do use; they are judged as .com.
    ending = text.rpartition(".")[2]
    if ending.casefold() in SPECIAL_USE_DOMAIN_NAMES:
        text = f"{text.removesuffix(ending)}com"
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
