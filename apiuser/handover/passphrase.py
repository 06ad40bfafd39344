"""Passphrases of handover files: generated ones, and what a typed one must be."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from apiuser.credentials.automaton import Space
from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.handover.guessing import count_parts, estimate_guesses, is_close

SIGNS = "bcdfghjkmnpqrstvwxyz23456789"
"""Lower-case letters and digits that are not mistaken for each other.

No vowels, so that no word can come out; no l, 0 and 1, which look like others.
"""
_GROUPS, _GROUP = 6, 4
_SPACE = Space((), alphabet=SIGNS, length=_GROUPS * _GROUP)

PASSPHRASE_BITS = math.log2(_SPACE.size)
"""The entropy of a generated passphrase: all 28^24 are equally likely."""

LEAST_GUESSES = 12.0
"""The fewest guesses by zxcvbn, as a power of ten.

Its authors call 10^10 safe against guessing with a slow key derivation; a hundred times
as many, since nobody sees how long a file is tried.
"""
LEAST_PARTS = 12
"""The fewest parts that are guessed as one, such as a word: ten guesses for each."""
LEAST_CHARACTERS = 16
"""Our own: four more, as what people choose has parts that count as one."""
LEAST_DIFFERENT = 8
"""Our own: half of the fewest characters, since repeats make none of the rest safer."""
_ADVICE = "Choose another or have one generated."


def generate_passphrase() -> Secret:
    """Draw a passphrase to be read aloud: six groups of four characters."""
    signs = _SPACE.draw()
    starts = range(0, len(signs), _GROUP)
    return Secret("-".join(signs[start : start + _GROUP] for start in starts))


def check_passphrase(
    passphrase: Secret, *, openly: Mapping[str, Secret | str] = MappingProxyType({})
) -> None:
    """Refuse a weak passphrase.

    Whoever holds the file can try passphrases without limit and out of sight, so
    length is what counts: 16 characters of any kind, 8 of them different, of which
    not too many are foreseen by a repeat, a row of keys or a common word.

    Args:
        passphrase: What a person typed.
        openly: What a guesser tries first, by what it is called, such as the username.

    Raises:
        InputError: It is too short, too monotonous, easily guessed, close to one of the
            texts, or holds control characters.
    """
    if len(passphrase) < LEAST_CHARACTERS:
        message = (
            f"The passphrase has fewer than {LEAST_CHARACTERS} characters. Whoever gets "
            "the file can try passphrases without limit, so choose a longer one or "
            "have one generated."
        )
        raise InputError(message)
    if not passphrase.reveal().isprintable():
        message = (
            "The passphrase contains characters that cannot be typed everywhere. Use "
            "letters, digits, marks and blanks."
        )
        raise InputError(message)
    for name, text in openly.items():
        if is_close(passphrase, text):
            message = f"The passphrase is the {name} or close to it. {_ADVICE}"
            raise InputError(message)
    if len(set(passphrase.reveal().casefold())) < LEAST_DIFFERENT:
        message = (
            f"The passphrase has fewer than {LEAST_DIFFERENT} different characters and "
            f"is easily guessed. {_ADVICE}"
        )
        raise InputError(message)
    if count_parts(passphrase) < LEAST_PARTS:
        message = (
            "The passphrase is easily guessed: too much of it is repeats, rows of "
            f"keys, sequences, years or common words. {_ADVICE}"
        )
        raise InputError(message)
    guesses = estimate_guesses(passphrase, tuple(openly.values()))
    if guesses is not None and guesses < LEAST_GUESSES:
        message = (
            f"The passphrase is easily guessed: zxcvbn expects 10^{guesses:.0f} tries, "
            f"and 10^{LEAST_GUESSES:.0f} are needed. {_ADVICE}"
        )
        raise InputError(message)
