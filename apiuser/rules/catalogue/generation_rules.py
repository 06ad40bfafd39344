"""The rules that a generated secret follows beyond its policy."""

from apiuser.rules.case import Subject
from apiuser.rules.catalogue.secret_rules import SPECIAL_EARLY
from apiuser.rules.character_sets import DIGITS, LOWER, SPECIAL, UPPER
from apiuser.rules.citations import OURS
from apiuser.rules.constraints import Excludes, GroupsAtLeast
from apiuser.rules.rule import Rule, Severity

GENERATION_RULES = (
    Rule(
        code="GEN001",
        subject=Subject.SECRET,
        severity=Severity.ERROR,
        template="Use capitals, lower-case letters and digits.",
        reason="This meets every policy that asks for any two of the three.",
        sources=(OURS,),
        constraint=GroupsAtLeast(least=3, groups=(UPPER, LOWER, DIGITS)),
        problem="A kind of character missing",
    ),
    Rule(
        code="GEN002",
        subject=Subject.SECRET,
        severity=Severity.ERROR,
        template="Put a special character in one of the positions {first} to {last}.",
        reason="An older Autotask rule; no announcement says that it ended.",
        sources=(OURS,),
        constraint=SPECIAL_EARLY.constraint,
        problem=SPECIAL_EARLY.problem,
    ),
    Rule(
        code="GEN003",
        subject=Subject.SECRET,
        severity=Severity.ERROR,
        template="Begin with a letter or digit.",
        reason="Spreadsheets run what begins with = + - or @.",
        sources=(OURS,),
        constraint=Excludes(characters=SPECIAL, first=1, last=1),
        problem="Begins with a special character",
    ),
    Rule(
        code="GEN004",
        subject=Subject.SECRET,
        severity=Severity.ERROR,
        template="End with a letter or digit.",
        reason="A mark at the end is lost when a sentence is copied.",
        sources=(OURS,),
        constraint=Excludes(characters=SPECIAL, first=-1, last=-1),
        problem="Ends with a special character",
    ),
)
