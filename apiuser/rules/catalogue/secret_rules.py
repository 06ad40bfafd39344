"""The rules about secrets."""

from apiuser.rules.case import Subject
from apiuser.rules.character_sets import (
    BLANK_OR_QUOTE,
    DIGITS,
    LOWER,
    PRINTABLE_ASCII,
    SCRIPT_MARKS,
    SPECIAL,
    UPPER,
)
from apiuser.rules.citations import (
    ADD_EDIT,
    FIELD_LENGTHS,
    HOW_TO,
    OURS,
    POLICY_2025_6,
    POWERSHELL,
    RESOURCE_SOAP,
    SITE_SETUP,
    WORKPLACE,
)
from apiuser.rules.constraints import (
    AllowedOnly,
    ContainsAny,
    Excludes,
    GroupsAtLeast,
    Length,
)
from apiuser.rules.judges import LacksUsername
from apiuser.rules.rule import Rule, Severity

SHORTEST_SECRET = 12
"""The fewest characters that Autotask asks for, unless Site Setup says otherwise."""
LONGEST_SECRET = 64
"""The length of the API's own Password field."""

LEAST_LENGTH = Rule(
    code="SEC002",
    subject=Subject.SECRET,
    severity=Severity.ERROR,
    template="Use at least {minimum} characters in the secret.",
    reason="The password requirements of Site Setup ask for it.",
    sources=(POLICY_2025_6,),
    constraint=Length(minimum=SHORTEST_SECRET),
    problem="Too short",
)

SPECIAL_NEEDED = Rule(
    code="SEC004",
    subject=Subject.SECRET,
    severity=Severity.ERROR,
    template="Use at least one special character in the secret.",
    reason="The password policy asks for it.",
    sources=(POLICY_2025_6,),
    constraint=ContainsAny(characters=SPECIAL),
    problem="No special character",
)

GROUPS_NEEDED = Rule(
    code="SEC005",
    subject=Subject.SECRET,
    severity=Severity.ERROR,
    template="Use at least {least} of these in the secret: capitals, lower-case letters, digits.",
    reason="The password policy asks for it.",
    sources=(POLICY_2025_6,),
    constraint=GroupsAtLeast(least=2, groups=(UPPER, LOWER, DIGITS)),
    problem="Too few kinds of characters",
)

NO_BLANK_OR_QUOTE = Rule(
    code="SEC006",
    subject=Subject.SECRET,
    severity=Severity.ERROR,
    template="Leave every {characters} out of the secret.",
    reason="Site Setup refuses both in any password.",
    sources=(
        SITE_SETUP,
        POLICY_2025_6,
    ),
    constraint=Excludes(characters=BLANK_OR_QUOTE),
    problem="Space or single quote",
)

SPECIAL_EARLY = Rule(
    code="SEC007",
    subject=Subject.SECRET,
    severity=Severity.WARNING,
    template="Put a special character in one of the positions {first} to {last} of the secret.",
    reason="An older rule; no announcement says that it ended.",
    sources=(RESOURCE_SOAP,),
    constraint=ContainsAny(characters=SPECIAL, first=2, last=6),
    problem="No special character near the beginning",
)

LONGEST_FOR_TARGETS = Rule(
    code="SEC008",
    subject=Subject.SECRET,
    severity=Severity.WARNING,
    template="Use at most {maximum} characters unless the target application accepts more.",
    reason="Some applications do not accept longer secrets.",
    sources=(
        HOW_TO,
        WORKPLACE,
    ),
    for_people=True,
    constraint=Length(maximum=25),
    problem="Too long for some applications",
)

SECRET_RULES = (
    Rule(
        code="SEC001",
        subject=Subject.SECRET,
        severity=Severity.ERROR,
        template="Enter or generate a secret.",
        reason="An API user logs in with it.",
        sources=(
            HOW_TO,
            ADD_EDIT,
        ),
        presence=True,
        constraint=Length(minimum=1),
        problem="No secret",
    ),
    LEAST_LENGTH,
    Rule(
        code="SEC003",
        subject=Subject.SECRET,
        severity=Severity.ERROR,
        template="Use at most {maximum} characters in the secret.",
        reason="The API's own field holds no more.",
        sources=(FIELD_LENGTHS,),
        constraint=Length(maximum=LONGEST_SECRET),
        problem="Too long",
    ),
    SPECIAL_NEEDED,
    GROUPS_NEEDED,
    NO_BLANK_OR_QUOTE,
    SPECIAL_EARLY,
    LONGEST_FOR_TARGETS,
    Rule(
        code="SEC009",
        subject=Subject.SECRET,
        severity=Severity.ERROR,
        template="Use only {characters} in the secret.",
        reason="The secret travels in an HTTP header.",
        sources=(OURS,),
        constraint=AllowedOnly(characters=PRINTABLE_ASCII),
        problem="Character outside ASCII",
    ),
    Rule(
        code="SEC010",
        subject=Subject.SECRET,
        severity=Severity.WARNING,
        template="Use a secret that does not contain the username.",
        reason="Whoever sees the username would know part of the secret.",
        sources=(OURS,),
        judge=LacksUsername(least=4),
        problem="Contains the username",
    ),
    Rule(
        code="SEC011",
        subject=Subject.SECRET,
        severity=Severity.WARNING,
        template="Quote the secret in scripts, as the paste forms of apiuser handover do, or use one without {characters}.",
        reason="Shells give these characters a meaning of their own, and a secret that worked when typed has failed in a script.",
        sources=(POWERSHELL,),
        constraint=Excludes(characters=SCRIPT_MARKS),
        for_people=True,
        problem="Character that scripts change",
    ),
)
