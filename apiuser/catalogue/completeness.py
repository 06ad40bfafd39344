"""The rules about what a set of exports can prove."""

from apiuser.rules import Rule, Severity, Subject
from apiuser.sources import ACTIVATE, GRID_EXPORT, HOW_TO, INFERENCE, RESOURCES_PAGE

COMPLETENESS_RULES = (
    Rule(
        code="AUD001",
        subject=Subject.TABLE,
        severity=Severity.WARNING,
        template="Export again in parts: exactly {rows} rows were read, the limit of one export.",
        reason="The grid exports only the first rows.",
        sources=(GRID_EXPORT,),
        parameters={"rows": 5000},
    ),
    Rule(
        code="AUD002",
        subject=Subject.TABLE,
        severity=Severity.WARNING,
        template="Add the other half, or show the column Status: active and inactive are both needed.",
        reason="A username is unique including inactive resources.",
        sources=(ACTIVATE, HOW_TO),
    ),
    Rule(
        code="AUD003",
        subject=Subject.TABLE,
        severity=Severity.NOTICE,
        template="Add the exports of the co-managing users: none were seen.",
        reason="They stand on pages of their own and hold usernames too.",
        sources=(RESOURCES_PAGE, INFERENCE),
    ),
    Rule(
        code="AUD004",
        subject=Subject.TABLE,
        severity=Severity.NOTICE,
        template="Add the licence type or the security level: without it only names are compared.",
        reason="The rules for keys judge API users only.",
        sources=(INFERENCE,),
    ),
)
