"""The steps about the key and the secret."""

from dataclasses import replace

from apiuser.howto.step import Field, Input, Note, Step
from apiuser.rules.citations import (
    CLOUD_DEPOT,
    FIELD_LENGTHS,
    HOW_TO,
    IDSYNC,
    INFERENCE,
    IT_GLUE,
    LOCKOUT,
    NOT_THE_EMAIL,
    POWERSHELL,
    PUBLIC_KEY,
    TIMEZEST_ROTATION,
    WORKPLACE,
    ZENCONTRACT_ROTATION,
)

RENEWED = ("change_secret", (True,))
"""When a step is about a new secret; in a job without the choice it always is."""
_NEW_KEY = ("change_username", (True,))

_SECRET = Field(
    key="secret",
    label="Password (Secret)",
    input=Input.SECRET,
    missing="Generate a secret here, or paste the one that Autotask generated.",
    entered=True,
)
_HIDDEN_LATER = Note(
    "In Edit mode the secret is not shown, and the old one cannot be seen again; a new "
    "one is generated or typed.",
    (HOW_TO, IT_GLUE),
    about=("secret",),
)
_GENERATE_KEY = Note(
    "Press Generate Key in Autotask, which fills the field Username (Key), and paste "
    "the key into the form to have it checked. Or press Generate in the form, and copy "
    "the key into the field.",
    (HOW_TO,),
    only_if=_NEW_KEY,
    about=("username",),
)
_OWN_KEY = Note(
    "A username of your own needs letters and numbers, none of "
    '@ ( ) ; : [ ] | \\ ", and must be unique, inactive resources included.',
    (HOW_TO, WORKPLACE),
    only_if=_NEW_KEY,
    about=("username",),
)
_BEFORE_THE_AT = Note(
    "Generate Key fills in the key and the domain: for a username of your own, replace "
    "only what comes before the @.",
    (IDSYNC,),
    only_if=_NEW_KEY,
    at_most="medium",
    about=("username",),
)
_GENERATE_SECRET = Note(
    "Press Generate Secret in Autotask, which fills the field Password (Secret), and "
    "paste the secret into the form to have it checked. Or press Generate in the form, "
    "and copy the secret into the field.",
    (HOW_TO,),
    only_if=RENEWED,
    about=("secret",),
)
_SHORTEN = Note(
    "If the target application does not accept 25 characters, shorten or override "
    "the secret, within the password requirements.",
    (HOW_TO, WORKPLACE),
    only_if=RENEWED,
    about=("secret",),
)
WHEREVER_USED = Note(
    "Enter a new username in every application that uses the old one.",
    about=("change_username", "username"),
)
EXISTING_USERNAME = Field(
    key="existing_username",
    label="An existing API username",
    advice="For example abc123@example.com; leave it empty if there is none.",
)
TAKEN_NAMES = Field(
    key="taken_names",
    label="Usernames, one per line",
    input=Input.LINES,
    advice="Of active and inactive resources.",
)
LEFT_BEHIND = Note(
    "An application left with the old secret keeps failing and locks the user: for a "
    "running integration choose New secret.",
    (LOCKOUT,),
)
_FRAGILE = Note(
    "Characters such as $ and # get lost in configuration files and scripts, and "
    "some applications refuse special ones; the form makes secrets of letters, "
    "digits, - and . instead. We infer that these marks count as special characters "
    "since 2025.6.",
    (POWERSHELL, CLOUD_DEPOT, INFERENCE),
    only_if=RENEWED,
    about=("secret",),
)

KEY = Step(
    code="key",
    title="Make the username (key)",
    do=(
        _GENERATE_KEY,
        _OWN_KEY,
    ),
    know=(
        Note(
            "Generate Key makes 15 characters; “15-digit” means characters, and the "
            "keys seen in public are lower-case letters and digits.",
            (HOW_TO, PUBLIC_KEY),
        ),
        Note(
            "The full username is the key, an @ and the suffix that Autotask "
            "supplies. Integrations need all of it.",
            (IDSYNC, PUBLIC_KEY),
        ),
        _BEFORE_THE_AT,
        Note(
            "The e-mail address is not the username; logging in with it is refused.",
            (NOT_THE_EMAIL, IT_GLUE),
        ),
        Note(
            "The API's own field holds 32 characters; we infer that this limits the "
            "part before the @.",
            (FIELD_LENGTHS,),
        ),
    ),
    fields=(
        Field(
            key="username",
            label="Username (Key)",
            input=Input.KEY,
            entered=True,
            advice="The part before the @, or the full username.",
        ),
    ),
    part="key",
)

SECRET = Step(
    code="secret",
    title="Make the password (secret)",
    do=(_GENERATE_SECRET, _SHORTEN),
    know=(_HIDDEN_LATER, _FRAGILE),
    fields=(_SECRET,),
    part="secret",
)

RENEW = Step(
    code="renew",
    title="Change the credentials",
    do=(
        _GENERATE_KEY,
        _OWN_KEY,
        replace(WHEREVER_USED, only_if=_NEW_KEY),
        _GENERATE_SECRET,
        _SHORTEN,
    ),
    know=(
        _BEFORE_THE_AT,
        _HIDDEN_LATER,
        _FRAGILE,
        replace(LEFT_BEHIND, about=("secret",)),
    ),
    fields=(
        Field(
            key="username",
            label="Username (Key)",
            input=Input.KEY,
            entered=True,
            advice="The username that the API user has, or the new one if it changes.",
        ),
        replace(_SECRET, only_if=RENEWED),
    ),
    part="credentials",
)

APPLICATIONS = Step(
    code="applications",
    title="List what uses this user",
    do=(
        Note(
            "Name every application that logs in with this API user, one per line.",
            (LOCKOUT,),
        ),
        Note(
            "Agree on a quiet time, and have each application's settings open.",
            (ZENCONTRACT_ROTATION,),
        ),
    ),
    know=(
        Note(
            "An application that is forgotten keeps using the old secret, fails again "
            "and again, and can lock the user for every application.",
            (LOCKOUT,),
        ),
    ),
    fields=(
        Field(
            key="applications",
            label="Applications",
            input=Input.LINES,
            missing="Name at least one application.",
            hint="one per line: every application that uses this secret",
        ),
    ),
)

ROTATE_SECRET = Step(
    code="secret",
    title="Make the new secret, without saving",
    do=(
        Note(
            "Note the username (key) that the page shows, and leave it as it is.",
            about=("username",),
        ),
        _GENERATE_SECRET,
        _SHORTEN,
        Note("Do not press Save yet.", (TIMEZEST_ROTATION,), about=("secret",)),
    ),
    know=(_HIDDEN_LATER, _FRAGILE),
    fields=(
        Field(key="username", label="Username (Key)"),
        EXISTING_USERNAME,
        TAKEN_NAMES,
        _SECRET,
    ),
    part="secret",
)

PASTE = Step(
    code="paste",
    title="Paste the new secret into the applications, without saving",
    do=(
        Note(
            "Paste the new secret into each application's settings and leave the "
            "settings open. Do not save yet.",
            (TIMEZEST_ROTATION,),
        ),
    ),
    know=(
        Note(
            "With everything pasted first, the outage is the few seconds between two "
            "saves.",
            (TIMEZEST_ROTATION,),
        ),
    ),
    fields=(
        Field(
            key="pasted",
            label="The new secret is pasted into each application, not saved yet",
            input=Input.TICK,
            default=False,
            missing="Paste the secret everywhere, then tick this.",
        ),
    ),
)
