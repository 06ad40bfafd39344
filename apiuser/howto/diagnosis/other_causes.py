"""Why a look-up fails, rights are missing, a script fails or the page refuses a value."""

from apiuser.howto.diagnosis.symptom import Cause
from apiuser.howto.step import Note
from apiuser.rules.citations import (
    ACTIVATE,
    AKAB,
    API_THRESHOLD,
    AUTOTASK_MCP,
    CEO_JUICE,
    CLOUD_DEPOT,
    CLOUDDEPOT_LIMITS,
    CYTRACOM,
    DEFINE_API_USER,
    DESKDIRECTOR,
    DJANGO_AUTOTASK,
    ENV_CHECK,
    HOW_TO,
    IDENTIFIER,
    IMPERSONATION,
    IT_GLUE,
    LINE_OF_BUSINESS,
    N8N_THREADS,
    NABLE_RMM,
    PHP_ENDPOINT,
    POLICY_2025_6,
    POWERSHELL,
    POWERSHELL_VERSION,
    POWERSHELL_ZONE,
    PY_AUTOTASK,
    REST_SECURITY,
    SETTINGS_WSAPI,
    SITE_SETUP,
    SOAP_REQUIREMENTS,
    W6W,
    WORKPLACE,
    ZONE_LOOKUP,
)

UNKNOWN_NAME = Cause(
    name="Username misspelled or incomplete",
    what=Note(
        "The username is misspelled, blank or without its suffix.",
        (ZONE_LOOKUP, DJANGO_AUTOTASK, W6W),
    ),
    check="Compare it with the page, character by character.",
    fix="Enter the full username.",
    row="full_login",
    words="misspelled, misspelt, typo, wrong username",
)
NOT_ENCODED = Cause(
    name="Username not percent-encoded",
    what=Note("The program puts @, #, + or & into the address unencoded."),
    check="Does the address contain %40 instead of @?",
    fix="Percent-encode the username.",
    words=(
        "percentencode, percentencoded, percent encoded, url encoded, urlencoded, "
        "encode username, not encoded"
    ),
)
OTHER_PRODUCT = Cause(
    name="Address of another product",
    what=Note(
        "The address is that of another product, such as the RMM.", (PHP_ENDPOINT,)
    ),
    check="Does the host end in autotask.net?",
    fix="Use the address of the PSA.",
    words="another product, wrong product, rmm",
)
NO_NETWORK = Cause(
    name="No network",
    what=Note("The computer that calls has no network, or cannot find the host."),
    check="Does any page open in a browser there?",
    fix="Connect it; if a proxy is needed, give it to the program, for example in the "
    "variable HTTPS_PROXY.",
)
IN_BETWEEN = Cause(
    name="Something in between",
    what=Note(
        "A proxy, a firewall or a log-in page of the network stops the call, or "
        "replaces the certificate with its own."
    ),
    check="Is there such a thing, and does the same work from another network?",
    fix="Let https to hosts under autotask.net pass.",
)
DOWN = Cause(
    name="Autotask itself",
    what=Note("Autotask does not answer anybody."),
    check="Does Autotask open for your colleagues?",
    fix="Wait; nothing is wrong with the user.",
)
FAILING_LOOKUP = Cause(
    name="Look-up fails for a valid user",
    what=Note("The look-up fails for a valid user.", (POWERSHELL_ZONE,)),
    check="Is the username letter for letter the one on the page?",
    fix="Enter the zone's address by hand if the program lets you; one report of "
    "this is known.",
    words="lookup fails",
)
FEW_RIGHTS = Cause(
    name="Security level lacks a right",
    what=Note(
        "The security level lacks a right.",
        (DJANGO_AUTOTASK, REST_SECURITY),
    ),
    check="Compare the level with the list of rights in the integration's guide.",
    fix="Copy the API-only level, add the right to the copy and choose it; an ordinary "
    "level costs a seat.",
    row="security_level",
    guide="levels.md",
    counted=4,
)
IMPERSONATING = Cause(
    name="Acting as another resource",
    what=Note(
        "The program acts as another resource (impersonation), and the level of that "
        "person does not allow it.",
        (SETTINGS_WSAPI, IMPERSONATION, DESKDIRECTOR),
    ),
    check="Does the program send ImpersonationResourceId? All system levels forbid it by "
    "default.",
    fix="Allow it on a copy of that person's level, or leave it out. API-only users "
    "cannot be impersonated, and a call needs the rights of both.",
    counted=3,
    words=(
        "impersonation, impersonate, impersonating, impersonationresourceid, act as "
        "another, another resource"
    ),
)
PROTECTED = Cause(
    name="Protected data",
    what=Note(
        "The data are protected, which needs a permission of its own.",
        (IT_GLUE, DEFINE_API_USER),
    ),
    check="Does the integration read protected data?",
    fix="Give the permission to the user; no level includes it.",
    words="protected",
)
ONE_KIND = Cause(
    name="One kind of record refused",
    what=Note("A single kind of record is refused, such as contacts.", (AKAB,)),
    check="Which kind of record is asked for?",
    fix="Give the level the right to read it.",
    row="security_level",
    guide="levels.md",
    words="single kind",
)
SEAT = Cause(
    name="Moved to an ordinary level",
    what=Note(
        "The user was moved from an API-only level to an ordinary one.",
        (SOAP_REQUIREMENTS,),
    ),
    check="Is its security level an API-only one?",
    fix="Choose an API-only level again; for other rights copy one and change the copy.",
    row="security_level",
    guide="levels.md",
    words="ordinary level",
)
LAST_VERSION = Cause(
    name="Version V2.0 of the API",
    what=Note(
        "The program takes the last entry of the list of versions, V2.0, which has "
        "no zone look-up.",
        (POWERSHELL_VERSION,),
    ),
    check="Does the address contain V2.0?",
    fix="Set the version to V1.0 in the program, or update it.",
    words="v2, v2 0, version 2, latest version, last version",
)
LINES_OF_BUSINESS = Cause(
    name="Lines of business",
    what=Note(
        "The user is restricted to some lines of business.",
        (REST_SECURITY, LINE_OF_BUSINESS),
    ),
    check="Look at Line of Business on its page.",
    fix="Associate the missing ones, or none at all: none means all.",
    row="line_of_business",
    guide="levels.md#line-of-business",
    words="line of business",
)
POWERSHELL_QUOTES = Cause(
    name="Double quotes in PowerShell",
    what=Note(
        "PowerShell, text in double quotes: 401, while the same secret typed at the "
        "prompt works; we infer that $ and the backtick are replaced.",
        (POWERSHELL,),
    ),
    check="Is the secret in double quotes?",
    fix="Use single quotes.",
    words="double quotes",
)
ENV_FILE = Cause(
    name=".env file or Docker Compose",
    what=Note(
        ".env files and Docker Compose: $ and # cut off or replace a part of the "
        "secret, $ in double quotes too.",
        (ENV_CHECK,),
    ),
    check="Does the secret contain $ or #?",
    fix="Use single quotes.",
    words="env file, dotenv, docker compose",
)
REFUSED_CHARACTERS = Cause(
    name="Special characters not accepted",
    what=Note("The application accepts no special characters.", (CLOUD_DEPOT,)),
    check="What does its guide say about the secret?",
    fix="Use fewer of them, within the password rules.",
    row="secret",
)
TOO_LONG = Cause(
    name="Secret too long for the application",
    what=Note("The application does not accept 25 characters.", (HOW_TO, WORKPLACE)),
    check="Count how many its field holds.",
    fix="Shorten the secret in Autotask, within the password rules.",
    row="secret",
    words="too long, 25 characters",
)
BLANKS = Cause(
    name="Blanks at either end",
    what=Note("There are blanks at either end.", (W6W,)),
    check="Look at both ends of the value.",
    fix="Paste it again without them.",
    words="blank, space, whitespace",
)
RENAMED = Cause(
    name="Username changed",
    what=Note(
        "The username was changed, and the application cannot follow.", (NABLE_RMM,)
    ),
    check="Compare with the username on the page.",
    fix="Put the old username back, or connect the application again.",
    words="renamed, changed username, new username",
)
NO_LABEL = Cause(
    name="Label not in the list",
    what=Note("The vendor's label is not in the list.", (CEO_JUICE,)),
    check="Search for the company's older names, too.",
    fix="Ask the vendor: a label may have to be published first. Do not pick a similar "
    "one.",
    row="vendor",
    guide="vendors.md#labels-that-guides-print",
    words=(
        "not in list, not listed, no label, label missing, vendor missing, missing "
        "vendor"
    ),
)
TWO_PRODUCTS = Cause(
    name="Two products, one user",
    what=Note("Two products of one company share a user.", (CYTRACOM,)),
    check="Does each product have a label of its own?",
    fix="Make one user for each label.",
    words="two products",
)
SHARED = Cause(
    name="One user for several integrations",
    what=Note(
        "Integrations that share one user share its threads, too.",
        (N8N_THREADS, AUTOTASK_MCP, DEFINE_API_USER),
        at_most="medium",
    ),
    check="Which programs use this username?",
    fix="Give each integration a user of its own.",
    guide="levels.md#what-an-api-user-can-and-cannot-be",
    words="same user, shared user, share user, several integrations",
)
BUSY = Cause(
    name="Near the limit of the database",
    what=Note(
        "All integrations together are near the limit of the database.",
        (CLOUDDEPOT_LIMITS, API_THRESHOLD),
    ),
    check="Look at API Activity by Hour in Autotask.",
    fix="Make the busiest integration ask less often.",
)
REPEATING = Cause(
    name="A program repeats failed calls",
    what=Note(
        "A program repeats a failed call by itself, even after a 500.", (PY_AUTOTASK,)
    ),
    check="Does its log show several identical calls in a row?",
    fix="Switch that off, or stop the program until its values are right.",
    words="retries, retry, repeats",
)
TAKEN = Cause(
    name="Username taken",
    what=Note(
        "The username is taken, perhaps by an inactive resource, which the active list "
        "does not show.",
        (HOW_TO, ACTIVATE),
    ),
    check="Audit the usernames of both lists.",
    fix="Generate another key.",
    row="username",
    guide="audit.md",
    words="name taken, inactive resource",
)
BAD_NAME = Cause(
    name="Username breaks a rule",
    what=Note(
        "The username lacks a letter or a digit, or has a forbidden character.",
        (HOW_TO, WORKPLACE),
    ),
    check="Enter it in the form, or run “apiuser check NAME”.",
    fix="Choose another.",
    row="username",
    guide="rules.md#username-key",
)
BAD_SECRET = Cause(
    name="Secret breaks a rule",
    what=Note(
        "The secret breaks the password requirements.", (POLICY_2025_6, SITE_SETUP)
    ),
    check="Look at the requirements in Site Setup.",
    fix="Generate another.",
    row="secret",
    guide="rules.md#password-secret",
)
USED_SECRET = Cause(
    name="One of the last five secrets",
    what=Note("The secret is one of the last five.", (SITE_SETUP,)),
    check="Was it used before?",
    fix="Generate another.",
    row="secret",
    words="last five, used before, reuse",
)
NO_IDENTIFIER = Cause(
    name="No vendor or identifier chosen",
    what=Note("The section API Tracking Identifier is empty.", (IDENTIFIER,)),
    check="Look at the section.",
    fix="Choose a vendor or Custom.",
)
