"""When two usernames count as the same, and an index of the names in use."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from apiuser.credentials.confusables import ASCII_FORMS, load_forms
from apiuser.credentials.credential import Username
from apiuser.rules.case import Relation

_LONGEST_COMPARED = 512
"""Characters above which a text is not a username: normal forms of long runs of
combining marks take time that grows with the square of their number."""
_SHORT = 25
"""Characters up to which no form of a text has more than `_LONGEST_COMPARED`."""
_CATEGORIES = {"Cc", "Cf", "Zl", "Zp"}
"""Control and format characters, and what separates lines and paragraphs."""
_ASCII_FORMS = {**ASCII_FORMS, **dict.fromkeys((*range(32), 127))}
_LONG_FORMS = {chr(c): form for c, form in ASCII_FORMS.items() if len(form) > 1}
_SHORT_FORMS = {
    c: form
    for c, form in _ASCII_FORMS.items()
    if c != ord("\n") and chr(c) not in _LONG_FORMS
}
# Unicode's Default_Ignorable_Code_Point beyond those of category Cf, and the blank
# pattern of Braille: fillers, joiners and variation selectors that nobody sees.
_UNSEEN = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f"
    "\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_GUARD = r"(?m)^'(?=[-=+@])"


def fold_identity(text: str) -> str:
    """Fold what Autotask may not tell apart: the case of the same characters."""
    return text.lower()


def fold_compatibility(text: str) -> str:
    """Fold case, surrounding blanks and Unicode compatibility forms (NFKC)."""
    if text.isascii():  # has no other forms, and the tables take their time
        return text.lower().strip()
    if len(text) > _LONGEST_COMPARED:
        return text.casefold().strip()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def fold_accents(text: str) -> str:
    """Leave out the accents of a folded text, and what else combines with a letter."""
    if text.isascii() or len(text) > _LONGEST_COMPARED:
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_seen(text: str) -> bool:
    """Tell whether any part of a text is visible; accents alone are."""
    plain = fold_compatibility(text)
    if plain.isascii() and plain.isprintable():
        return bool(plain)
    return any(
        unicodedata.category(character) not in _CATEGORIES
        and not character.isspace()
        and not re.match(_UNSEEN, character)
        for character in plain
    )


def list_unseen(text: str) -> list[str]:
    """Return the characters of a text that nobody can see; a blank is none."""
    if text.isprintable() and (text.isascii() or not re.search(_UNSEEN, text)):
        return []
    return [c for c in text if not c.isprintable() or re.match(_UNSEEN, c)]


def fold_lookalike(text: str) -> str:
    """Fold characters that a person takes for one another, and accents.

    This is the skeleton of UTS #39, over the folded name: case tells no usernames
    apart, so a character also stands for what its capital looks like.
    """
    folded = fold_compatibility(text)
    if folded.isascii():
        return _drop_guards(folded.translate(_ASCII_FORMS).strip())
    if len(folded) > _LONGEST_COMPARED:
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in decomposed if not _is_unseen(c))
    return _drop_guards(plain.strip().translate(load_forms()))


def fold_lookalikes(texts: Sequence[str]) -> list[str]:
    """Fold many texts at once, each as `fold_lookalike` does.

    They are folded as one text with a line for each, which takes a tenth of the time
    if all is ASCII, as in nearly all usernames, and half of it elsewhere.
    """
    joined = "\n".join(texts)
    if joined.count("\n") >= max(len(texts), 1):
        return [*map(fold_lookalike, texts)]
    if joined.isascii():
        return _fold_ascii_lines(joined)[: len(texts)]
    others = {at: text for at, text in enumerate(texts) if not text.isascii()}
    short = [text for text in others.values() if len(text) <= _SHORT]
    forms = dict(zip(short, _fold_lines("\n".join(short)), strict=False))
    plain = [*texts]
    for at in others:
        plain[at] = ""
    folded = _fold_ascii_lines("\n".join(plain))
    for at, text in others.items():
        folded[at] = forms.get(text) or fold_lookalike(text)
    return folded


def fold_local_parts(names: Iterable[str]) -> list[str]:
    """Return the look-alike form of what comes before the @ of each name."""
    return fold_lookalikes([name.partition("@")[0] for name in names])


def _fold_lines(text: str) -> list[str]:
    """Fold each line of a text as `fold_lookalike` does; all lines are short."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    decomposed = unicodedata.normalize(
        "NFKD", _strip_lines(unicodedata.normalize("NFKC", folded))
    )
    unseen = {ord(c): None for c in {*decomposed} - {"\n"} if _is_unseen(c)}
    plain = _strip_lines(decomposed.translate(unseen))
    return _drop_guards(plain.translate(load_forms())).split("\n")


def _strip_lines(text: str) -> str:
    return "\n".join(map(str.strip, text.split("\n")))


def _is_unseen(character: str) -> bool:
    """Tell whether a character is invisible: marks, and what has no form of its own."""
    return bool(
        unicodedata.combining(character)
        or unicodedata.category(character) in _CATEGORIES
        or re.match(_UNSEEN, character)
    )


def _fold_ascii_lines(text: str) -> list[str]:
    folded = text.lower()
    # One character for another is quick for a long text, and more than one is not.
    for character, form in _LONG_FORMS.items():
        folded = folded.replace(character, form)
    plain = folded.translate(_SHORT_FORMS)
    if "'" in plain:
        plain = _drop_guards(_strip_lines(plain))
    return [*map(str.strip, plain.split("\n"))]


def _drop_guards(forms: str) -> str:
    """Leave out the apostrophe that programs put before what may be a formula."""
    return re.sub(_GUARD, "", forms) if "'" in forms else forms


class TakenNames:
    """An unchanging index of usernames in use, with or without a suffix.

    Args:
        names: Usernames as read, `local` or `local@suffix`; those with nothing but
            invisible characters before the `@` are left out.
        also: What is in use too and may be no name, so it is not counted.
    """

    __slots__ = ("_lookalikes", "_names", "_suffixes")

    def __init__(self, names: Iterable[str] = (), also: Iterable[str] = ()) -> None:
        # The first name of each suffix of a local part, and of each look-alike form.
        self._suffixes: dict[str, dict[str | None, str]] = defaultdict(dict)
        self._lookalikes: dict[str, dict[str, str]] = defaultdict(dict)
        self._names = tuple(filter(self._add, names))
        for text in also:
            self._add(text)

    def _add(self, name: str) -> bool:
        """Tell whether it is a name, and index it if so."""
        username = Username.parse(name)
        local = fold_compatibility(username.local)
        if not is_seen(local):
            return False
        self._suffixes[local].setdefault(_fold_suffix(username.suffix), name)
        form = fold_lookalike(username.local)
        self._lookalikes[form].setdefault(local, name)
        return True

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.holds_same(Username.parse(name))

    def folded_locals(self) -> Iterable[str]:
        """The local parts in use, folded for comparison."""
        return self._suffixes.keys()

    def relate(self, username: Username) -> Mapping[Relation, str]:
        """Tell how a username relates to the names in use, and to which of them."""
        taken = self._find_same(username)
        found = {
            Relation.TAKEN: taken,
            Relation.OTHER_SUFFIX: None if taken else self._find_elsewhere(username),
            Relation.LOOKALIKE: self._find_lookalike(username),
        }
        return {relation: name for relation, name in found.items() if name}

    def holds_same(self, username: Username) -> bool:
        """Tell whether the name is taken: same suffix, or one suffix unknown."""
        return self._find_same(username) is not None

    def _find_same(self, username: Username) -> str | None:
        """Return a name under the same suffix, or if one suffix is unknown."""
        suffixes = self._suffixes.get(fold_compatibility(username.local), {})
        wanted = _fold_suffix(username.suffix)
        if wanted is None:
            return next(iter(suffixes.values()), None)
        return suffixes.get(wanted, suffixes.get(None))

    def _find_elsewhere(self, username: Username) -> str | None:
        """Return a name under another suffix, of one that is not taken."""
        suffixes = self._suffixes.get(fold_compatibility(username.local), {})
        return next(iter(suffixes.values()), None)

    def _find_lookalike(self, username: Username) -> str | None:
        """Return another name that looks like this one."""
        form = fold_lookalike(username.local)
        # Names of accents alone have no form, and look like nothing else.
        others = self._lookalikes.get(form, {}) if form else {}
        local = fold_compatibility(username.local)
        return next((name for other, name in others.items() if other != local), None)


def _fold_suffix(suffix: str | None) -> str | None:
    return fold_compatibility(suffix) if suffix else None
