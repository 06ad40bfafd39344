"""What to know before a log-in is tried."""

from apiuser.howto.step import Note
from apiuser.rules.citations import LOCKOUT, SAMPLE_CODE

WARNING = Note(
    "A wrong log-in counts towards the lock-out of this user; how many are allowed is a "
    "setting of Site Setup. This makes one, and never a second by itself.",
    (LOCKOUT, SAMPLE_CODE),
)
