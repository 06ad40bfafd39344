"""Named sets of rules: Autotask's own, and the tenant's from its Site Setup page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from apiuser.errors import PolicyError
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.secret_rules import (
    GROUPS_NEEDED,
    LEAST_LENGTH,
    LONGEST_FOR_TARGETS,
    LONGEST_SECRET,
    NO_BLANK_OR_QUOTE,
    SPECIAL_EARLY,
    SPECIAL_NEEDED,
)
from apiuser.rules.citations import RESOURCE_SOAP, SITE_SETUP
from apiuser.rules.constraints import Length
from apiuser.rules.rule import Rule, Severity, Source

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

USERNAME_LENGTH = 15
"""What Generate Key makes (the how-to's "15-digit" key: 15 characters)."""
SECRET_LENGTH = 25
"""What Generate Secret makes (the how-to's "25-digit" password: 25 characters)."""


# Compared by identity, so that what is built from a policy can be remembered.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Policy:
    """A named, dated set of rules.

    Attributes:
        rules: The rules in the order in which findings are listed.
        effective: Since when, as Autotask's release or a date.
        username_length: Characters of a generated key.
        secret_length: Characters of a generated secret.
    """

    name: str
    title: str
    effective: str
    rules: tuple[Rule, ...]
    username_length: int = USERNAME_LENGTH
    secret_length: int = SECRET_LENGTH

    def rule(self, code: str) -> Rule:
        """Return the rule with this code.

        Raises:
            KeyError: The policy has no such rule.
        """
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)

    def rules_for(self, subject: Subject) -> tuple[Rule, ...]:
        """Return the rules that judge one subject."""
        return tuple(rule for rule in self.rules if rule.subject is subject)

    def with_rules(self, *changed: Rule) -> "Policy":
        """Return the policy with rules of the same codes replaced, and others added."""
        by_code = {rule.code: rule for rule in (*self.rules, *changed)}
        return replace(self, rules=tuple(by_code.values()))


DEFAULT_POLICY = Policy(
    name="autotask-2025.6",
    title="Autotask since release 2025.6",
    effective="release 2025.6",
    rules=tuple(rule for rule in RULES.values() if rule.subject is not Subject.TABLE),
)

_STRONG = (SPECIAL_NEEDED, GROUPS_NEEDED, SPECIAL_EARLY)
"""What Site Setup asks for if strong passwords are on."""

_LEGACY = replace(
    DEFAULT_POLICY,
    name="autotask-legacy",
    title="Autotask before release 2025.6, strong passwords on",
    effective="before release 2025.6",
).with_rules(
    replace(
        LEAST_LENGTH,
        constraint=Length(minimum=7),
        sources=(RESOURCE_SOAP, SITE_SETUP),
    ),
    replace(SPECIAL_NEEDED, sources=(RESOURCE_SOAP,)),
    replace(GROUPS_NEEDED, sources=(RESOURCE_SOAP,)),
    replace(NO_BLANK_OR_QUOTE, sources=(SITE_SETUP,)),
    replace(SPECIAL_EARLY, severity=Severity.ERROR),
)

POLICIES: Mapping[str, Policy] = MappingProxyType(
    {policy.name: policy for policy in (DEFAULT_POLICY, _LEGACY)}
)


def find_least_length(policy: Policy) -> int:
    """Return how many characters a policy asks of a secret."""
    constraint = policy.rule(LEAST_LENGTH.code).constraint
    return constraint.minimum if isinstance(constraint, Length) else 1


def limit_for_target(
    policy: Policy, limit: int | None, *, entered_on: "dt.date | None" = None
) -> Policy:
    """Return the policy for an application that takes `limit` characters at most.

    Args:
        policy: The policy to start from.
        limit: The longest secret the target application takes, in characters;
            None if it states no limit.
        entered_on: The day on which the limit was looked up, if known.

    Raises:
        PolicyError: The limit is below the policy's least length.
    """
    if limit is None:
        return policy
    least = find_least_length(policy)
    if limit < least:
        message = (
            f"The target application accepts {limit} characters, but "
            f"{LEAST_LENGTH.code} asks for at least {least}. Ask the vendor whether it "
            "can accept more."
        )
        raise PolicyError(message)
    rule = replace(
        LONGEST_FOR_TARGETS,
        severity=Severity.ERROR,
        template="Use at most {maximum} characters: the target accepts no more.",
        sources=(_entered("target application", entered_on),),
        constraint=Length(maximum=limit),
    )
    return replace(
        policy.with_rules(rule), secret_length=min(policy.secret_length, limit)
    )


def tenant_policy(
    *,
    minimum_length: int,
    strong_passwords: bool,
    entered_on: "dt.date",
    target_limit: int | None = None,
) -> Policy:
    """Return the policy that a tenant's Site Setup page describes.

    Args:
        minimum_length: Least characters of a password, as the page says.
        strong_passwords: Whether the page asks for strong passwords; without them the
            rules about kinds of characters are left out.
        entered_on: The day on which the page was read.
        target_limit: The longest secret the target application takes.

    Raises:
        PolicyError: The minimum is not 1 to 64, or above the target's limit.
    """
    if not 1 <= minimum_length <= LONGEST_SECRET:
        message = (
            f"The minimum length is {minimum_length}; enter a number from 1 to "
            f"{LONGEST_SECRET}, as the Site Setup page says."
        )
        raise PolicyError(message)
    source = _entered("tenant", entered_on)
    policy = replace(
        DEFAULT_POLICY,
        name="tenant",
        title="The tenant's own, from its Site Setup page",
        effective=entered_on.isoformat(),
        secret_length=max(SECRET_LENGTH, minimum_length),
        rules=tuple(
            rule
            for rule in DEFAULT_POLICY.rules
            if strong_passwords or rule not in _STRONG
        ),
    ).with_rules(
        replace(
            LEAST_LENGTH,
            constraint=Length(minimum=minimum_length),
            sources=(source,),
        ),
        *(
            replace(rule, sources=(source, *rule.sources))
            for rule in _STRONG
            if strong_passwords
        ),
        # Nobody is warned of a length that the tenant asks for.
        replace(
            LONGEST_FOR_TARGETS,
            constraint=Length(maximum=max(SECRET_LENGTH, minimum_length)),
        ),
    )
    return limit_for_target(policy, target_limit, entered_on=entered_on)


def _entered(what: str, entered_on: "dt.date | None") -> Source:
    day = "" if entered_on is None else entered_on.isoformat()
    title = f"{what}, entered on {day}" if day else what
    return Source(title=title, kind="tenant", certainty="high", date=day)


_KEYS: Mapping[str, tuple[str, str]] = {
    "minimum_length": ("int", "a whole number"),
    "strong_passwords": ("bool", "true or false"),
    "entered_on": ("date", "a date such as 2026-11-24"),
    "target_limit": ("int", "a whole number"),
}
"""The keys of a policy file: name of the type of each, and what is expected."""


def read_policy(path: "str | Path") -> Policy:
    """Read a tenant's policy from a TOML file with the arguments of `tenant_policy`.

    Raises:
        AccessError: The file cannot be read.
        PolicyError: It is not TOML, or a key is missing, unknown or of another type.
    """
    from apiuser.files import (  # noqa: PLC0415  # late: the command starts faster
        parse_toml,
        read_whole,
    )

    values = parse_toml(read_whole(path), str(path), PolicyError)
    reasons = [f"{key} is unknown" for key in values if key not in _KEYS]
    for key, (kind, expected) in _KEYS.items():
        if key not in values:
            if key != "target_limit":
                reasons.append(f"{key} is missing; write {expected}")
        elif type(values[key]).__name__ != kind:
            reasons.append(f"{key} must be {expected}")
    if reasons:
        message = f"{path}: {'; '.join(reasons)}."
        raise PolicyError(message)
    try:
        return tenant_policy(**values)
    except PolicyError as error:
        message = f"{path}: {error}"
        raise PolicyError(message) from None
