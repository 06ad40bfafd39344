"""What a title or a note says of a list: that it is about some of the resources."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from apiuser.exports.headers import list_header_forms, list_known_forms
from apiuser.exports.resources import Status, UserKind
from apiuser.exports.vocabulary import fold_letters, fold_words, list_words

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
    r"|\b(?:truncated|incomplete|not all|more on)\b"
    r"|\b(?:page|seite|p\u00e1gina|pagina|blatt):? (?:[2-9]|[1-9][0-9]{1,5})\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<![0-9])([0-9]{1,15})\s*(?:(?:out )?of|von|sur|de|van|af|/)\s*([0-9]{1,15})(?![0-9])",
    re.IGNORECASE,
)
_THOUSANDS = re.compile("(?<=[0-9])[,.'\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_MOST_WORDS = 4
"""No header in front of a sign such as = has more words."""
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_DATES = re.compile(
    r"\b[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}\b|\b[0-9]{1,2}/(?:19|20)[0-9]{2}\b"
    rf"|(?<![0-9/])(?<!page )(?<!seite ){_DAY}/{_DAY}(?![0-9/])"
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMBER = "([0-9]{1,3}(?:[,.'\u00a0\u202f][0-9]{3})+|[0-9]{1,15})"
_NO = [
    "no",
    "not",
    "non",
    "without",
    "kein",
    "keine",
    "nicht",
    "ohne",
    "sans",
    "aucun",
    "pas",
    "sin",
    "ningún",
    "niet",
    "geen",
    "zonder",
    "ikke",
    "ingen",
    "uden",
    "não",
    "sem",
    "nenhum",
]
_FILTER = re.compile(
    rf"(?<!\w)(?P<no>(?:{'|'.join(_NO)}) (?:de )?)?"
    r"(?P<word>filter\w*|gefilter\w*|filtr\w*|(?:search|suche|recherche|búsqueda|busca"
    r"|zoeken|query|where|criteria|criterios|critérios|kriterien|critères|conditions?)"
    r"(?=\s*[:=|;]))[\s:=|;]*(?P<rest>[^;|]*)"
)
_DONE = re.compile("filtered|gefilterte?|filtrée?s?|filtrad[oa]s?|filtreret|gefilterd")
_HARMLESS = frozenset(
    [
        "all",
        "any",
        "none",
        "of",
        "or",
        "and",
        "is",
        "in",
        "equals",
        "off",
        "n",
        "a",
        "alle",
        "tous",
        "toutes",
        "todos",
        "todas",
        "und",
        "et",
        "y",
        "e",
        "en",
        "og",
        "oder",
        "ou",
        "o",
        "users",
        "resources",
    ]
).union(_NO)
"""Words of a filter that leave nobody out."""
_CONDITION = re.compile(
    r"([\w ]+?)\s*(?:[=<>\u2264\u2265\u2260]+"
    r"|\b(?:contains|(?:begins|starts|ends) with)\b)\s*['\"]?\w"
)
_SEEN_KINDS = {
    UserKind.API_USER: re.compile(r"\bapi(?: only)?\b"),
    UserKind.CO_MANAGED: re.compile(r"\bco[ -]?managed\b"),
}
"""Words for lists of which the audit sees by their kinds of users what they are."""


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
    numbers = _PART.findall(_THOUSANDS.sub("", text))
    return _BEGINNING.search(text) is not None or any(
        int(one) < int(other) for one, other in numbers
    )


def tells_of_less(text: str, headers: Sequence[str], records: int) -> bool:
    """Tell whether a text says by words or numbers that others are missing.

    A half, or a kind of users that the audit knows, is no part in itself.

    Args:
        text: A title.
        headers: The headers below it.
        records: How many records are below it.
    """
    small = _DATES.sub(" ", text.casefold())
    known = "|".join(pattern.pattern for pattern in _SEEN_KINDS.values())
    states = "|".join(map(re.escape, _list_state_words()))
    one = rf"(?:only |just |nur )?(?:\b(?:{states})\b|{known})(?: only\b)?"
    return (
        tells_of_part(small)
        or any(number > records for number in _list_totals(small))
        or is_of_some(re.sub(one, " ", text, flags=re.IGNORECASE))
        or _is_filtered(small)
        or any(not _is_of_status(label) for label in _list_conditions(small, headers))
    )


def _list_totals(text: str) -> Iterator[int]:
    """Yield how many users a text says that there are."""
    counts = rf"\b(?:{_USERS}|total)\W{{1,3}}{_NUMBER}\b|(?<!\w){_NUMBER} {_USERS}\b"
    for found in re.findall(counts, text):
        number = "".join(found)
        if not _YEAR.fullmatch(number):
            yield int("".join(filter(str.isdecimal, number)))


def _is_filtered(text: str) -> bool:
    """Tell whether a text names a filter that leaves out more than a half."""
    for found in _FILTER.finditer(text):
        words = re.findall(r"\w+", found["rest"])
        left = [
            word
            for word in words
            if word not in _HARMLESS
            and not _is_of_status(word)
            and not _list_states([word])
            and fold_letters(word) not in fold_words("yes")
        ]
        done = not words and _DONE.fullmatch(found["word"]) is not None
        if not found["no"] and (left or done):
            return True
    return False


def _list_conditions(text: str, headers: Sequence[str]) -> Iterator[str]:
    """Yield the headers of which a text says what is under them, as in Status = 1."""
    known = {*list_header_forms(), *map(fold_letters, headers)}
    for found in _CONDITION.findall(text):
        words = found.split()[-_MOST_WORDS:]
        forms = ("".join(words[at:]) for at in range(len(words)))
        yield from [form for form in map(fold_letters, forms) if form in known][:1]


def _is_of_status(label: str) -> bool:
    return fold_letters(label) in list_known_forms("status")


def _list_state_words() -> list[str]:
    return sorted(fold_words("active", "inactive"))


def _list_states(words: Sequence[str]) -> set[Status]:
    """Return the halves that words name, as in active, or not active."""
    inactive, states = fold_words("inactive"), set()
    folded = [*map(fold_letters, words)]
    for at, word in enumerate(folded):
        if word in inactive or "".join(folded[max(at - 1, 0) : at + 1]) in inactive:
            states.add(Status.INACTIVE)
        elif word in fold_words("active"):
            states.add(Status.ACTIVE)
    return states


def denies_half(text: str, statuses: Mapping[Status, int]) -> bool:
    """Tell whether a text names one half, and a record is of the other."""
    words = re.sub(r"active directory|aktive[sn]? verzeichnis", "", text.casefold())
    states = _list_states(re.findall(r"\w+", words))
    return len(states) == 1 and any(
        number for status, number in statuses.items() if status not in {0, *states}
    )


def denies_kinds(text: str, kinds: Mapping[UserKind, int]) -> bool:
    """Tell whether a text is about a kind of users, and a record is of another."""
    named = {kind for kind, word in _SEEN_KINDS.items() if word.search(text.casefold())}
    return (
        bool(named)
        and is_of_some(text)
        and any(number for kind, number in kinds.items() if kind not in named)
    )
