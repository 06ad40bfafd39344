"""Why a log-in is refused: wrong values, a user in no state to log in, a wrong call."""

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
    check="Look the zone up with “apiuser verify USERNAME” and compare its address with "
    "that of the program.",
    fix="Restart the program, so that it asks again; otherwise update it, or enter "
    "the address that the look-up returns.",
    guide="#headers",
    counted=10,
)
EMAIL = Cause(
    what=Note(
        "The e-mail address was entered as the username.", (NOT_THE_EMAIL, IT_GLUE)
    ),
    check="Is it the value of the field Username (Key)?",
    fix="Enter the username; it only looks like an e-mail address.",
    counted=5,
)
WRONG_CODE = Cause(
    what=Note(
        "The tracking identifier (integration code) is another user's or misspelled.",
        (ZONE_LOOKUP, W6W),
        only_if=("identifier", (CUSTOM,)),
    ),
    check="Compare it with the user's page, from end to end.",
    fix="Copy it again from the page.",
    guide="vendors.md#the-custom-tracking-identifier",
    counted=4,
)
NO_CODE = Cause(
    what=Note(
        "The program sends no tracking identifier (integration code).",
        (PHP_CODE, ATWS_CODE, POWERSHELL_CODE_1, POWERSHELL_CODE_2),
        only_if=("identifier", (CUSTOM,)),
    ),
    check="Does the program have a field for it, and is it filled in?",
    fix="Enter it there; once a user has an identifier, every call needs it.",
)
OTHER_VENDOR = Cause(
    what=Note(
        "The user's integration vendor is not the one the application expects.",
        (NABLE_RMM, CYTRACOM),
        only_if=("identifier", (VENDOR,)),
    ),
    check="Compare the label on the page with the vendor's own guide.",
    fix="Choose the right label; the identifier is the vendor's, and nobody else sees "
    "it.",
    guide="vendors.md#labels-that-guides-print",
)
VENDORS_CODE = Cause(
    what=Note(
        "The program asks for the identifier of a vendor's user, which the vendor holds.",
        (IDENTIFIER, CLOUD_DEPOT),
    ),
    check="Does the page show Integration Vendor or Custom?",
    fix="Let the vendor's own application make the calls; for a program of your own "
    "make a user with a custom identifier.",
)
LOCKED = Cause(
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
    what=Note(
        "The program changes the secret on the way: it reads $, # or a quote as "
        "something else.",
        (POWERSHELL, ENV_CHECK, CLOUD_DEPOT),
        doubt="medium",
    ),
    check="Does the secret hold anything but letters, digits and - _ . ?",
    fix="Use a secret without such characters, or quote it as the program needs it.",
    guide="#script",
    counted=3,
)
NEW_USER = Cause(
    what=Note(
        "It is too early: a new user may take up to five minutes to work.",
        (CLOUD_DEPOT, PY_AUTOTASK),
    ),
    check="Was it saved within the last five minutes?",
    fix="Wait, then try once.",
    counted=2,
)
SUFFIX = Cause(
    what=Note(
        "What comes after the @ is missing or wrong.",
        (IDSYNC, PY_AUTOTASK, USERNAME_DOMAIN),
    ),
    check="Compare with the username of another API user.",
    fix="Enter the full login: key, @ and the tenant's own domain.",
)
STRAY_CHARACTERS = Cause(
    what=Note(
        "A blank, a backslash or a leading domain came along with the username.",
        (BACKSLASH,),
    ),
    check="Look at both ends of the value.",
    fix="Paste it again without them.",
)
OTHER_SECRET = Cause(
    what=Note(
        "The secret is wrong or has been changed since.", (APIGRATE_SECRET, HOW_TO)
    ),
    check="When was it last generated, and by whom?",
    fix="Enter the newest one everywhere; if nobody has it, rotate it, as it is never "
    "shown again.",
    guide="rotate.md",
)
ORDINARY = Cause(
    what=Note(
        "An ordinary resource was made instead of an API user.",
        (UNIGMA, DEFINE_API_USER),
    ),
    check="Is its security level an API-only one?",
    fix="Make a new user with New > New API User.",
)
PERSON = Cause(
    what=Note(
        "A person's own login is entered in the program.",
        (USERNAME_DOMAIN, DEFINE_API_USER),
    ),
    check="Does the username belong to a person?",
    fix="Enter the login of an API user; the API has no single sign-on.",
)
KASEYA = Cause(
    what=Note(
        "The tenant requires the log-in of Kaseya One; whether that applies to API "
        "users is not documented.",
        (KASEYA_ONE,),
        doubt="unknown",
    ),
    check="Is Require Login of Kaseya One on in this tenant?",
    fix="Check the other causes first, then ask Autotask support.",
)
BASIC = Cause(
    what=Note("The program sends HTTP Basic or other headers.", (PY_AUTOTASK,)),
    check="Does it send the headers UserName, Secret and ApiIntegrationCode?",
    fix="Send these three, and no HTTP Basic.",
    guide="#headers",
)
EXPIRED = Cause(
    what=Note("The secret has expired.", (DEFINE_API_USER, SECURITY_ROLE)),
    check="Do passwords expire in this tenant?",
    fix="Rotate it, and use a level that is exempt.",
    guide="levels.md#passwords-that-do-not-expire",
)
OLD_RULES = Cause(
    what=Note(
        "The secret is older than the rules of release 2025.6 and does not meet them; "
        "whether it is refused then is not documented.",
        (POLICY_2025_6,),
        doubt="unknown",
    ),
    check="Is it shorter than 12 characters?",
    fix="Rotate it.",
    guide="rotate.md",
)
INACTIVE = Cause(
    what=Note(
        "The user is inactive; what the answer is then is not documented.",
        doubt="unknown",
    ),
    check="Check Active on its page.",
    fix="Set Active and save.",
)
