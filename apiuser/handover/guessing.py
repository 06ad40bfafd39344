"""What makes a passphrase easy to guess: few parts, or what others know anyway.

No variable here holds a passphrase as text, so no traceback can show it.
"""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise

from apiuser.credentials.credential import Secret

# Rows and columns of keyboards, English, German and French, and what is counted.
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "02468",
    "13579",
    "qwertyuiop[]",
    "qwertzuiopü+",
    "azertyuiop",
    "asdfghjkl;'",
    "asdfghjklöä#",
    "qsdfghjklm",
    "zxcvbnm,./",
    "yxcvbnm,.-",
    "wxcvbn,;:!",
    "!@#$%^&*()",
    '!"§$%&/()=',
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm8ik,9ol.",
)
_NEIGHBOURS = frozenset(
    pair
    for row in _ROWS
    for one, other in pairwise(row)
    for pair in (one + other, other + one)
)

# Years, words that lists of common passwords begin with, and words of this trade.
_WORD = re.compile(
    r"""
    (?:19|20)\d\d | admin(?:istrator)? | api | april | august | autotask | autumn
    | baseball | benutzer | changeme | company | computer | consultant | datto
    | de[cz]ember | dragon | februar | football | freedom | geheim | guest | hallo | hello
    | herbst | iloveyou | integration | internet | januar | jul[iy] | jun[ei] | kaseya
    | kennwort | keepass | letmein | login | march | master | michael | monkey | november
    | o[ck]tober | passphrase | passwd | password | passwort | princess | qwerty | root
    | schalke | secret | september | server | service | sommer | spring | starwars
    | summer | sunshine | superman | support | system | test | trustno1 | user | vault
    | welcome | whatever | willkommen | winter
    """,
    re.VERBOSE,
)
_DISGUISES = str.maketrans("013457@$!", "oleastasi")
_REPEATED = re.compile(r"(.{3,})(?=.*\1)", re.DOTALL)
_RUN = re.compile("n{3,}")
_MOST_LOOKED_AT = 128  # characters; more only take longer
_GIVEN_AWAY = 0.6
"""A share of pairs of characters: chance gives generated passphrases 0.3 at most."""
_SHORTEST_KNOWN = 4
"""Characters of a text; the one or two pairs of a shorter one are in many."""


@dataclass(frozen=True, slots=True, repr=False)
class _Hidden:
    """What a passphrase became on the way; its text is not printed."""

    text: str


def count_parts(passphrase: Secret) -> int:
    """Count the parts of a passphrase that a guesser needs.

    A repeat, a run along the alphabet or a keyboard, a year and a common word are one
    part each, and so is each other character.
    """
    text = _Hidden(passphrase.reveal()[:_MOST_LOOKED_AT].casefold())
    text = _Hidden(_REPEATED.sub("\0", text.text))
    return min(
        _count_outside_runs(_Hidden(_WORD.sub("\0", text.text))),
        _count_outside_runs(_Hidden(_WORD.sub("\0", text.text.translate(_DISGUISES)))),
    )


def is_close(passphrase: Secret, known: Secret | str) -> bool:
    """Tell whether most of a passphrase is in a text, forwards or backwards."""
    if len(known) < _SHORTEST_KNOWN:
        return False
    pairs, others = _list_pairs(passphrase), _list_pairs(known)
    others |= {pair[::-1] for pair in others}
    return len(pairs & others) >= _GIVEN_AWAY * max(len(pairs), 1)


def estimate_guesses(
    passphrase: Secret, known: tuple[Secret | str, ...]
) -> float | None:
    """Estimate the power of ten of the guesses by zxcvbn, if it is installed."""
    if find_spec("zxcvbn_rs_py") is None:
        return None
    from zxcvbn_rs_py import zxcvbn  # noqa: PLC0415  # late: optional

    return zxcvbn(passphrase.reveal(), [*map(_reveal_whole, known)]).guesses_log10


def _count_outside_runs(text: _Hidden) -> int:
    return 1 + len(_RUN.sub("n", _mark_neighbours(text)))


def _mark_neighbours(text: _Hidden) -> str:
    """Mark, for each pair of neighbours, whether a guesser would foresee it."""
    pairs = (text.text[at : at + 2] for at in range(len(text.text) - 1))
    return "".join("n" if p in _NEIGHBOURS or p[0] == p[1] else "-" for p in pairs)


def _reveal(text: Secret | str) -> str:
    return text.reveal() if isinstance(text, Secret) else text


def _reveal_whole(text: Secret | str) -> str:
    """Return a text without lone surrogates, which the name of a file may have."""
    return _reveal(text).encode("utf-8", "replace").decode()


def _list_pairs(text: Secret | str) -> frozenset[str]:
    signs = _Hidden("".join(filter(str.isalnum, _reveal(text).casefold())))
    return frozenset(signs.text[at : at + 2] for at in range(len(signs.text) - 1))
