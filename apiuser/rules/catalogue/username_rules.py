"""The rules about usernames (keys)."""

from apiuser.rules.case import Relation, Subject
from apiuser.rules.character_sets import (
    DIGITS,
    FORBIDDEN,
    FRAGILE,
    LETTERS,
    VISIBLE_ASCII,
)
from apiuser.rules.citations import (
    ADD_EDIT,
    FIELD_LENGTHS,
    HOW_TO,
    INFERENCE,
    NOT_THE_EMAIL,
    OURS,
    WORKPLACE,
)
from apiuser.rules.constraints import AllowedOnly, ContainsAny, Excludes, Length
from apiuser.rules.judges import (
    Unrelated,
    differs_from_email,
    has_domain_as_suffix,
    has_suffix,
    is_no_mailbox,
)
from apiuser.rules.rule import Rule, Severity

USERNAME_RULES = (
    Rule(
        code="USR001",
        subject=Subject.LOCAL_PART,
        severity=Severity.ERROR,
        template="Enter a username (key).",
        reason="An API user logs in with it.",
        sources=(
            HOW_TO,
            ADD_EDIT,
        ),
        presence=True,
        constraint=Length(minimum=1),
    ),
    Rule(
        code="USR002",
        subject=Subject.LOCAL_PART,
        severity=Severity.ERROR,
        template="Use at least one letter, a to z, in the username.",
        reason="An own username must contain letters and numbers.",
        sources=(
            HOW_TO,
            WORKPLACE,
        ),
        constraint=ContainsAny(characters=LETTERS),
    ),
    Rule(
        code="USR003",
        subject=Subject.LOCAL_PART,
        severity=Severity.ERROR,
        template="Use at least one digit in the username.",
        reason="An own username must contain letters and numbers.",
        sources=(
            HOW_TO,
            WORKPLACE,
        ),
        constraint=ContainsAny(characters=DIGITS),
    ),
    Rule(
        code="USR004",
        subject=Subject.LOCAL_PART,
        severity=Severity.ERROR,
        template="Leave these characters out of the username: {characters}",
        reason="Autotask refuses them; the double quote is named by one source only.",
        sources=(
            HOW_TO,
            WORKPLACE,
        ),
        constraint=Excludes(characters=FORBIDDEN),
    ),
    Rule(
        code="USR005",
        subject=Subject.LOCAL_PART,
        severity=Severity.ERROR,
        template="Use {characters} only in the username, without blanks.",
        reason="The name travels in an HTTP header and in an address.",
        sources=(OURS,),
        constraint=AllowedOnly(characters=VISIBLE_ASCII),
    ),
    Rule(
        code="USR006",
        subject=Subject.LOCAL_PART,
        severity=Severity.ERROR,
        template="Use at most {maximum} characters before the @ of the username.",
        reason="The API's own field holds no more; that this bounds the local part is inferred.",
        sources=(FIELD_LENGTHS,),
        constraint=Length(maximum=32),
    ),
    Rule(
        code="USR007",
        subject=Subject.LOGIN,
        severity=Severity.ERROR,
        template="Choose another username: this one is taken, perhaps by an inactive resource.",
        template_in_use="Find out whether both bearers are one resource; if they are not, rename an API user rather than a person.",
        reason="A username is unique in the database, inactive resources included.",
        sources=(
            HOW_TO,
            WORKPLACE,
        ),
        judge=Unrelated(relation=Relation.TAKEN),
    ),
    Rule(
        code="USR008",
        subject=Subject.LOGIN,
        severity=Severity.WARNING,
        template="Check the suffix: the same name exists under another one.",
        reason="Whether the suffix makes a name unique is not documented.",
        sources=(INFERENCE,),
        judge=Unrelated(relation=Relation.OTHER_SUFFIX),
    ),
    Rule(
        code="USR009",
        subject=Subject.LOGIN,
        severity=Severity.WARNING,
        template="Use a username that differs from the e-mail address.",
        reason="The username only looks like an address; logging in with the address is refused.",
        sources=(NOT_THE_EMAIL,),
        judge=differs_from_email,
    ),
    Rule(
        code="USR010",
        subject=Subject.LOCAL_PART,
        severity=Severity.WARNING,
        template="Avoid these characters in the username: {characters}",
        reason="Shells, configuration files and addresses change them.",
        sources=(OURS,),
        constraint=Excludes(characters=FRAGILE),
    ),
    Rule(
        code="USR011",
        subject=Subject.LOGIN,
        severity=Severity.WARNING,
        template="Choose a username that cannot be mistaken for an existing one.",
        template_in_use="Take care not to mistake this name for the other one, which looks like it.",
        reason="People mix up names that look alike; names that differ only in accents do too, as accents get lost where names are typed or converted.",
        sources=(OURS,),
        judge=Unrelated(relation=Relation.LOOKALIKE),
    ),
    Rule(
        code="USR012",
        subject=Subject.SUFFIX,
        severity=Severity.ERROR,
        template="Write the full login as name@domain, with one @ and a domain behind it.",
        reason="The suffix is the tenant's login domain.",
        sources=(INFERENCE,),
        judge=has_domain_as_suffix,
    ),
    Rule(
        code="USR013",
        subject=Subject.SUFFIX,
        severity=Severity.NOTICE,
        template="Learn the login suffix from an existing username to see the full login.",
        reason="Autotask adds the suffix itself; it cannot be derived.",
        sources=(INFERENCE,),
        judge=has_suffix,
        in_audits=False,  # nobody can change a suffix in an export
    ),
    Rule(
        code="USR014",
        subject=Subject.LOGIN,
        severity=Severity.WARNING,
        template="Check that this is a username: it looks like an e-mail address.",
        reason="A username has the form of an address, and an address in its place is refused.",
        sources=(NOT_THE_EMAIL,),
        judge=is_no_mailbox,
        in_audits=False,  # what is in use was taken as a username
    ),
)
