"""What a title or a note says of a list: that it is about some of the resources."""

import re
from functools import cache

from apiuser.exports.vocabulary import list_words

_USERS = (
    "(?:users?|resources?|people|accounts?|members?|staff|employees"
    # German, French, Spanish, Dutch, Danish, Portuguese
    "|ressourcen?|(?:be)?nutzer|anwender|mitarbeiter|utilisateurs?|ressources"
    "|usuarios?|recursos?|gebruikers?|medewerkers?|brugere?|medarbejdere?|usuários?)"
)
_BARE = "a[ck]?t?t(?:iv|if|iev|ief)(?:e|[eo]?[nrs]|[aoi]s?)?"
"""Active, as in aktive, actifs, activos, actieve, attivi, ativos."""
_OTHERS = (
    "(?:professional|executive|terminated|archived|deleted|former|current|administrator"
    "|contractor|dashboard|api(?: only)?|co ?managed|help ?desk)s?"
)
_ONLY = "(?:only|just|without|except|excluding|matching|filtered|whose|where)"
_AND = "(?:(?:and|or|und|oder|et|ou|y|o|e|en|of|og|eller) )?"
_BOTH = re.compile(rf"\b(?:{_BARE} {_AND}in{_BARE}|in{_BARE} {_AND}{_BARE})\b")
_RANGE = re.compile(
    r"(?<![\w-])([A-Z]) ?(?:[-\u2010-\u2014\u2026]|\.\.+|to|bis|through) ?([A-Z])(?![\w-])"
)
"""From one initial to another."""
_BEGINNING = re.compile(
    r"\b(?:first|top|limited to|erste[nr]?) [0-9]+\b"
    r"|\b(?:truncated|incomplete|not all|more on|page [2-9])\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<![0-9])([0-9]{1,15})\s*(?:of|von|sur|de|van|af|/)\s*([0-9]{1,15})(?![0-9])",
    re.IGNORECASE,
)


@cache
def _compile_some() -> re.Pattern[str]:
    """Return what a title says that is about some of the resources."""
    words = map(_write_words, list_words("active", "inactive", "locked"))
    states = "|".join(dict.fromkeys(words))
    # In the plural, and as other words end before a noun.
    state = f"(?:non |nicht |not |no )?(?:(?:in)?{_BARE}|(?:{states})(?:e[nrs]?|s)?)"
    kinds = f"(?:{state}|{_OTHERS})"
    return re.compile(
        rf"\b(?:{kinds} {_USERS}|{_ONLY} (?:\w+ ){{0,5}}{_USERS}"
        rf"|{_USERS} (?:\w+ ){{0,5}}{_ONLY}|{_ONLY} {kinds}"
        rf"|{_USERS} {state}(?! directory))\b"
    )


def _write_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_of_some(title: str) -> bool:
    """Tell whether a title is about some of the resources, such as active ones."""
    words = _BOTH.sub("", _write_words(title))
    return _compile_some().search(words) is not None or any(
        found != ("A", "Z") for found in _RANGE.findall(title)
    )


def tells_of_part(text: str) -> bool:
    """Tell whether a text says that a list is a part, as in 3 of 9 or the first 3."""
    if found := _PART.search(text):
        return int(found[1]) < int(found[2])
    return _BEGINNING.search(text) is not None
