"""The rules about the state that API users are in; all are notices."""

from apiuser.rules import Rule, Severity, Subject
from apiuser.sources import ADD_EDIT, ADDED_RESOURCE, INFERENCE, MSP360

HYGIENE_RULES = (
    Rule(
        code="HYG001",
        subject=Subject.TABLE,
        severity=Severity.NOTICE,
        template="Give this API user a level of its own: it has the full system level.",
        reason="The system level reads everything, internal costs included, and cannot be narrowed.",
        sources=(ADD_EDIT,),
    ),
    Rule(
        code="HYG002",
        subject=Subject.TABLE,
        severity=Severity.NOTICE,
        template="Do not plan with this name: an inactive API user holds it.",
        reason="Resources cannot be deleted, and a username is unique including inactive ones.",
        sources=(ADDED_RESOURCE,),
    ),
    Rule(
        code="HYG003",
        subject=Subject.TABLE,
        severity=Severity.NOTICE,
        template="Find out who uses an old secret, then unlock this API user.",
        reason="Repeated failed logins lock a user, and its integration stands still.",
        sources=(MSP360,),
    ),
    Rule(
        code="HYG004",
        subject=Subject.TABLE,
        severity=Severity.NOTICE,
        template="Give each integration an API user of its own: several share this one.",
        reason="One user per integration keeps lock-outs traceable and limits apart; that a column names several is inferred.",
        sources=(ADD_EDIT, INFERENCE),
    ),
)
