"""What a rule asks for beyond the characters of one text, as data that can be called.

A judge is given a `Case` and says whether the rule holds. Its fields are parameters
of the rule's message, as those of a constraint are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apiuser.rules.case import UserState

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from apiuser.rules.case import Case, Relation

    Judge: TypeAlias = Callable[[Case], bool]

_SUFFIX_LENGTH = 253  # RFC 1035, the longest domain name in text form
_LABEL_LENGTH = 63  # RFC 1035, the longest label of a domain name
_MAIL_HOSTS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com"),
        *("yahoo.com", "icloud.com", "aol.com", "gmx.de", "gmx.net", "web.de"),
        *("proton.me", "protonmail.com", "msn.com", "mail.com"),
    }
)
"""Where anybody can get a mailbox; no tenant has one of these as its suffix."""
_UNREAD = ("noreply", "donotreply", "devnull")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrelated:
    """No name in use is related to the username in one way.

    A whole export is compared at once; its conflicts carry the relation, and the
    rule that has it here names them.
    """

    relation: Relation

    def __call__(self, case: Case) -> bool:
        """Tell whether the rule holds."""
        return self.relation not in case.relations


@dataclass(frozen=True, slots=True, kw_only=True)
class IsNot:
    """An export does not say one thing about an API user."""

    state: UserState

    def __call__(self, case: Case) -> bool:
        """Tell whether the rule holds."""
        return self.state not in case.states


@dataclass(frozen=True, slots=True, kw_only=True)
class LacksUsername:
    """The secret does not contain a username of at least `least` characters."""

    least: int

    def __call__(self, case: Case) -> bool:
        """Tell whether the rule holds."""
        if not case.local or case.secret is None:
            return True
        local = case.fold(case.local)
        return len(local) < self.least or local not in case.fold(case.secret.reveal())


def differs_from_email(case: Case) -> bool:
    """Tell whether the full username differs from the e-mail address."""
    return not case.email or case.fold(case.email) != case.fold(case.full_username)


def is_no_mailbox(case: Case) -> bool:
    """Tell whether a full username does not look like a person's or a public mailbox.

    An API user's name has a digit, and a person's mailbox seldom has one.
    """
    if not case.suffix:
        return True
    personal = case.local.replace(".", "").replace("-", "").isalpha()
    return not personal and case.fold(case.suffix) not in _MAIL_HOSTS


def keeps_no_name(case: Case) -> bool:
    """Tell whether the user is active, or has no username that it could keep."""
    return UserState.INACTIVE not in case.states or not case.full_username


def has_suffix(case: Case) -> bool:
    """Tell whether the suffix is known."""
    return case.suffix is not None


def has_domain_as_suffix(case: Case) -> bool:
    """Tell whether the suffix, if there is one, is a domain name (RFC 1035)."""
    return case.suffix is None or _is_domain(case.suffix)


def is_address(case: Case) -> bool:
    """Tell whether the e-mail address is one by its syntax; nothing is looked up."""
    # Late: the pure core must load without it.
    from email_validator import (  # noqa: PLC0415
        SPECIAL_USE_DOMAIN_NAMES,
        EmailNotValidError,
        validate_email,
    )

    # Only the syntax is checked, but the library also refuses reserved endings,
    # .local among them, which tenants do use; they are checked as .com.
    text = case.email
    ending = text.rpartition(".")[2]
    if ending.casefold() in SPECIAL_USE_DOMAIN_NAMES:
        text = f"{text.removesuffix(ending)}com"
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def is_read_by_somebody(case: Case) -> bool:
    """Tell whether the mailbox does not say by its name that nobody reads it."""
    name = case.email.casefold().partition("@")[0].partition("+")[0]
    return "".join(c for c in name if c.isalpha()) not in _UNREAD


def names_vendor(case: Case) -> bool:
    """Tell whether there is a vendor; an integration of one's own is not asked."""
    return bool(case.vendor)


def _is_domain(text: str) -> bool:
    labels = text.split(".")
    return len(text) <= _SUFFIX_LENGTH and all(
        0 < len(label) <= _LABEL_LENGTH
        and label.isascii()
        and label.replace("-", "").isalnum()
        and label[0] != "-" != label[-1]
        for label in labels
    )
