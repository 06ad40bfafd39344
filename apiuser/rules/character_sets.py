"""The sets of characters that rules and alphabets refer to."""

from collections.abc import Mapping
from types import MappingProxyType

from apiuser.rules.constraints import CharacterSet

UPPER = CharacterSet(name="capitals", members=frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
LOWER = CharacterSet(
    name="lower-case letters", members=frozenset("abcdefghijklmnopqrstuvwxyz")
)
LETTERS = CharacterSet(name="letters", members=UPPER.members | LOWER.members)
DIGITS = CharacterSet(name="digits", members=frozenset("0123456789"))
SPECIAL = CharacterSet(
    name="special characters", members=frozenset('!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~')
)
FORBIDDEN = CharacterSet(name='@ ( ) ; : [ ] | \\ "', members=frozenset('@();:[]|\\"'))
FRAGILE = CharacterSet(name="' $ # % & + ? /", members=frozenset("'$#%&+?/"))
SCRIPT_MARKS = CharacterSet(name='$ ` "', members=frozenset('$`"'))
VISIBLE_ASCII = CharacterSet(
    name="visible ASCII characters", members=frozenset(map(chr, range(33, 127)))
)
PRINTABLE_ASCII = CharacterSet(
    name="printable ASCII characters", members=frozenset(map(chr, range(32, 127)))
)
BLANK_OR_QUOTE = CharacterSet(name="space or single quote", members=frozenset(" '"))
CAPITALS_AND_DIGITS = CharacterSet(
    name="capitals and digits", members=UPPER.members | DIGITS.members
)

KEY_ALPHABET = "".join(sorted(LOWER.members | DIGITS.members))
"""The characters of a generated key, as seen in keys that Autotask made."""

COPY_SAFE = "copy-safe"
# No underscore: beside another mark it is emphasis in Markdown, which changed 13
# of 100,000 secrets, and in an underlined link it cannot be seen.
ALPHABETS: Mapping[str, str] = MappingProxyType(
    {
        COPY_SAFE: "".join(sorted(LETTERS.members | DIGITS.members | set("-."))),
        "full": "".join(sorted(LETTERS.members | DIGITS.members | SPECIAL.members)),
    }
)
"""Alphabets of a generated secret: one that survives any copying, and all."""
