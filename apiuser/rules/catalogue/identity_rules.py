"""The rules about names, e-mail address and tracking identifier."""

from apiuser.rules.case import Subject
from apiuser.rules.character_sets import CAPITALS_AND_DIGITS
from apiuser.rules.citations import (
    IDENTIFIER,
    INFERENCE,
    MSP360,
    OURS,
    RESOURCE_REST,
    TRACKING,
    VENDOR_IDENTIFIER,
)
from apiuser.rules.constraints import ConsistsOf, Length
from apiuser.rules.judges import is_address, is_read_by_somebody, names_vendor
from apiuser.rules.rule import Rule, Severity

LONGEST_NAME = 50
"""The most characters of a first or last name that a resource's fields hold."""

IDENTITY_RULES = (
    Rule(
        code="NAM001",
        subject=Subject.FIRST_NAME,
        severity=Severity.ERROR,
        template="Enter a first name of {minimum} to {maximum} characters.",
        reason="Autotask requires it.",
        sources=(MSP360, RESOURCE_REST),
        constraint=Length(minimum=1, maximum=LONGEST_NAME),
        presence=True,
        problem="First name missing or too long",
    ),
    Rule(
        code="NAM002",
        subject=Subject.LAST_NAME,
        severity=Severity.ERROR,
        template="Enter a last name of {minimum} to {maximum} characters.",
        reason="Autotask requires it.",
        sources=(MSP360, RESOURCE_REST),
        constraint=Length(minimum=1, maximum=LONGEST_NAME),
        presence=True,
        problem="Last name missing or too long",
    ),
    Rule(
        code="EML001",
        subject=Subject.EMAIL,
        severity=Severity.ERROR,
        template="Enter an e-mail address.",
        reason="Autotask requires it and sends lock-out notices there.",
        sources=(MSP360,),
        constraint=Length(minimum=1),
        presence=True,
        problem="No e-mail address",
    ),
    Rule(
        code="EML002",
        subject=Subject.EMAIL,
        severity=Severity.ERROR,
        template="Write the e-mail address as name@example.com.",
        reason="Notices cannot reach a malformed address; sources disagree on whether Autotask checks.",
        sources=(INFERENCE,),
        judge=is_address,
        problem="Not an e-mail address",
    ),
    Rule(
        code="EML003",
        subject=Subject.EMAIL,
        severity=Severity.ERROR,
        template="Use at most {maximum} characters in the e-mail address.",
        reason="The field holds no more.",
        sources=(RESOURCE_REST,),
        constraint=Length(maximum=254),
        problem="Too long",
    ),
    Rule(
        code="EML004",
        subject=Subject.EMAIL,
        severity=Severity.WARNING,
        template="Use a mailbox that somebody reads.",
        reason="Lock-out mails go there.",
        sources=(OURS,),
        judge=is_read_by_somebody,
        problem="Mailbox that nobody reads",
    ),
    Rule(
        code="VEN001",
        subject=Subject.IDENTIFIER,
        severity=Severity.ERROR,
        template="Choose either an integration vendor or a custom identifier.",
        reason="The API Tracking Identifier section must be completed.",
        sources=(IDENTIFIER,),
        judge=names_vendor,
        presence=True,
        problem="No vendor or identifier",
    ),
    Rule(
        code="TRK001",
        subject=Subject.TRACKING_IDENTIFIER,
        severity=Severity.WARNING,
        template="Check the tracking identifier: {minimum} or {maximum} {characters} "
        "are expected.",
        reason="All identifiers seen have this form: 27 characters for custom ones, "
        "26 for one that a vendor publishes.",
        sources=(TRACKING, VENDOR_IDENTIFIER),
        constraint=ConsistsOf(minimum=26, maximum=27, characters=CAPITALS_AND_DIGITS),
        problem="Unusual tracking identifier",
    ),
)
