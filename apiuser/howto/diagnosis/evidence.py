"""What an answer of Autotask proves, and what it does not."""

from apiuser.howto.step import Note
from apiuser.rules.citations import (
    API_ERRORS,
    LOCKOUT,
    N8N_AUTOTASK,
    PHP_FIRST_QUERY,
    REST_SECURITY,
    THREAD_LIMITING,
    ZONE_LOOKUP,
)

REFUSED = Note(
    "A 401 does not say what is wrong: a value, a right, or a user that is locked. "
    "Before a second attempt check the username with its suffix, the secret, the "
    "vendor and the rights: repeated failures lock the user.",
    (REST_SECURITY, LOCKOUT),
)
NO_ZONE = Note(
    "500 “Zone information could not be determined” usually means that the username "
    "is not known.",
    (ZONE_LOOKUP,),
)
NAME_EXISTS = Note(
    "A zone in the answer means that the username exists there, with its suffix: for one "
    "that does not exist Autotask names no zone.",
    (ZONE_LOOKUP, THREAD_LIMITING),
)
ZONE_PROVES_LITTLE = Note(
    "A working zone look-up proves nothing about the secret: the first real call is "
    "what tests it.",
    (API_ERRORS, PHP_FIRST_QUERY),
)
EMPTY = Note(
    "Empty answers after a working log-in come from the level's rights or the line "
    "of business.",
    (REST_SECURITY,),
)

ONCE = Note(
    "After one failed log-in, check the causes before you try again: repeated failures "
    "lock the user. The checks of the causes never log in, so they lock nobody.",
    (LOCKOUT, N8N_AUTOTASK),
)
"""What is true of every symptom."""
