"""Passphrases of handover files: generated ones, and what a typed one must be."""

import math

from apiuser.credentials.automaton import Space
from apiuser.credentials.credential import Secret
from apiuser.errors import InputError

SIGNS = "bcdfghjkmnpqrstvwxyz23456789"
"""Small letters and digits that are not mistaken for each other.

No vowels, so that no word can come out; no l, 0 and 1, which look like others.
"""
_GROUPS, _GROUP = 6, 4
_SPACE = Space((), alphabet=SIGNS, length=_GROUPS * _GROUP)

PASSPHRASE_BITS = math.log2(_SPACE.size)
"""The entropy of a generated passphrase: every one of 28^24 is as likely."""

LEAST_LENGTH = 16
LEAST_DIFFERENT = 8


def generate_passphrase() -> Secret:
    """Draw a passphrase to be read aloud: six groups of four signs."""
    signs = _SPACE.draw()
    starts = range(0, len(signs), _GROUP)
    return Secret("-".join(signs[start : start + _GROUP] for start in starts))


def check_passphrase(passphrase: Secret) -> None:
    """Refuse a weak passphrase.

    Whoever holds the file can try passphrases without limit and out of sight, so
    length is what counts: 16 characters of any kind, 8 of them different.

    Raises:
        InputError: It is too short, too monotonous or holds control characters.
    """
    if len(passphrase) < LEAST_LENGTH:
        message = (
            f"The passphrase has fewer than {LEAST_LENGTH} characters. Whoever gets "
            "the file can try passphrases without limit, so take a longer one or "
            "have one generated."
        )
        raise InputError(message)
    if len(set(passphrase.reveal().casefold())) < LEAST_DIFFERENT:
        message = (
            f"The passphrase has fewer than {LEAST_DIFFERENT} different characters "
            "and is soon guessed. Take another or have one generated."
        )
        raise InputError(message)
    if not passphrase.reveal().isprintable():
        message = (
            "The passphrase holds characters that cannot be typed everywhere. "
            "Take letters, digits, marks and blanks."
        )
        raise InputError(message)
