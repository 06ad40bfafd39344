"""The steps before the page: right to do it, password rules, names in use."""

from dataclasses import replace

from apiuser.howto.key_and_secret import (
    EXISTING_USERNAME,
    LEFT_BEHIND,
    TAKEN_NAMES,
    WHEREVER_USED,
)
from apiuser.howto.step import Field, Input, Note, Step
from apiuser.rules.catalogue.secret_rules import SHORTEST_SECRET
from apiuser.rules.character_sets import ALPHABETS, COPY_SAFE
from apiuser.rules.citations import (
    ACTIVATE,
    ADD_EDIT,
    ADDED_RESOURCE,
    CLOUD_DEPOT,
    DEFINE_API_USER,
    GRID_EXPORT,
    HOW_TO,
    IDSYNC,
    INFERENCE,
    INTEGRATION_CENTER,
    IT_GLUE,
    LOCKOUT,
    MSP360,
    NABLE_RMM,
    POLICY_2025_6,
    RESOURCE_REST,
    RESOURCE_SOAP,
    RESOURCES_PAGE,
    ROCKETCYBER,
    SITE_SETUP,
    TENANT_TERMS,
    USERNAME_DOMAIN,
    WORKPLACE,
)
from apiuser.rules.policies import DEFAULT_POLICY, POLICIES

MENU_WORDS = (
    "Organization",
    "Account",
    "Business Unit",
    "Client",
    "Company",
    "Customer",
    "Site",
)
"""What a tenant may call its organizations, and so the menu that is named after them."""

DEACTIVATE = "Clear it to deactivate the user"
ACTIVATE_AGAIN = "Tick it to activate the user"
OWN_POLICY = "as our Site Setup page says"

LIST = "Admin > Resources (Users)"
"""The way to the list of resources, as nearly all guides give it."""
NEW_USER = f"{LIST}, arrow beside New > New API User"


def _go_to(place: str) -> Note:
    text = f"Go to {place}; nearly all vendors' guides give this short path."
    return Note(text, (IT_GLUE, CLOUD_DEPOT, ROCKETCYBER))


TO_NEW_USER = _go_to(NEW_USER)
IN_FULL = Note(
    "In full, the path to the list is Admin > {menu_word} Settings & Users > "
    "Resources/Users (HR) > Resources/Users (HR) > Resources/Users.",
    (ADD_EDIT,),
)
MENU_WORD = Note(
    "Your tenant may show another word in place of Organization, such as Account or "
    "Company.",
    (TENANT_TERMS,),
)
NEWER_SKINS = Note(
    "Newer skins put “Left Navigation Menu” before Admin and “Admin Categories” "
    "after it; older ones say Features & Settings.",
    (INTEGRATION_CENTER, WORKPLACE),
)

_TENANT = Field(
    key="tenant",
    label="Tenant",
    advice="Whose Autotask this is; optional. The notebook keeps its exports "
    "and what it learned about it, and fills that in the next time.",
)
_CONSULTANT = Field(
    key="consultant",
    label="Done by",
    advice="Your name; for the record only, optional.",
)
_MENU_WORD = Field(
    key="menu_word",
    label="Menu word",
    input=Input.CHOICE,
    default=MENU_WORDS[0],
    options=MENU_WORDS,
    advice="What your tenant's Admin menu says before “Settings & Users”.",
)
_MAY_CONFIGURE = Note(
    "Log in to Autotask with a security level that has the Admin permission to "
    "configure Resources/Users (HR).",
    (ADD_EDIT,),
)

PREPARE = Step(
    code="prepare",
    title="Get ready",
    do=(
        _MAY_CONFIGURE,
        Note(
            "If your tenant shows it, a guided walk-through inside Autotask covers "
            "the same page; it asks you to log in and needs feature access.",
            (HOW_TO,),
        ),
        Note(
            "Decide now which integration this user is for: one API user for each "
            "integration.",
            (DEFINE_API_USER,),
        ),
    ),
    know=(
        Note(
            "API users are made only on this page; the API itself cannot create or "
            "delete them.",
            (DEFINE_API_USER, RESOURCE_REST),
        ),
        Note(
            "A resource can be deactivated but not deleted, so the username of an "
            "inactive one stays in use.",
            (ACTIVATE,),
        ),
        Note(
            "Colleagues with the same right may get an e-mail about a new active "
            "resource; no document says whether they do for an API user.",
            (ACTIVATE, INFERENCE),
        ),
        Note(
            "Some applications cannot change the username later, so choose it before "
            "they are connected.",
            (NABLE_RMM,),
        ),
    ),
    fields=(_TENANT, _CONSULTANT, _MENU_WORD),
)

POLICY = Step(
    code="policy",
    title="Read the password requirements",
    do=(
        Note(
            "Open Autotask's system settings, section Site Setup, and read the "
            "password requirements there.",
            (SITE_SETUP,),
        ),
        Note("In the form, choose the rules that match them."),
        Note(
            "Find out how long a secret the target application accepts, if it says so.",
            (HOW_TO, WORKPLACE),
        ),
    ),
    know=(
        Note(
            "Generate Secret in Autotask makes 25 characters that match the "
            "requirements of Site Setup; “25-digit” means 25 characters.",
            (HOW_TO,),
        ),
        Note(
            "Since release 2025.6 a secret needs at least 12 characters, with a special "
            "one and two of these: capitals, lower-case letters, digits.",
            (POLICY_2025_6,),
        ),
        Note(
            "An older page calls strong passwords a setting that is off by default; "
            "no document says whether secrets of existing API users must follow the "
            "new policy.",
            (SITE_SETUP,),
        ),
        Note(
            "An older page asks for 7 characters and a special character in positions "
            "2 to 6; whether the position still counts is not documented, so the form "
            "puts one there.",
            (RESOURCE_SOAP,),
        ),
        Note(
            "A new secret must differ from the previous five; only Autotask can check "
            "that.",
            (SITE_SETUP,),
        ),
    ),
    fields=(
        Field(
            key="policy",
            label="Password requirements",
            input=Input.CHOICE,
            default=DEFAULT_POLICY.name,
            options=(*POLICIES, OWN_POLICY),
            advice="The rules that keys and secrets are made and checked by.",
        ),
        Field(
            key="minimum_length",
            label="Minimum length",
            input=Input.NUMBER,
            default=SHORTEST_SECRET,
            advice="Characters, as your Site Setup page says.",
            missing="Enter the minimum length that Site Setup shows.",
            only_if=("policy", (OWN_POLICY,)),
        ),
        Field(
            key="strong_passwords",
            label="Strong passwords required",
            input=Input.TICK,
            default=True,
            advice="As your Site Setup page says.",
            only_if=("policy", (OWN_POLICY,)),
        ),
        Field(
            key="secret_limit",
            label="Longest secret the application accepts",
            input=Input.NUMBER,
            default=None,
            advice="Characters; leave it empty if the application states no limit.",
        ),
        Field(
            key="alphabet",
            label="Characters of a generated secret",
            input=Input.CHOICE,
            default=COPY_SAFE,
            options=tuple(ALPHABETS),
            advice="copy-safe survives files and scripts; full has every special one.",
        ),
    ),
)

_SUFFIX, _TAKEN = ("existing_username",), ("names",)  # rows with a "?" each

NAMES = Step(
    code="names",
    title="Find out the tenant's suffix and the names in use",
    do=(
        Note(
            "Look at the username of an existing API user: what comes after its @ is "
            "your tenant's suffix.",
            (USERNAME_DOMAIN, IDSYNC),
            about=_SUFFIX,
            at_most="medium",
        ),
        Note(
            "Export the list of resources twice, once active and once inactive, and "
            "let the form read both files, or paste the usernames, one per line.",
            (ACTIVATE, HOW_TO),
            about=_TAKEN,
        ),
    ),
    know=(
        Note(
            "A username must be unique in the database, inactive resources included, "
            "and the list shows either active or inactive resources.",
            (HOW_TO, ACTIVATE),
            about=_TAKEN,
        ),
        Note(
            "Co-managing users are listed on pages of their own, and have usernames too.",
            (RESOURCES_PAGE, INFERENCE),
            about=_TAKEN,
        ),
        Note(
            "One export contains the first 5,000 rows and the columns shown, and needs "
            "the right Can export Grid Data; add the username column first. The "
            "limit is documented for Autotask's lists in general; we infer that it "
            "holds for resources.",
            (GRID_EXPORT,),
            about=_TAKEN,
        ),
        Note(
            "The suffix is the primary domain of the tenant's database, whatever the "
            "e-mail address is; do not guess it.",
            (USERNAME_DOMAIN,),
            about=_SUFFIX,
            at_most="medium",
        ),
        Note(
            "For the first API user of a tenant, press Generate Key in Autotask once "
            "and read what comes after the @.",
            (IDSYNC,),
            about=_SUFFIX,
            at_most="medium",
        ),
    ),
    fields=(
        EXISTING_USERNAME,
        TAKEN_NAMES,
    ),
)

CHANGES = Step(
    code="changes",
    title="Choose what needs to change",
    do=(
        Note("In the form, tick what needs to change; it then shows only that."),
        Note(
            "To unlock a user after repeated log-ins with a wrong secret, clear Locked "
            "and save.",
            (MSP360, LOCKOUT),
            about=("change_locked",),
        ),
        Note(
            "To stop an integration for good, clear Active: a resource can be "
            "deactivated but not deleted, and keeps its username.",
            (ACTIVATE,),
            about=("change_active",),
        ),
        WHEREVER_USED,
    ),
    know=(replace(LEFT_BEHIND, about=("change_secret",)),),
    fields=(
        *(
            Field(key=key, label=label, input=Input.TICK, default=False)
            for key, label in (
                ("change_active", "Deactivate or activate"),
                ("change_locked", "Unlock"),
                ("change_names", "Name or e-mail"),
                ("change_level", "Security level"),
                ("change_vendor", "Vendor or identifier"),
                ("change_username", "Username (Key)"),
                ("change_secret", "Password (Secret)"),
            )
        ),
        Field(
            key="former_username",
            label="Old username",
            missing="Enter the username that the user has now.",
            only_if=("change_username", (True,)),
        ),
        Field(
            key="active",
            label="Active",
            input=Input.CHOICE,
            default=DEACTIVATE,
            options=(DEACTIVATE, ACTIVATE_AGAIN),
            only_if=("change_active", (True,)),
        ),
    ),
)

FIND_USER = Step(
    code="find",
    title="Find the API user",
    do=(
        _MAY_CONFIGURE,
        _go_to(LIST),
        IN_FULL,
        Note(
            "Find the API user, and open it with Edit in its context menu.",
            (ADDED_RESOURCE,),
        ),
    ),
    know=(
        Note(
            "The list shows either active or inactive resources.",
            (ACTIVATE,),
        ),
        MENU_WORD,
        NEWER_SKINS,
    ),
    fields=(_TENANT, _CONSULTANT, _MENU_WORD),
)
