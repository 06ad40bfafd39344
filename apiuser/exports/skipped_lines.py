"""Lines above the header, which are told, and may say that the list is a part."""

import re
from collections.abc import Iterator, Mapping, Sequence

from apiuser.errors import escape_invisible, join_some
from apiuser.exports.headers import list_header_forms, list_known_forms
from apiuser.exports.resources import Status, UserKind
from apiuser.exports.rows import Rows, show_lines
from apiuser.exports.vocabulary import fold_letters, fold_words

_APART = "Save that table in a file of its own, and give both"
_WHOLE = "Export all of the list, or delete the line if it is not so."
_FEWEST_OF_TABLE = 3
_TOLD_LINES = 5
_TOLD_CHARACTERS = 120
_LONGEST = 1000
"""Characters of a title in which words are looked for."""
_BETWEEN = " | "
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
_KINDS = {
    UserKind.API_USER: re.compile(r"\bapi(?: only)?\b"),
    UserKind.CO_MANAGED: re.compile(r"\bco[ -]?managed\b"),
}
"""Words for lists of which the audit sees by their kinds of users what they are."""


def take_above(
    rows: Rows, lines: Sequence[Sequence[str]], told: int, between: str = "\t"
) -> None:
    """Keep the lines above the header, and tell those that were to be skipped.

    Args:
        rows: The rows to come.
        lines: The cells of each line, beginning with the first.
        told: How many were to be skipped.
        between: What is between two cells.
    """
    # A comma may belong to a title, and to the number in it.
    joint = _BETWEEN if between.isspace() else between
    cells = [[cell.strip('\ufeff" \t') for cell in line] for line in lines]
    texts = [joint.join(some).strip(joint) for some in cells]
    rows.above = [(at, text) for at, text in enumerate(texts, start=1) if text]
    tables = [
        at
        for at, some in enumerate(cells[:told], start=1)
        if sum(map(bool, some)) >= _FEWEST_OF_TABLE
    ]
    if skipped := [(at, text) for at, text in rows.above if at <= told]:
        shown = [f"line {at} ({_show(text)})" for at, text in skipped[:_TOLD_LINES]]
        what = join_some(shown, len(skipped))
        rows.notices.append(f"{rows.path}: skipped as told: {what}.")
    if len(tables) > 1:  # a single one may be a title with a date and an author
        rows.doubts[f"{show_lines(tables)} seem to be another table"] = _APART
        rows.unread.lose()
        rows.above = []  # that may be its title


def _show(text: str) -> str:
    more = "..." * (len(text) > _TOLD_CHARACTERS)
    return escape_invisible(text[:_TOLD_CHARACTERS]) + more


def doubt_titles(
    rows: Rows, statuses: Mapping[Status, int], kinds: Mapping[UserKind, int]
) -> dict[str, str]:
    """Say which lines above the header say that the list is a part, and what to do.

    Args:
        rows: The records read.
        statuses: How many records have each status.
        kinds: How many are of each kind.
    """
    found = [
        at
        for at, text in rows.above
        if _tells_of_part(text[:_LONGEST], rows)
        or _denies_half(text[:_LONGEST], statuses)
        or _denies_kinds(text[:_LONGEST], kinds)
    ]
    if not found:
        return {}
    say = "says" if len(found) == 1 else "say"
    doubt = (
        f"{show_lines(found)}, skipped before the header, {say} that the list is a part"
    )
    return {doubt: _WHOLE}


def _tells_of_part(text: str, rows: Rows) -> bool:
    """Tell whether a text says by words or numbers that others are missing.

    A half, or a kind of users that the audit knows, is no part in itself.
    """
    # Late: few exports have anything above the header.
    from apiuser.exports.titles import USERS, is_of_some, tells_of_part  # noqa: PLC0415

    small = _DATES.sub(" ", text.casefold())
    known = "|".join(pattern.pattern for pattern in _KINDS.values())
    states = "|".join(map(re.escape, _list_state_words()))
    one = rf"(?:only |just |nur )?(?:\b(?:{states})\b|{known})(?: only\b)?"
    return (
        tells_of_part(small)
        or any(number > rows.records for number in _list_totals(small, USERS))
        or is_of_some(re.sub(one, " ", text, flags=re.IGNORECASE))
        or _is_filtered(small)
        or any(not _is_of_status(label) for label in _list_conditions(small, rows))
    )


def _list_totals(text: str, users: str) -> Iterator[int]:
    """Yield how many users a text says that there are."""
    counts = rf"\b(?:{users}|total)\W{{1,3}}{_NUMBER}\b|(?<!\w){_NUMBER} {users}\b"
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


def _list_conditions(text: str, rows: Rows) -> Iterator[str]:
    """Yield the headers of which a text says what is under them, as in Status = 1."""
    known = {*list_header_forms(), *map(fold_letters, rows.headers)}
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


def _denies_half(text: str, statuses: Mapping[Status, int]) -> bool:
    """Tell whether a text names one half, and a record is of the other."""
    words = re.sub(r"active directory|aktive[sn]? verzeichnis", "", text.casefold())
    states = _list_states(re.findall(r"\w+", words))
    return len(states) == 1 and any(
        number for status, number in statuses.items() if status not in {0, *states}
    )


def _denies_kinds(text: str, kinds: Mapping[UserKind, int]) -> bool:
    """Tell whether a text is about a kind of users, and a record is of another."""
    from apiuser.exports.titles import is_of_some  # noqa: PLC0415  # as above

    named = {kind for kind, word in _KINDS.items() if word.search(text.casefold())}
    return (
        bool(named)
        and is_of_some(text)
        and any(number for kind, number in kinds.items() if kind not in named)
    )
