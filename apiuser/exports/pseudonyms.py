"""Codes in the place of most usernames, such as digests, GUIDs and `REDACTED7`."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from apiuser.errors import count_noun
from apiuser.exports.changed_names import MAY_BE_OWN, write_numbered
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import list_words

MOST_LOCAL = 64
"""Autotask allows half as many characters before the @, and no address has more."""
_FEWEST = 2
_SAMPLED = 1000
"""About so many names show whether to look at all."""
_BEGINNING = 8
"""So many characters differ in digests, and not in the names of a sequence."""


class _CodeShape(NamedTuple):
    """A form of codes.

    Attributes:
        pattern: All of such a code.
        least: The characters of the shortest.
        is_digest: Whether all codes of a file have one length, and beginnings apart.
    """

    pattern: re.Pattern[str]
    least: int
    is_digest: bool = False


@cache
def _list_shapes() -> Sequence[_CodeShape]:
    words = list_words("no known username", MAY_BE_OWN)
    # A name in base64, where no byte is beyond ASCII.
    encoded = (
        "(?:[I-Za-f][C-HS-Xi-nyz0-3][ABEFIJMNQRUVYZcdghklopstwx014589]"
        "[A-Za-z0-9+/])+(?:[I-Za-f](?:[AQgw]|[C-HS-Xi-nyz0-3]"
        "[AEIMQUYcgkosw048]))?={0,2}"
    )
    return [
        _CodeShape(re.compile(_write_digest("a-f")), 8, is_digest=True),
        # Base64 and GUIDs.
        _CodeShape(re.compile(_write_digest("a-z+/_-")), 20, is_digest=True),
        _CodeShape(re.compile(encoded), 6),
        _CodeShape(re.compile(write_numbered(words), re.IGNORECASE), 4),
    ]


def _write_digest(letters: str) -> str:
    """Write the pattern of codes in which letters and digits take turns.

    A name such as `a1234567` or `ada-archer-1` has its number at one end.
    """
    turns = f"[{letters}]+[0-9]+[{letters}]|[0-9]+[{letters}]+[0-9]"
    return f"(?i:(?:{turns})[0-9{letters}]*={{0,2}})"


def describe_codes(rows: Rows, usernames: Sequence[str]) -> Iterator[str]:
    """Say which usernames are too long, or codes if most of them seem to be."""
    if max(map(len, usernames), default=0) > MOST_LOCAL:
        places = [
            at
            for at, name in enumerate(usernames)
            if len(name.partition("@")[0]) > MOST_LOCAL
        ]
        if places:
            has = "has" if len(places) == 1 else "have"
            yield (
                f"{count_noun(len(places), 'username')} {has} more than {MOST_LOCAL} "
                f"characters before the @ ({rows.list_lines(places)})"
            )
    sample = usernames[:: count_step(len(usernames))]
    if may_be_codes(sample) and (found := _find_codes(usernames, 2)):
        yield (
            f"{len(found)} of {len(usernames)} usernames seem to be codes in the place "
            f"of names, such as digests ({rows.list_lines(found)})"
        )


def count_step(names: int) -> int:
    """Return which names are a sample of so many: every first, second, and so on."""
    return names // _SAMPLED + 1


def may_be_codes(sample: Sequence[str]) -> bool:
    """Tell whether so many names of a sample are codes that most of all may be."""
    return bool(_find_codes(sample, 4))


def _find_codes(usernames: Sequence[str], part: int) -> list[int]:
    """Return the places of codes of all shapes; none if there are too few.

    Args:
        usernames: All names, or a sample.
        part: More than one in so many have to be codes.
    """
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for at, name in enumerate(usernames):
        local = name.partition("@")[0].strip()
        for number, shape in enumerate(_list_shapes()):
            if len(local) >= shape.least and shape.pattern.fullmatch(local):
                found[number, len(local) if shape.is_digest else 0].append(at)
                break
    # Of digests, those of the most frequent length, unless they are a sequence.
    most: dict[int, list[int]] = {}
    for (number, length), some in found.items():
        begun = {usernames[at][:_BEGINNING] for at in some}
        if not length or 2 * len(begun) > len(some):
            most[number] = max(most.get(number, []), some, key=len)
    places = sorted(chain.from_iterable(most.values()))
    enough = part * len(places) > len(usernames) and len(places) >= _FEWEST
    return places if enough else []
