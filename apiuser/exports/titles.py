"""What a title or a note says of a list: that it is about some of the resources."""

import re

USERS = (
    "(?:users?|resources?|people|accounts?|members?|staff|employees"
    # German, French, Spanish, Dutch, Danish, Portuguese
    "|ressourcen?|(?:be)?nutzer|anwender|mitarbeiter|utilisateurs?|ressources"
    "|usuarios?|recursos?|gebruikers?|medewerkers?|brugere?|medarbejdere?|usuários?)"
)
_BARE = "a[ck]?t?t(?:iv|if|iev|ief)(?:e|[eo]?[nrs]|[aoi]s?)?"
_ACTIVE = f"(?:non |nicht |not |no )?(?:in)?{_BARE}"
"""Active or inactive, as in aktive, actifs, activos, actieve, attivi, ativos."""
_KINDS = (
    rf"(?:{_ACTIVE}|(?:(?:dis|en)abled|(?:de)?activated|locked|professional|executive"
    "|terminated|archived|deleted|former|current|administrator|contractor|dashboard|api(?: only)?|co ?managed|help ?desk)s?)"
)
_ONLY = "(?:only|just|without|except|excluding|matching|filtered|whose|where)"
_SOME = re.compile(
    rf"\b(?:{_KINDS} {USERS}|{_ONLY} (?:\w+ ){{0,5}}{USERS}"
    rf"|{USERS} (?:\w+ ){{0,5}}{_ONLY}|{_ONLY} {_KINDS}"
    rf"|{USERS} {_ACTIVE}(?! directory))\b"
)
"""What a title says that is about some of the resources."""
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


def is_of_some(title: str) -> bool:
    """Tell whether a title is about some of the resources, such as active ones."""
    words = " ".join(re.findall(r"\w+", title.casefold()))
    return _SOME.search(_BOTH.sub("", words)) is not None or any(
        found != ("A", "Z") for found in _RANGE.findall(title)
    )


def tells_of_part(text: str) -> bool:
    """Tell whether a text says that a list is a part, as in 3 of 9 or the first 3."""
    numbers = _PART.findall(_THOUSANDS.sub("", text))
    return _BEGINNING.search(text) is not None or any(
        int(one) < int(other) for one, other in numbers
    )
