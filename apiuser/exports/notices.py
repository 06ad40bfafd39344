"""What the usernames of a file show, and what is worth reporting."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import is_seen, list_unseen
from apiuser.errors import count_noun, escape_invisible, show_start
from apiuser.exports.changed_names import (
    is_changed,
    is_masked,
    is_partly_masked,
    is_wrapped,
    list_unusual,
    may_all_be_own,
    may_be_own,
)
from apiuser.exports.encodings import is_twice_encoded
from apiuser.exports.headers import DELIMITERS
from apiuser.exports.rows import Rows

_SHOWN_PLACES = 20
_SHOWN_WORDS = 5
_ODD_SIGNS = ("\uff20", "\ufe6b")  # compatibility forms of the @


class Names(NamedTuple):
    """What all usernames show.

    Attributes:
        nameless: The rows of those with nothing visible before the `@`.
        changed: The rows of those that look as if a program had changed them.
        wrapped: The rows of those that seem to be marked up, masked, cut, or several.
        odd_signs: How many signs may stand for an `@`.
        twice_encoded: Whether accents look as if they were encoded twice.
        invisible: The rows of those with characters that nobody can see.
        delimited: The rows of those with a sign that separates fields elsewhere.
        possible: The rows of those that look like a date or a word for none, and yet are
            likely somebody's.
    """

    nameless: "array[int]"
    changed: list[int]
    wrapped: list[int]
    odd_signs: int
    twice_encoded: bool
    invisible: list[int]
    delimited: list[int]
    possible: Sequence[int] = ()

    @property
    def odd(self) -> frozenset[int]:
        """The rows of those that may be written differently in Autotask."""
        found = {*self.changed, *self.wrapped, *self.invisible}
        return frozenset(found.difference(self.nameless))


def look_at_names(usernames: Sequence[str]) -> Names:
    """Examine all usernames of an export."""
    # Nothing is odd about nearly all of them.
    unusual = [(at, usernames[at]) for at in list_unusual(usernames)]
    nameless = array("q", (at for at, name in unusual if _is_nameless(name)))
    changed = [at for at, name in unusual if is_changed(name)]
    out = {*nameless, *changed}
    wrapped = [
        at
        for at, name in unusual
        if at not in out and (is_wrapped(name) or is_masked(name))
    ]
    odd = {*changed, *wrapped}
    masked = [at for at, name in unusual if is_partly_masked(name)]
    if len(masked) > 1:
        wrapped = sorted({*wrapped, *masked} - {*changed})
    possible = sorted(at for at in odd if may_be_own(usernames[at]))
    if not may_all_be_own([usernames[at] for at in possible]):
        possible = []
    changed = sorted({*changed} - {*possible})
    wrapped = sorted({*wrapped} - {*possible})
    return Names(
        nameless=nameless,
        changed=changed,
        wrapped=wrapped,
        odd_signs=sum(name.count(sign) for _, name in unusual for sign in _ODD_SIGNS),
        twice_encoded=any(is_twice_encoded(name) for _, name in unusual),
        invisible=[at for at, name in unusual if list_unseen(name)],
        delimited=[
            at for at, name in unusual if any(sign in name for sign in DELIMITERS)
        ],
        possible=possible,
    )


def add_odd_to_unread(rows: Rows, usernames: Sequence[str], names: Names) -> None:
    """Add the names that are in doubt to what could not be read."""
    odd = [usernames[at] for at in names.odd]
    rows.unread.add(odd)
    if any(map(is_masked, odd)):
        rows.unread.lose()  # it may be any name


def _is_nameless(name: str) -> bool:
    seen = "!" <= name[:1] <= "~" and name[0] != "@"
    return not seen and not is_seen(Username.parse(name).local)


def describe_rows(
    rows: Rows,
    names: Names,
    *,
    odd_words: Mapping[str, int],
    unknown: int,
    twice_encoded: bool,
) -> Iterator[str]:
    """Say what is odd about a file and its records.

    Args:
        rows: The records read, or those of them whose names are odd.
        names: What their usernames show.
        odd_words: The words in the status column that mean nothing known, and how many
            records have each.
        unknown: How many records are not known to be active or inactive.
        twice_encoded: Whether accents elsewhere look as if they were encoded twice.
    """
    path = rows.path
    yield from rows.notices
    yield from (f"{path}: {doubt}. {advice}" for doubt, advice in rows.doubts.items())
    for name in rows.doubled:
        yield f"{path}: the header {name} occurs more than once and is not used."
    yield from _describe_states(rows, odd_words, unknown)
    if not rows.records:
        yield f"{path}: has a header but no resources. Check the filter."
    if rows.blank_lines:
        yield f"{path}: {count_noun(rows.blank_lines, 'blank line')} skipped."
    if twice_encoded or names.twice_encoded:
        yield (
            f"{path}: accents look as if they were encoded twice. "
            "Export again and do not save the file in between."
        )
    if rows.width == 1 and names.delimited:
        at = names.delimited[0]
        found = count_noun(len(names.delimited), "username")
        yield (
            f"{path}: {found} with a comma, semicolon, tab or pipe, the first in line "
            f"{rows.lines[at]}, record {rows.numbers[at]}. Check whether columns are "
            "missing from the header."
        )
    yield from _describe_skipped(rows)
    if names.nameless:
        yield (
            f"{path}: {count_noun(len(names.nameless), 'record')} without a username "
            f"({rows.list_lines(names.nameless)}). Add the names, or delete what is "
            "not a resource."
        )
    if names.changed:
        yield (
            f"{path}: {count_noun(len(names.changed), 'username')} that may be a "
            "number, date, error or formula that a spreadsheet wrote, or letters in "
            f"the wrong encoding ({rows.list_lines(names.changed)}). Compare with "
            "Autotask; if they differ there, export again and do not save the file in "
            "between."
        )
    if names.wrapped:
        yield (
            f"{path}: {count_noun(len(names.wrapped), 'username')} with characters "
            "that do not belong in one, or that may be a list, a mask or markup "
            f"({rows.list_lines(names.wrapped)}). Export the usernames unchanged and "
            "without anything else, one in each record."
        )
    yield from _describe_possible(rows, names.possible)
    yield from _describe_invisible(rows, names.invisible)


def _describe_states(
    rows: Rows, odd_words: Mapping[str, int], unknown: int
) -> Iterator[str]:
    """Say which words mean no status, and how many records have none."""
    if not (unknown and "status" in rows.positions):
        return
    header = escape_invisible(rows.find_header("status"))
    if odd_words:
        shown = ", ".join(
            f"{show_start(word)}: {number:,}"
            for word, number in islice(odd_words.items(), _SHOWN_WORDS)
        )
        yield (
            f"{rows.path}: {count_noun(len(odd_words), 'word')} of the column {header}, "
            f"in {count_noun(sum(odd_words.values()), 'record')}, said neither active "
            f"nor inactive ({shown})."
        )
    blank = unknown - sum(odd_words.values())
    if 0 < blank < rows.records:
        have, they = ("has", "it") if blank == 1 else ("have", "they")
        yield (
            f"{rows.path}: {count_noun(blank, 'record')} {have} nothing in the column "
            f"{header}, so {they} may be active or inactive. Export again with a status "
            "in every row."
        )


def _describe_skipped(rows: Rows) -> Iterator[str]:
    """Say which lines are not records."""
    for line, what in rows.skipped_lines[:_SHOWN_PLACES]:
        yield f"{rows.path}: line {line} {what}, and is not a record."
    more = len(rows.skipped_lines) - _SHOWN_PLACES
    if more > 0:
        yield f"{rows.path}: {count_noun(more, 'more line')} skipped as they are not records."


def _describe_possible(rows: Rows, found: Sequence[int]) -> Iterator[str]:
    """Say that usernames may be words for none, or dates, if any may be."""
    if not found:
        return
    name = escape_invisible(rows.texts["username"][found[0]])
    if len(found) > 1:
        yield (
            f"{rows.path}: {len(found)} usernames, such as {name}, may be dates that a "
            f"spreadsheet made of others ({rows.list_lines(found)}). Look them up in "
            "Autotask, and export again if they are not there."
        )
        return
    yield (
        f"{rows.path}: line {rows.lines[found[0]]}: {name} may not be a username: it "
        "could be a word in its place, or a date that a spreadsheet made of one. Look it "
        "up in Autotask, and export again if it is not there."
    )


def _describe_invisible(rows: Rows, found: Sequence[int]) -> Iterator[str]:
    """Say where usernames contain characters that nobody can see."""
    for at in found[:_SHOWN_PLACES]:
        name = rows.texts["username"][at]
        points = sorted({*list_unseen(name)})
        shown = ", ".join(f"U+{ord(c):04X}" for c in points)
        yield (
            f"{rows.path}: line {rows.lines[at]}, record {rows.numbers[at]}: the "
            f"username contains characters that cannot be seen ({shown})."
        )
    more = len(found) - _SHOWN_PLACES
    if more > 0:
        yield (
            f"{rows.path}: {count_noun(more, 'more username')} with such characters."
        )
