"""Why a log-in is refused: wrong values, a user that cannot log in, a wrong call."""

from apiuser.howto.diagnosis.symptom import Cause
from apiuser.howto.entering import CUSTOM, VENDOR
from apiuser.howto.step import Note
from apiuser.rules.citations import (
    APIGRATE_SECRET,
    ATWS_CODE,
    BACKSLASH,
    CAMPAI,
    CLOUD_DEPOT,
    CYTRACOM,
    DEFINE_API_USER,
    DJANGO_AUTOTASK,
    ENV_CHECK,
    HOW_TO,
    IDENTIFIER,
    IDSYNC,
    IT_GLUE,
    KASEYA_ONE,
    LOCKOUT,
    MCP_ZONE_MOVED,
    MSP360,
    N8N_ZONE,
    N8N_ZONE_MOVED,
    NABLE_RMM,
    NOT_THE_EMAIL,
    PHP_CODE,
    POLICY_2025_6,
    POWERSHELL,
    POWERSHELL_CODE_1,
    POWERSHELL_CODE_2,
    POWERSHELL_ZONES,
    PY_AUTOTASK,
    SAMPLE_CODE,
    SECURITY_ROLE,
    UNIGMA,
    USERNAME_DOMAIN,
    W6W,
    ZONE_LOOKUP,
)

OTHER_ZONE = Cause(
    name="Address of another zone",
    what=Note(
        "The call went to the address of another zone: the tenant was moved, as in "
        "Australia and New Zealand in March 2026, or the program's list of zones is "
        "old.",
        (
            N8N_ZONE_MOVED,
            MCP_ZONE_MOVED,
            POWERSHELL_ZONES,
            N8N_ZONE,
            DJANGO_AUTOTASK,
        ),
    ),
    check="Look up the zone, with Look up in the form or “apiuser verify USERNAME”, and "
    "compare its address with that of the program.",
    fix="Restart the program, so that it asks again; otherwise update it, or enter "
    "the address that the look-up returns.",
    row="zone",
    guide="#headers",
    counted=10,
    words=(
        "another zone, other zone, wrong zone, old zone, new zone, zone moved, zone "
        "changed, tenant moved, database moved"
    ),
)
EMAIL = Cause(
    name="E-mail address as username",
    what=Note(
        "The e-mail address was entered as the username.", (NOT_THE_EMAIL, IT_GLUE)
    ),
    check="Is it the value of the field Username (Key)?",
    fix="Enter the username; it only looks like an e-mail address.",
    row="full_login",
    counted=5,
    words=(
        "email as username, email used as username, email address used, email instead "
        "of username, email as login, entered email, used email, username is email"
    ),
)
WRONG_CODE = Cause(
    name="Wrong tracking identifier",
    what=Note(
        "The tracking identifier (integration code) is misspelled or another user's.",
        (ZONE_LOOKUP, W6W),
        only_if=("identifier", (CUSTOM,)),
    ),
    check="Compare it with the user's page, from end to end.",
    fix="Copy it again from the page.",
    row="tracking_identifier",
    guide="vendors.md#the-custom-tracking-identifier",
    words=(
        "wrong identifier, wrong integration code, wrong integrationcode, invalid "
        "integration code, invalid integrationcode, wrong tracking id"
    ),
)
NO_CODE = Cause(
    name="No tracking identifier sent",
    what=Note(
        "The program sends no tracking identifier (integration code).",
        (PHP_CODE, ATWS_CODE, POWERSHELL_CODE_1, POWERSHELL_CODE_2),
        only_if=("identifier", (CUSTOM,)),
    ),
    check="Does the program have a field for it, and is it filled in?",
    fix="Enter it there; once a user has an identifier, every call needs it.",
    row="full_identifier",
    words=(
        "no tracking identifier, no integration code, no identifier, missing "
        "integration code, missing integrationcode, missing tracking identifier, "
        "missing identifier, without tracking identifier, without integration code, "
        "integration code missing"
    ),
)
OTHER_VENDOR = Cause(
    name="Another integration vendor",
    what=Note(
        "The user's integration vendor is not the one the application expects.",
        (NABLE_RMM, CYTRACOM),
        only_if=("identifier", (VENDOR,)),
    ),
    check="Compare the label on the page with the vendor's own guide.",
    fix="Choose the right label; the identifier is the vendor's, and nobody else sees "
    "it.",
    row="vendor",
    guide="vendors.md#labels-that-guides-print",
    words=(
        "wrong vendor, another vendor, other vendor, different vendor, wrong label, "
        "wrong integration vendor, user associated with"
    ),
)
VENDORS_CODE = Cause(
    name="Identifier that only the vendor has",
    what=Note(
        "The program asks for the identifier of a vendor's user, which the vendor holds.",
        (IDENTIFIER, CLOUD_DEPOT),
    ),
    check="Does the page show Integration Vendor or Custom?",
    fix="Let the vendor's own application make the calls; for a program of your own "
    "make a user with a custom identifier.",
    words="vendors identifier, vendors integration code",
)
LOCKED_OUT = Cause(
    name="User locked",
    what=Note(
        "The user is locked after repeated failures, often by a program with an old "
        "secret.",
        (LOCKOUT, MSP360, SAMPLE_CODE, CAMPAI),
    ),
    check="Open the user in Edit mode and look at Locked.",
    fix="Stop the program that fails, clear Locked, save, and try once.",
    guide="#locked",
    counted=4,
)
CHANGED_ON_THE_WAY = Cause(
    name="Secret changed on its way",
    what=Note(
        "The program changes the secret on the way: it reads $, # or a quote as "
        "something else.",
        (POWERSHELL, ENV_CHECK, CLOUD_DEPOT),
        at_most="medium",
    ),
    check="Does the secret contain anything but letters, digits and - _ . ?",
    fix="Use a secret without such characters, or quote it as the program needs it.",
    row="secret",
    guide="#script",
    counted=3,
    words="changes secret, secret cut off, cut off",
)
NEW_USER = Cause(
    name="Too early",
    what=Note(
        "It is too early: a new user may take up to five minutes to work.",
        (CLOUD_DEPOT, PY_AUTOTASK),
    ),
    check="Was it saved within the last five minutes?",
    fix="Wait, then try once.",
    counted=2,
    words=(
        "new user not work, new api user not work, new user fails, new api user "
        "fails, new user refused, new api user refused, new user 401, new api user 401, just created, just made, just "
        "saved, just added, newly created, brand new, five minutes, 5 minutes, how "
        "long to wait, how long wait"
    ),
)
SUFFIX = Cause(
    name="Wrong or missing suffix",
    what=Note(
        "What comes after the @ is missing or wrong.",
        (IDSYNC, PY_AUTOTASK, USERNAME_DOMAIN),
    ),
    check="Compare with the username of another API user.",
    fix="Enter the full username: key, @ and the tenant's own domain.",
    row="full_login",
    words="suffix, wrong domain, missing domain, without domain, no domain",
)
STRAY_CHARACTERS = Cause(
    name="Stray characters in the username",
    what=Note(
        "A blank, a backslash or a leading domain came along with the username.",
        (BACKSLASH,),
    ),
    check="Look at both ends of the value.",
    fix="Paste it again without them.",
    row="full_login",
    words="backslash, domain in front",
)
OTHER_SECRET = Cause(
    name="Wrong or old secret",
    what=Note(
        "The secret is wrong or has been changed since.", (APIGRATE_SECRET, HOW_TO)
    ),
    check="When was it last generated, and by whom?",
    fix="Enter the newest one everywhere; if nobody has it, rotate it, as it is never "
    "shown again.",
    row="secret",
    guide="rotate.md",
    words=(
        "secret right, secret wrong, secret correct, secret incorrect, secret "
        "invalid, secret changed, secret rotated, secret bad, secret not right, "
        "secret not correct, secret not work, secret not accepted, password right, "
        "password wrong, password correct, password incorrect, password invalid, "
        "password changed, password rotated, password bad, password not right, "
        "password not correct, password not work, password not accepted, right "
        "secret, wrong secret, correct secret, incorrect secret, invalid secret, old "
        "secret, bad secret, right password, wrong password, correct password, "
        "incorrect password, invalid password, old password, bad password"
    ),
)
ORDINARY = Cause(
    name="Ordinary resource, no API user",
    what=Note(
        "An ordinary resource was made instead of an API user.",
        (UNIGMA, DEFINE_API_USER),
    ),
    check="Is its security level an API-only one?",
    fix="Make a new user with New > New API User.",
    words=(
        "ordinary resource, normal resource, regular resource, ordinary user, normal "
        "user, regular user, not api user"
    ),
)
PERSON = Cause(
    name="A person's own login",
    what=Note(
        "A person's own login is entered in the program.",
        (USERNAME_DOMAIN, DEFINE_API_USER),
    ),
    check="Does the username belong to a person?",
    fix="Enter the username of an API user; the API has no single sign-on.",
    words=(
        "own login, own account, personal login, personal account, single sign on, "
        "single signon, sso"
    ),
)
KASEYA = Cause(
    name="Kaseya One",
    what=Note(
        "The tenant requires the log-in of Kaseya One; whether that applies to API "
        "users is not documented.",
        (KASEYA_ONE,),
        at_most="unknown",
    ),
    check="Is Require Login of Kaseya One on in this tenant?",
    fix="Check the other causes first, then ask Autotask support.",
    words="kaseya, kaseyaone",
)
BASIC = Cause(
    name="HTTP Basic or other headers",
    what=Note("The program sends HTTP Basic or other headers.", (PY_AUTOTASK,)),
    check="Does it send the headers UserName, Secret and ApiIntegrationCode?",
    fix="Send these three, not HTTP Basic.",
    guide="#headers",
    words="basic auth, http basic, basic authentication, header",
)
EXPIRED = Cause(
    name="Expired secret",
    what=Note("The secret has expired.", (DEFINE_API_USER, SECURITY_ROLE)),
    check="Do passwords expire in this tenant?",
    fix="Rotate it, and use a level that is exempt.",
    guide="levels.md#passwords-that-do-not-expire",
    words="expired, expires, expiry",
)
OLD_RULES = Cause(
    name="Secret older than the rules of 2025.6",
    what=Note(
        "The secret is older than the rules of release 2025.6 and does not meet them; "
        "whether it is refused then is not documented.",
        (POLICY_2025_6,),
        at_most="unknown",
    ),
    check="Is it shorter than 12 characters?",
    fix="Rotate it.",
    guide="rotate.md",
    words="2025 6, old rules",
)
INACTIVE = Cause(
    name="User inactive",
    what=Note(
        "The user is inactive; the answer that it gets is not documented.",
        at_most="unknown",
    ),
    check="Check Active on its page.",
    fix="Set Active and save.",
    words="inactive, inactivated, deactivated, disabled, not active, suspended",
)
