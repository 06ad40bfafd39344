"""Every rule with its default numbers, its reason and its sources."""

import string
from collections.abc import Mapping
from types import MappingProxyType

from apiuser.constraints import (
    AllowedOnly,
    CharacterSet,
    ContainsAny,
    Excludes,
    GroupsAtLeast,
    Length,
    OccursAt,
)
from apiuser.rules import Kind, Rule, Severity, Source, Subject

_READ = "2026-11-24"

HOW_TO = Source(
    title="Presh: How to create an API user in Autotask",
    kind="vendor",
    certainty="high",
    url="https://app.preshmarketingsolutions.com/help/integration/autotask-api-user",
    date=_READ,
)
WORKPLACE = Source(
    title="Datto Workplace help: Create a PSA API user",
    kind="official",
    certainty="high",
    url="https://help.workplace.datto.com/help/Content/6_FAQs/Integrations/Create_PSA_API_User.htm",
    date=_READ,
)
ADD_EDIT = Source(
    title="Autotask help: Add or edit an API user",
    kind="official",
    certainty="high",
    url="https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/API_User_Add_Edit.htm",
    date=_READ,
)
RESOURCE_SOAP = Source(
    title="Autotask developer help: SOAP Resource entity",
    kind="official",
    certainty="medium",
    url="https://autotask.net/help/developerhelp/Content/APIs/SOAP/Entities/ResourceEntity.htm",
    date=_READ,
)
RESOURCE_REST = Source(
    title="Autotask developer help: REST Resources entity",
    kind="official",
    certainty="high",
    url="https://ww1.autotask.net/help/DeveloperHelp/Content/APIs/REST/Entities/ResourcesEntity.htm",
    date=_READ,
)
POLICY_2025_6 = Source(
    title="Kaseya: strengthened Autotask password policy, release 2025.6",
    kind="official",
    certainty="high",
    url="https://www.kaseya.com/innovations/autotask-strengthened-password-policy/",
    date=_READ,
)
SITE_SETUP = Source(
    title="Autotask help: Site Setup system settings",
    kind="official",
    certainty="high",
    url="https://ww1.autotask.net/help/content/4_Admin/2FeaturesSettings/ApplicationWide/SystemSettings/SystemSettingsSiteSetup.htm",
    date=_READ,
)
FIELD_LENGTHS = Source(
    title="ecitsolutions/Autotask: Set-AtwsResource.ps1, lengths of the API's fields",
    kind="code",
    certainty="medium",
    url="https://github.com/ecitsolutions/Autotask",
    date=_READ,
)
RESOURCES_PAGE = Source(
    title="Autotask help: Resources",
    kind="official",
    certainty="high",
    url="https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/RESOURCES.htm",
    date=_READ,
)
GRID_EXPORT = Source(
    title="Autotask help: Export button of the shared grid",
    kind="official",
    certainty="medium",
    url="https://ww15.autotask.net/help/content/3_Features/3_CRM/Companies/Accessory_Tabs_Company/Projects_Tab.htm",
    date=_READ,
)
TRACKING = Source(
    title="opendns/autotask-php: README",
    kind="code",
    certainty="medium",
    url="https://github.com/opendns/autotask-php",
    date=_READ,
)
IDENTIFIER = Source(
    title="Autotask help: API tracking identifier",
    kind="official",
    certainty="high",
    url="https://ww1.autotask.net/help/Content/4_Admin/1CompanySettings_Users/ResourcesUsersHR/Resources/API_Tracking_Identifier.htm",
    date=_READ,
)
NOT_THE_EMAIL = Source(
    title="squaredup/plugins, pull request 123",
    kind="code",
    certainty="high",
    url="https://github.com/squaredup/plugins/pull/123",
    date=_READ,
)
INFERENCE = Source(
    title="Inferred from several sources", kind="inference", certainty="medium"
)
OURS = Source(title="Our own advice", kind="ours", certainty="high")

LETTERS = CharacterSet(name="letters", members=frozenset(string.ascii_letters))
UPPER = CharacterSet(name="capitals", members=frozenset(string.ascii_uppercase))
LOWER = CharacterSet(name="small letters", members=frozenset(string.ascii_lowercase))
DIGITS = CharacterSet(name="digits", members=frozenset(string.digits))
SPECIAL = CharacterSet(
    name="special characters", members=frozenset(string.punctuation) - {"'"}
)
FORBIDDEN = CharacterSet(name='@ ( ) ; : [ ] | \\ "', members=frozenset('@();:[]|\\"'))
FRAGILE = CharacterSet(name="' $ # % & + ? /", members=frozenset("'$#%&+?/"))
VISIBLE_ASCII = CharacterSet(
    name="visible ASCII characters", members=frozenset(map(chr, range(33, 127)))
)
PRINTABLE_ASCII = CharacterSet(
    name="printable ASCII characters", members=frozenset(map(chr, range(32, 127)))
)
BLANK_OR_QUOTE = CharacterSet(name="space or single quote", members=frozenset(" '"))
CAPITALS_AND_DIGITS = CharacterSet(
    name="capitals and digits", members=UPPER.members | DIGITS.members
)

_PRESENT = Length(minimum=1)
_NAME = Length(minimum=1, maximum=50)
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

# code: subject, kind, severity, template, reason, sources, constraint, parameters
_ROWS: tuple[tuple[object, ...], ...] = (
    (
        "USR001",
        Subject.LOCAL_PART,
        _E,
        "Enter a username (key).",
        "Autotask saves no API user without one.",
        (HOW_TO, ADD_EDIT),
        _PRESENT,
    ),
    (
        "USR002",
        Subject.LOCAL_PART,
        _E,
        "Use at least one letter, a to z, in the username.",
        "An own username must contain letters and numbers.",
        (HOW_TO, WORKPLACE),
        ContainsAny(characters=LETTERS),
    ),
    (
        "USR003",
        Subject.LOCAL_PART,
        _E,
        "Use at least one digit in the username.",
        "An own username must contain letters and numbers.",
        (HOW_TO, WORKPLACE),
        ContainsAny(characters=DIGITS),
    ),
    (
        "USR004",
        Subject.LOCAL_PART,
        _E,
        "Leave these characters out of the username: {characters}",
        "Autotask refuses them; the double quote is named by one source only.",
        (HOW_TO, WORKPLACE),
        Excludes(characters=FORBIDDEN),
    ),
    (
        "USR005",
        Subject.LOCAL_PART,
        _E,
        "Use {characters} only in the username, without blanks.",
        "The name travels in an HTTP header and in an address.",
        (OURS,),
        AllowedOnly(characters=VISIBLE_ASCII),
    ),
    (
        "USR006",
        Subject.LOCAL_PART,
        _E,
        "Use at most {maximum} characters before the @ of the username.",
        "The API's own field holds no more; that this bounds the local part is inferred.",
        (FIELD_LENGTHS,),
        Length(maximum=32),
    ),
    (
        "USR007",
        Subject.LOGIN,
        _E,
        "Choose another username: this one is taken, perhaps by an inactive resource.",
        "A username is unique in the database, inactive resources included.",
        (HOW_TO, WORKPLACE),
        None,
    ),
    (
        "USR008",
        Subject.LOGIN,
        _W,
        "Check the suffix: the same name exists under another one.",
        "Whether the suffix makes a name unique is not documented.",
        (INFERENCE,),
        None,
    ),
    (
        "USR009",
        Subject.LOGIN,
        _W,
        "Use a username that differs from the e-mail address.",
        "The username only looks like an address; logging in with the address is refused.",
        (NOT_THE_EMAIL,),
        None,
    ),
    (
        "USR010",
        Subject.LOCAL_PART,
        _W,
        "Avoid these characters in the username: {characters}",
        "Shells, configuration files and addresses change them.",
        (OURS,),
        Excludes(characters=FRAGILE),
    ),
    (
        "USR011",
        Subject.LOGIN,
        _W,
        "Choose a username that cannot be mistaken for an existing one.",
        "People mix up names that look alike.",
        (OURS,),
        None,
    ),
    (
        "USR012",
        Subject.LOGIN,
        _E,
        "Write the full login as name@domain, with one @ and a domain behind it.",
        "The suffix is the tenant's login domain.",
        (INFERENCE,),
        None,
    ),
    (
        "USR013",
        Subject.LOGIN,
        _N,
        "Learn the login suffix from an existing username to see the full login.",
        "Autotask adds the suffix itself; it cannot be derived.",
        (INFERENCE,),
        None,
    ),
    (
        "SEC001",
        Subject.SECRET,
        _E,
        "Enter or generate a secret.",
        "Autotask saves no API user without one.",
        (HOW_TO, ADD_EDIT),
        _PRESENT,
    ),
    (
        "SEC002",
        Subject.SECRET,
        _E,
        "Use at least {minimum} characters in the secret.",
        "The password requirements of Site Setup ask for it.",
        (POLICY_2025_6,),
        Length(minimum=12),
    ),
    (
        "SEC003",
        Subject.SECRET,
        _E,
        "Use at most {maximum} characters in the secret.",
        "The API's own field holds no more.",
        (FIELD_LENGTHS, RESOURCE_SOAP),
        Length(maximum=64),
    ),
    (
        "SEC004",
        Subject.SECRET,
        _E,
        "Use at least one special character in the secret.",
        "The password policy asks for it.",
        (POLICY_2025_6,),
        ContainsAny(characters=SPECIAL),
    ),
    (
        "SEC005",
        Subject.SECRET,
        _E,
        "Use at least {least} of these in the secret: capitals, small letters, digits.",
        "The password policy asks for it.",
        (POLICY_2025_6,),
        GroupsAtLeast(least=2, groups=(UPPER, LOWER, DIGITS)),
    ),
    (
        "SEC006",
        Subject.SECRET,
        _E,
        "Leave every {characters} out of the secret.",
        "Site Setup refuses both in any password.",
        (SITE_SETUP, POLICY_2025_6),
        Excludes(characters=BLANK_OR_QUOTE),
    ),
    (
        "SEC007",
        Subject.SECRET,
        _W,
        "Put a special character in one of the positions {first} to {last} of the secret.",
        "An older rule whose end was never announced.",
        (RESOURCE_SOAP,),
        OccursAt(characters=SPECIAL, first=2, last=6),
    ),
    (
        "SEC008",
        Subject.SECRET,
        _W,
        "Use at most {maximum} characters unless the target application takes more.",
        "Some applications cut or refuse longer secrets.",
        (HOW_TO, WORKPLACE),
        Length(maximum=25),
    ),
    (
        "SEC009",
        Subject.SECRET,
        _E,
        "Use {characters} only in the secret.",
        "The secret travels in an HTTP header.",
        (OURS,),
        AllowedOnly(characters=PRINTABLE_ASCII),
    ),
    (
        "SEC010",
        Subject.SECRET,
        _W,
        "Use a secret that does not contain the username.",
        "Who sees the username would know a part of the secret.",
        (OURS,),
        None,
        {"least": 4},
    ),
    (
        "NAM001",
        Subject.FIRST_NAME,
        _E,
        "Enter a first name of {minimum} to {maximum} characters.",
        "Autotask requires it.",
        (RESOURCE_REST,),
        _NAME,
    ),
    (
        "NAM002",
        Subject.LAST_NAME,
        _E,
        "Enter a last name of {minimum} to {maximum} characters.",
        "Autotask requires it.",
        (RESOURCE_REST,),
        _NAME,
    ),
    (
        "EML001",
        Subject.EMAIL,
        _E,
        "Enter an e-mail address.",
        "Autotask requires it and sends lock-out notices there.",
        (ADD_EDIT,),
        _PRESENT,
    ),
    (
        "EML002",
        Subject.EMAIL,
        _E,
        "Write the e-mail address as name@example.com.",
        "Notices cannot reach a malformed address; sources disagree whether Autotask checks.",
        (ADD_EDIT,),
        None,
    ),
    (
        "EML003",
        Subject.EMAIL,
        _E,
        "Use at most {maximum} characters in the e-mail address.",
        "The field holds no more.",
        (RESOURCE_REST,),
        Length(maximum=254),
    ),
    (
        "EML004",
        Subject.EMAIL,
        _W,
        "Use a mailbox that somebody reads.",
        "Lock-out mails go there.",
        (OURS,),
        None,
    ),
    (
        "VEN001",
        Subject.IDENTIFIER,
        _E,
        "Choose an integration vendor or a custom identifier, one of the two.",
        "The API Tracking Identifier section must be completed.",
        (IDENTIFIER,),
        None,
    ),
    (
        "TRK001",
        Subject.TRACKING_IDENTIFIER,
        _W,
        "Check the tracking identifier: {minimum} capitals and digits are expected.",
        "All identifiers seen have this form.",
        (TRACKING,),
        None,
        {"minimum": 27},
    ),
    (
        "AUD001",
        Subject.TABLE,
        _W,
        "Export again in parts: exactly {rows} rows were read, the limit of one export.",
        "The grid exports only the first rows.",
        (GRID_EXPORT,),
        None,
        {"rows": 5000},
    ),
    (
        "AUD002",
        Subject.TABLE,
        _W,
        "Add the export of the other half: active and inactive resources are both needed.",
        "A username is unique including inactive resources.",
        (RESOURCES_PAGE,),
        None,
    ),
    (
        "AUD003",
        Subject.TABLE,
        _N,
        "Add the exports of the co-managing users: none were seen.",
        "They stand on pages of their own and hold usernames too.",
        (RESOURCES_PAGE,),
        None,
    ),
    (
        "AUD004",
        Subject.TABLE,
        _N,
        "Add the licence type or the security level: without it only names are compared.",
        "The rules for keys judge API users only.",
        (INFERENCE,),
        None,
    ),
)


def _make(
    code: str,
    subject: Subject,
    severity: Severity,
    template: str,
    reason: str,
    sources: tuple[Source, ...],
    constraint: object,
    parameters: Mapping[str, int] | None = None,
) -> Rule:
    table = subject is Subject.TABLE or code in {"USR007", "USR008", "USR011"}
    pair = code in {"USR009", "SEC010", "VEN001"}
    return Rule(
        code=code,
        subject=subject,
        kind=Kind.TABLE if table else Kind.PAIR if pair else Kind.TEXT,
        severity=severity,
        template=template,
        reason=reason,
        sources=sources,
        constraint=constraint,  # type: ignore[arg-type]  # rows are untyped
        parameters=parameters or {},
    )


RULES: Mapping[str, Rule] = MappingProxyType(
    {str(row[0]): _make(*row) for row in _ROWS}  # type: ignore[arg-type]
)
