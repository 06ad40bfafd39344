"""What a person meets after Save, with what leads to it."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.howto.diagnosis import login_causes as login
from apiuser.howto.diagnosis import other_causes as other
from apiuser.howto.diagnosis.symptom import Symptom
from apiuser.howto.step import Note
from apiuser.rules.citations import (
    API_ERRORS,
    API_THRESHOLD,
    AUTOTASK_MCP,
    CAMPAI,
    CLOUD_DEPOT,
    CLOUDDEPOT_LIMITS,
    DJANGO_AUTOTASK,
    HOW_TO,
    IT_GLUE,
    LOCKOUT,
    MSP360,
    N8N_AUTOTASK,
    N8N_THREAD_ERRORS,
    N8N_THREADS,
    PHP_FIRST_QUERY,
    POSTMAN,
    PUBLIC_KEY,
    REST_SECURITY,
    SOAP_REQUIREMENTS,
    THREAD_LIMITING,
    USERNAME_DOMAIN,
    W6W,
    ZONE_LOOKUP,
)

REFUSED = Note(
    "401 says only that some value or right is wrong or the user is locked: check "
    "username with suffix, secret, vendor and rights before a second attempt, "
    "since repeated ones lock the user.",
    (REST_SECURITY, LOCKOUT),
)
NO_ZONE = Note(
    "500 “Zone information could not be determined” usually means that the username "
    "is not known.",
    (ZONE_LOOKUP,),
)
ZONE_PROVES_LITTLE = Note(
    "A working zone look-up proves nothing about the secret: the first real call is "
    "what tests it.",
    (API_ERRORS, PHP_FIRST_QUERY),
)
EMPTY = Note(
    "Empty answers with a working login come from the level's rights or the line "
    "of business.",
    (REST_SECURITY,),
)

SYMPTOMS: Mapping[str, Symptom] = MappingProxyType(
    {
        symptom.code: symptom
        for symptom in (
            Symptom(
                code="401",
                title="401, whatever you enter",
                label="401",
                words=("401", "unauthorized", "unauthorised", "not authorized"),
                means=(
                    REFUSED,
                    Note("One connector measured it with an empty body.", (W6W,)),
                    Note("A locked user gives 401 too.", (POSTMAN,)),
                ),
                found=(
                    login.OTHER_ZONE,
                    login.EMAIL,
                    login.WRONG_CODE,
                    login.NO_CODE,
                    login.OTHER_VENDOR,
                    login.LOCKED,
                    login.CHANGED_ON_THE_WAY,
                    login.SUFFIX,
                    login.NEW_USER,
                    login.OTHER_SECRET,
                    login.STRAY_CHARACTERS,
                    login.ORDINARY,
                    login.PERSON,
                    login.BASIC,
                    login.EXPIRED,
                    login.OLD_RULES,
                    login.KASEYA,
                    login.INACTIVE,
                ),
            ),
            Symptom(
                code="zone",
                title="500 “Zone information could not be determined”",
                label="500, “Zone information…”",
                words=("zone information", "500"),
                means=(
                    NO_ZONE,
                    Note(
                        "The look-up needs no secret and locks nobody.",
                        (THREAD_LIMITING, DJANGO_AUTOTASK),
                    ),
                    ZONE_PROVES_LITTLE,
                ),
                found=(
                    other.UNKNOWN_NAME,
                    other.NOT_ENCODED,
                    other.OTHER_PRODUCT,
                    other.FAILING_LOOKUP,
                ),
            ),
            Symptom(
                code="code",
                title="500 “IntegrationCode is invalid.”, or a fault that asks for one",
                label="500, “IntegrationCode…”",
                words=(
                    "integrationcode",
                    "integration code",
                    "tracking identifier",
                    "identifier",
                    "500",
                ),
                means=(
                    Note(
                        "An older source saw this answer, a newer one an empty 401.",
                        (ZONE_LOOKUP, W6W),
                    ),
                ),
                found=(
                    login.WRONG_CODE,
                    login.NO_CODE,
                    login.OTHER_VENDOR,
                    login.VENDORS_CODE,
                ),
            ),
            Symptom(
                code="rights",
                title="403, or 500 about permissions",
                label="403, permissions",
                words=(
                    "403",
                    "forbidden",
                    "permission",
                    "permissions",
                    "rights",
                    "500",
                ),
                means=(
                    Note(
                        "The answer is 403, or 500 with the text “The logged in "
                        "Resource does not have the adequate permissions”.",
                        (DJANGO_AUTOTASK,),
                    ),
                ),
                found=(
                    other.FEW_RIGHTS,
                    other.IMPERSONATING,
                    other.PROTECTED,
                    other.ONE_KIND,
                ),
            ),
            Symptom(
                code="404",
                title="404",
                words=("404", "not found"),
                found=(other.LAST_VERSION,),
            ),
            Symptom(
                code="locked",
                title="The user is locked",
                label="Locked",
                words=("locked", "lock", "lockout", "locks"),
                means=(
                    Note(
                        "Repeated failures lock the user; how many is a setting of "
                        "Site Setup, and no document gives its default.",
                        (LOCKOUT, MSP360),
                    ),
                    Note(
                        "A notice goes to the user's e-mail address.",
                        (LOCKOUT, CLOUD_DEPOT),
                    ),
                    Note(
                        "The notice names the IP address of the caller.",
                        (USERNAME_DOMAIN,),
                    ),
                ),
                do=(
                    Note(
                        "Find the program that fails: usually one that still has an "
                        "old secret.",
                        (LOCKOUT, CAMPAI),
                    ),
                    Note(
                        "If it cannot be found, change the username for a short time: "
                        "the program that then fails is the one.",
                        (USERNAME_DOMAIN,),
                    ),
                    Note("Stop it, or give it the new secret.", (LOCKOUT,)),
                    Note(
                        "Open the user in Edit mode, clear Locked, and save.",
                        (MSP360, CLOUD_DEPOT),
                    ),
                    Note("Wait, and try once."),
                ),
                found=(
                    login.OTHER_SECRET,
                    login.PERSON,
                    other.REPEATING,
                ),
            ),
            Symptom(
                code="empty",
                title="Log-in works, answers are empty",
                label="Nothing comes",
                words=("empty", "nothing", "no results", "no data"),
                means=(EMPTY,),
                found=(other.LINES, other.FEW_RIGHTS),
            ),
            Symptom(
                code="script",
                title="Works when typed, fails in a script",
                words=("script", "env", "powershell", "docker", "typed"),
                means=(
                    Note(
                        "Generated secrets can contain $ # ~ * @ and other characters "
                        "that programs read as something else.",
                        (PUBLIC_KEY,),
                    ),
                    Note(
                        "A secret of letters, digits and - _ . avoids that, and is what "
                        "apiuser generates.",
                    ),
                ),
                found=(
                    other.POWERSHELL_QUOTES,
                    other.ENV_FILE,
                    other.REFUSED_CHARACTERS,
                    other.TOO_LONG,
                    other.BLANKS,
                ),
            ),
            Symptom(
                code="stopped",
                title="Worked, then stopped",
                words=("stopped", "worked before", "no longer", "suddenly"),
                found=(
                    login.OTHER_ZONE,
                    login.LOCKED,
                    login.OTHER_SECRET,
                    login.EXPIRED,
                    other.RENAMED,
                ),
            ),
            Symptom(
                code="vendor",
                title="The vendor refuses the user",
                words=("vendor", "label"),
                found=(login.OTHER_VENDOR, other.NO_LABEL, other.TWO_PRODUCTS),
            ),
            Symptom(
                code="limits",
                title="“Thread Threshold Exceeded”, or slow",
                words=(
                    "thread",
                    "threads",
                    "threshold",
                    "slow",
                    "429",
                    "limit",
                    "limits",
                ),
                means=(
                    Note(
                        "A database allows 10,000 requests in an hour, all integrations "
                        "together.",
                        (CLOUDDEPOT_LIMITS, API_THRESHOLD),
                    ),
                    Note(
                        "Answers get slower from 50 percent of that on, by about half a "
                        "second, and from 75 percent, by about one.",
                        (CLOUDDEPOT_LIMITS, API_THRESHOLD),
                    ),
                    Note(
                        "Three threads at a time are allowed for each tracking "
                        "identifier and kind of record, for integrations made after "
                        "2023.1; older ones start higher.",
                        (THREAD_LIMITING, N8N_THREADS, N8N_THREAD_ERRORS),
                    ),
                    Note(
                        "A claim of 20,000 requests in one project's discussion has no "
                        "other support.",
                        (AUTOTASK_MCP,),
                    ),
                ),
                found=(other.SHARED, other.BUSY),
            ),
            Symptom(
                code="page",
                title="The page in Autotask refuses the entry",
                words=("in use", "taken", "not save", "requirements"),
                means=(
                    Note(
                        "If the secret was lost because the page was saved before it "
                        "was copied, generate a new one: nothing shows the old one.",
                        (HOW_TO, IT_GLUE),
                    ),
                ),
                found=(
                    other.TAKEN,
                    other.BAD_NAME,
                    other.BAD_SECRET,
                    other.USED_SECRET,
                    other.NO_IDENTIFIER,
                ),
            ),
            Symptom(
                code="seat",
                title="A seat is charged",
                words=("seat", "seats", "charged", "charge", "charges", "invoice"),
                means=(
                    Note(
                        "API-only users cost no seat; an API user that is moved to an "
                        "ordinary level does.",
                        (SOAP_REQUIREMENTS,),
                    ),
                ),
                found=(other.SEAT,),
            ),
        )
    }
)
"""Every symptom by its code, in the order in which they are met."""

ONCE = Note(
    "Try once and then check again: repeated failures lock the user. No check that is "
    "named here logs in.",
    (LOCKOUT, N8N_AUTOTASK),
)
"""What is true of each of them."""
