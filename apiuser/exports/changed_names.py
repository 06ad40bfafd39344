"""Names that look as if a program had changed them, such as into numbers or dates."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from apiuser.exports.encodings import is_twice_encoded
from apiuser.exports.vocabulary import list_words, load_cell_words

_MONEY = "$\u20ac\xa3\xa5"
_MARKS = rf"(?:EUR|USD|GBP|DKK|CHF|AUD|CAD|NZD|[{_MONEY}])"
_NUMBER = (
    r"[+-]?[0-9]+(?:[.,][0-9]+)?e[+-][0-9]{1,3}|[0-9]+[.,]0+|[0-9]{15}0+"
    rf"|[{_MONEY}] ?[+-]?[0-9][0-9.,]*|[+-]?[0-9][0-9.,]* ?{_MARKS}"
    r"|[0-9]{1,3}(?:(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|(?: [0-9]{3}){2,})"
)
"""Also what is left of a number with more than 15 digits, which become zeros."""
_DIGITS_KEPT = 15
_TYPES = (
    r"(?-i:System\.(?:(?:Collections|Data|IO|Linq|Management|Net|Text|Xml)(?:\.\w+)+"
    r"|Boolean|Byte|Char|DBNull|DateTime|Decimal|Double|Guid|Int16|Int32|Int64|Object"
    r"|Single|String|UInt32|UInt64)|Microsoft\.(?:ActiveDirectory|PowerShell)(?:\.\w+)+)"
)
"""The names of .NET types, which PowerShell writes for a value that is no text."""
TYPE_BEGINNINGS = ("System.", "Microsoft.")
_ESCAPED = re.compile("_x[0-9A-F]{4}_", re.IGNORECASE)
"""A character as XML writes it in a name where it is not allowed."""
_DAY, _MONTH, _YEAR = (
    "(?:0?[1-9]|[12][0-9]|3[01])",
    "(?:0?[1-9]|1[0-2])",
    "(?:[0-9]{2}){1,2}",
)
_TIME = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?"
_ERROR = r"#[^#\s]+[!?]"
"""What spreadsheets of any language write in place of a value, such as `#ADR!`."""
_EAST_DATE = "(?:[0-9]{4}[年년] ?)?[0-9]{1,2}[月월](?: ?[0-9]{1,2}[日일])?"
"""A date in Chinese, Japanese or Korean, whose signs count as letters."""
_KEPT_AS_TEXT = r"\s*=\s*\""
"""The beginning of a formula that programs write to keep a text: `="0123"`."""
WRAPPING_CLASS = ',;:|()"<>%*`{}#?=~'
"""Single signs that may make `is_wrapped` true."""
_WRAPPED = (
    r"""(?i)[,;:|\\\r\n]|^[()\[\]"<>]|[()\[\]"<>](?:@|$)|\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|"[^"]*\""""
    r"""|[\u2217\u221a\u2500-\u25ff\uff0a]|[#?]{3,}"""
    r"""|%[0-9a-f]{2}|\*|^['=]|^[`{].*[`}]$|\.\.\.|\.\.$|~(?:@|$)|…|•| [/&] | at \S+\.\S"""
    r"""|@[^@]*@|@[^\s/@]+[\s/]|[-=]>|\u2192"""
)
"""A bracket or a mark inside a name, with no other to close it, wraps nothing: no
source says what the username of a person may hold, and those of API users have rules.
Behind a suffix, though, even a blank or a slash begins something else."""
MASK_SIZE, RUN_SIZE = 3, 4
"""How many letters x are a mask, and how many equal signs make a name one in part."""
_MASK = re.compile(rf"x{{{MASK_SIZE},}}|[?#.]{{2,}}|[-_=~]{{3,}}", re.IGNORECASE)
_VARIABLE = re.compile(
    r"[$#%]\{.*|\$\(.*|(?i:\$+[\w.:]*(?:name|user|login)\w*\$*)"
    r"|%+[^%\s]+%+|![^!\s]+!|#\w+#|__[A-Z_]+__"
)
"""What stands for a value in templates and scripts, and was not replaced by it.

All begin with a sign, by which DuckDB leaves them to Python.
"""
_ALIKE = r"^[xX]{2}|[xX]{2}$|[a-z0-9]XX|^[xX]$|[*#~=]|[-_.]{2}|^[-_.]|[-_.]$"
"""Signs of a mask that many a name has, but hardly ever all."""
_FEWEST_ALIKE = 3
LOOKED_AT = 100
"""So many names show whether to look at all."""
_RUN = re.compile(rf"([x_]|[^\w\s])\1{{{RUN_SIZE - 1},}}", re.IGNORECASE)
_BLOTS = "*\u2022\u25cf\u2588\u2026"
MAY_BE_OWN = "no known username, or one"
"""What `cell_words.txt` calls words for no name that may be names themselves."""
MASK_BEGINNING = 6
"""The letters of the shortest word with a number that is a mask, unlike `nan7`."""
RUN_SIGNS = "_-=~+!$^&'/"
"""Single signs that may make `is_partly_masked` true and `is_wrapped` not."""
_AROUND = f"[](){{}}<>\"' \t{_BLOTS}"
_ORDINARY = re.compile(
    r"[A-Za-z]+[0-9]*(?:[._-][A-Za-z]+[0-9]*)*(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)?"
)
"""Nearly all names that are not just letters and digits, such as `b.ada@example.com`."""
_BETWEEN = r"(?:[-/ ]|\.[- /]?)"
_FOR_LETTERS = frozenset("=+?")
"""What programs write for letters that an encoding lacks."""


@cache
def _write_pattern() -> str:
    """Write the pattern of all such names."""
    errors = "|".join(map(re.escape, list_words("spreadsheet error")))
    dates = _write_dates(str)
    times = f"(?:{dates}|{_EAST_DATE})(?:[ t]{_TIME})?|{_TIME}"
    return rf"(?i)(?:{_NUMBER}|{times}|{errors}|{_TYPES}|##+|{_ERROR}|err:[0-9]+)"


def write_plain_pattern() -> str:
    """Write the pattern of those without blanks, colons, # and the like, for DuckDB."""
    dates = _write_dates(str.isascii)
    return rf"(?i)(?:{_NUMBER}|{dates})"


def _write_dates(fits: Callable[[str], object]) -> str:
    """Write the pattern of dates with those months that fit."""
    months, dotted = (
        "|".join(map(re.escape, sorted({*filter(fits, map(str.lower, words))})))
        for words in (list_words("month"), list_words("month", language="hu"))
    )
    dates = [
        rf"(?:{dotted})\.[0-3][0-9]",
        rf"{_DAY}[-/.]{_MONTH}[-/.]{_YEAR}",
        rf"{_MONTH}[-/.]{_DAY}[-/.]{_YEAR}",
        rf"[0-9]{{4}}[-/.]{_MONTH}[-/.]{_DAY}",
        rf"{_DAY}{_BETWEEN}(?:{months})\.?(?:{_BETWEEN}{_YEAR})?",
        rf"(?:{months})\.?[-/ ]{_YEAR}",
    ]
    return "|".join(dates)


@cache
def _list_beginnings() -> tuple[str, ...]:
    """Return what all such names begin with, folded by `str.casefold`."""
    begin = (*"0123456789+-#", *_MONEY, "err:", *map(str.casefold, TYPE_BEGINNINGS))
    return (*begin, *map(str.casefold, list_words("month")))


@cache
def _compile() -> re.Pattern[str]:
    return re.compile(_write_pattern())


def list_unusual(names: Sequence[str]) -> list[int]:
    """Return the places of names that may be changed, wrapped, masked or partly masked.

    This is many times faster than asking of every name.
    """
    unknown = _list_unknown()
    beginnings = frozenset(list_mask_beginnings())
    return [
        at
        for at, name in enumerate(names)
        if not ((name.isascii() and name.isalnum()) or _ORDINARY.fullmatch(name))
        or (local := name.partition("@")[0]) in unknown
        or (lower := local.lower()) in unknown
        or lower[:MASK_BEGINNING] in beginnings
        or MASK_SIZE * "x" in lower
        or name[_DIGITS_KEPT:].startswith("0")
        or "_x" in lower
        or name.startswith(TYPE_BEGINNINGS)
    ]


def is_wrapped(name: str) -> bool:
    """Tell whether a name is marked up, masked, cut, or several names.

    The signs in question are those that the how-to forbids in a username (key), those
    of HTML and Markdown, and what stands for something left out or lost, such as the
    lines and blocks that DOS has for letters.
    """
    if name.isalnum():
        return False
    local = name.partition("@")[0]
    return re.search(_WRAPPED, name) is not None or not any(map(str.isalnum, local))


@cache
def _list_unknown() -> frozenset[str]:
    """Return the words for names that are not known, as they are likely written."""
    forms = (str, str.lower, str.upper, str.capitalize, str.casefold)
    words = list_words("nothing", "no known username", MAY_BE_OWN)
    written = (form(word) for word in words for form in forms)
    return frozenset([*written, *_list_capitals()])


@cache
def _list_capitals() -> frozenset[str]:
    return frozenset(list_words("no username, in capitals"))


@cache
def _list_possible() -> frozenset[str]:
    return frozenset(map(str.lower, list_words(MAY_BE_OWN)))


def write_numbered(words: Iterable[str]) -> str:
    """Write the pattern of words with a number or a part of a digest behind them."""
    listed = "|".join(map(re.escape, words))
    return f"(?:{listed})(?:[ _.#:-]*[0-9]+|[ _.#:-]+[0-9a-f]+)"


def list_mask_beginnings() -> list[str]:
    """Return what names such as `REDACTED7` begin with, in lower-case letters."""
    words = list_words("no known username", MAY_BE_OWN)
    return [
        word[:MASK_BEGINNING].lower() for word in words if len(word) >= MASK_BEGINNING
    ]


@cache
def _compile_numbered(*meanings: str) -> re.Pattern[str]:
    long = (word for word in list_words(*meanings) if len(word) >= MASK_BEGINNING)
    return re.compile(write_numbered(map(str.lower, long)))


def _is_numbered(inner: str) -> bool:
    numbered = _compile_numbered("no known username", MAY_BE_OWN)
    return numbered.fullmatch(inner.lower()) is not None


def _may_be_date(text: str) -> bool:
    """Tell whether a text is what spreadsheets write for dates, and people for names."""
    sign = "-" if "-" in text else "."
    first, _, last = text.partition(sign)
    day, month = sorted((first, last))
    return (sign == "-" or (month == first and text.isascii())) and (
        len(day) <= 2  # noqa: PLR2004  # a month has more letters
        and day.isascii()
        and day.isdecimal()
        and month in map(str.lower, list_words("month"))
    )


def may_be_own(name: str) -> bool:
    """Tell whether a name that looks like a word for none, or a date, may be one."""
    local = name.partition("@")[0]
    return (
        local in _list_possible()
        or _compile_numbered(MAY_BE_OWN).fullmatch(local) is not None
        or _may_be_date(local)
    )


def may_all_be_own(names: Sequence[str]) -> bool:
    """Tell whether some names, each of which may be somebody's, are no words or dates.

    A single one is likely a name, and so are several that begin with months, as in
    `pro-01` and `pro-02`, unless two months are of one language: people number names,
    and spreadsheets write dates in one language.
    """
    first = [re.split("[-.]", name.lower())[0] for name in names]
    months = {*first} & {*map(str.lower, list_words("month"))}
    others = sum(word not in months for word in first)
    return others + bool(months) == 1 and not any(
        len(months & language) > 1 for language in _list_months()
    )


@cache
def _list_months() -> Sequence[frozenset[str]]:
    """Return the months of each language."""
    spoken = dict.fromkeys(some.language for some in load_cell_words())
    return [
        frozenset(map(str.lower, list_words("month", language=one))) for one in spoken
    ]


def count_alike(names: Sequence[str]) -> int:
    """Count the names with a sign or two of a mask, if nearly all have some; or 0."""
    count = 0
    for some in (names[:LOOKED_AT], names):
        count = sum(
            re.search(_ALIKE, name.partition("@")[0]) is not None for name in some
        )
        if len(some) < _FEWEST_ALIKE or 10 * count < 9 * len(some):
            return 0
    return count


def is_partly_masked(name: str) -> bool:
    """Tell whether most of a name is the same sign again and again."""
    local = name.partition("@")[0]
    return any(2 * len(run[0]) > len(local) for run in _RUN.finditer(local))


def is_masked(name: str) -> bool:
    """Tell whether no part of a name is shown, or a word is in its place."""
    before = name.partition("@")[0].strip()
    inner = before.strip(_AROUND)
    hidden = (
        not _list_unknown().isdisjoint({inner, inner.casefold()})
        or _MASK.fullmatch(inner)
        or _VARIABLE.fullmatch(before)
        or _is_numbered(inner)
        if inner
        else any(sign in before for sign in _BLOTS)
    )
    return bool(hidden) and not is_changed(name)


def is_nobodys(name: str) -> bool:
    """Tell whether a name is a mask or a word that says nothing about whose it is.

    Somebody may be called like a truth value, and a number tells names apart.
    """
    inner = name.partition("@")[0].strip().strip(_AROUND)
    own = inner in _list_capitals() or _is_numbered(inner)
    return is_masked(name) and not own


def _is_rounded(name: str) -> bool:
    """Tell whether a number has lost the digits that a spreadsheet does not keep."""
    rest = name[_DIGITS_KEPT:]
    return bool(rest) and not rest.strip("0") and name.isascii() and name.isdecimal()


def is_changed(name: str) -> bool:
    """Tell whether a name looks as if a program had changed it."""
    if name.isascii() and name.isalnum():
        return _is_rounded(name)
    if not name.isascii() or not _FOR_LETTERS.isdisjoint(name):
        # Late: few names may be garbled, and to know how takes some time.
        from apiuser.exports.garbled_names import is_garbled  # noqa: PLC0415

        if is_garbled(name) or is_twice_encoded(name):
            return True
    if name.isalnum():
        return re.fullmatch(_EAST_DATE, name) is not None
    if re.match(_KEPT_AS_TEXT, name) or _ESCAPED.search(name):
        return True
    # A suffix may have been put behind what a spreadsheet made of a name.
    local = name.partition("@")[0].strip()
    if local.isalnum():
        return _is_rounded(local) or re.fullmatch(_EAST_DATE, local) is not None
    begins = local.casefold().startswith(_list_beginnings())
    return begins and _compile().fullmatch(local) is not None
