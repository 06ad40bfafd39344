"""The rules about what whole exports prove, and about the state of API users."""

from dataclasses import replace

from apiuser.rules.case import Subject, UserState
from apiuser.rules.citations import (
    ACTIVATE,
    ADD_EDIT,
    ADDED_RESOURCE,
    API_PAGES,
    GRID_EXPORT,
    HOW_TO,
    INFERENCE,
    MSP360,
    OLD_SHEET_LIMITS,
    RESOURCES_PAGE,
    SHEET_LIMITS,
    USERNAME_DOMAIN,
)
from apiuser.rules.judges import IsNot, keeps_no_name
from apiuser.rules.rule import Rule, Severity

_PAGE = 500

CUT = Rule(
    code="AUD001",
    problem="Cut at the limit",
    subject=Subject.TABLE,
    severity=Severity.WARNING,
    template="Export again in parts: the number of rows is {rows}, the limit of one export, or a multiple of it.",
    reason=f"The grid exports only the first rows, a page of the API's answer contains at most {_PAGE} records, and a sheet ends at its last row.",
    sources=(
        GRID_EXPORT,
        API_PAGES,
        SHEET_LIMITS,
        OLD_SHEET_LIMITS,
    ),
    parameters={"rows": 5000},
)

CUT_PAGE = replace(
    CUT,
    template="Ask the API for the next page too: the number of records is a whole number of pages of {rows}.",
    parameters={"rows": _PAGE},
)
"""The same for what the API returned."""

CUT_SHEET = replace(
    CUT,
    template="Export again in parts, and do not save them as one sheet: the records reach its last row, {rows}.",
    parameters={"rows": 1_048_576},
)
"""The same for what was saved as a sheet of a workbook."""

CUT_OLD_SHEET = replace(CUT_SHEET, parameters={"rows": 65_536})
"""The same for an old workbook, .xls."""

NEXT_PAGE = replace(
    CUT,
    template="Put all pages of the API's answer into one file: this one names a page that is not in it.",
    parameters={},
)
"""The same for an answer of the API that says so."""

BROKEN_ANSWER = replace(
    CUT,
    template="Ask the API again for all pages: an answer does not contain what it says it does.",
    parameters={},
)
"""The same for an answer that contradicts itself or the one before it."""

ONE_HALF = Rule(
    code="AUD002",
    problem="Active or inactive missing",
    subject=Subject.TABLE,
    severity=Severity.WARNING,
    template="Add the export of the missing resources, active or inactive, or show the column Status: both are needed.",
    reason="A username is unique, inactive resources included.",
    sources=(ACTIVATE, HOW_TO),
)

NO_CO_MANAGED = Rule(
    code="AUD003",
    problem="No co-managing users",
    subject=Subject.TABLE,
    severity=Severity.NOTICE,
    template="Add the exports of the co-managing users: none were seen.",
    reason="They are listed on pages of their own and have usernames too.",
    sources=(RESOURCES_PAGE, INFERENCE),
)

KIND_UNKNOWN = Rule(
    code="AUD004",
    problem="Kind of user unknown",
    subject=Subject.TABLE,
    severity=Severity.NOTICE,
    template="Add the licence type or the security level: without it only names are compared.",
    reason="The rules for keys check API users only.",
    sources=(INFERENCE,),
)

SEVERAL_TENANTS = Rule(
    code="AUD005",
    problem="Suffixes of several tenants",
    subject=Subject.TABLE,
    severity=Severity.NOTICE,
    template="If these exports are from several tenants, audit each of them separately: their suffixes differ.",
    reason="The suffix is the primary domain of the tenant, and a name is unique in one tenant only.",
    sources=(USERNAME_DOMAIN, INFERENCE),
)

COMPLETENESS_RULES = (
    CUT,
    ONE_HALF,
    NO_CO_MANAGED,
    KIND_UNKNOWN,
    SEVERAL_TENANTS,
)
"""They have no judge, since a case is about one user: each looks at all exports at once
or at what a reader noticed, and its message names what was found there. So only these
are picked by name: where that is looked for, and where a face adds its advice.
"""

FULL_LEVEL = Rule(
    code="HYG001",
    problem="Full system level",
    subject=Subject.STATE,
    severity=Severity.NOTICE,
    template="Give this API user a level of its own: it has the full system level.",
    reason="The system level reads everything, internal costs included, and cannot be restricted. Guides of integrations name it all the same, so the form suggests it.",
    sources=(ADD_EDIT,),
    judge=IsNot(state=UserState.SYSTEM_LEVEL),
)

HYGIENE_RULES = (
    FULL_LEVEL,
    Rule(
        code="HYG002",
        problem="Inactive, keeps its name",
        subject=Subject.STATE,
        severity=Severity.NOTICE,
        template="Do not reuse this name: an inactive API user has it.",
        reason="Resources cannot be deleted, and a username is unique, inactive ones included.",
        sources=(ADDED_RESOURCE,),
        judge=keeps_no_name,
    ),
    Rule(
        code="HYG003",
        problem="Locked",
        subject=Subject.STATE,
        severity=Severity.NOTICE,
        template="Find out who uses an old secret, then unlock this API user.",
        reason="Repeated failed log-ins lock a user, and its integration stops.",
        sources=(MSP360,),
        judge=IsNot(state=UserState.LOCKED),
    ),
    Rule(
        code="HYG004",
        problem="Shared by integrations",
        subject=Subject.STATE,
        severity=Severity.NOTICE,
        template="Give each integration an API user of its own: several share this one.",
        reason="One user per integration keeps lock-outs traceable and limits apart; we infer sharing from a column that names several.",
        sources=(ADD_EDIT, INFERENCE),
        judge=IsNot(state=UserState.SHARED),
    ),
)
