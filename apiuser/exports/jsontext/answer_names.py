"""What the names of an answer's members mean, one pattern for each meaning.

The names are folded. What might be meant counts too: doubting a complete export costs a
look at it, trusting one that lacks resources costs much more.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_THINGS = (
    "(?:items|records|results|resources|users|rows|elements|entries|objects|hits"
    "|members|accounts)"
)
_UNITS = "(?:byte|row|record|item|page|start|result)"
_PATTERNS: Mapping[str, str] = {
    "total": "total",
    "count": (
        ".*(?<!ac)(?<!dis)counts?|length|.*total|total.*|numfound"
        rf"|(?:no|nr|num|number|count)(?:of)?{_THINGS}"
    ),
    "things": (rf"{_THINGS}(?:found|returned|filtered|available|matched|number)?|of"),
    "no count of records": (
        "(?:total|num|number|count)?(?:of)?pages?(?:count|total|size)?|shards.*"
        "|.*(?:request|max|limit|time|second|duration|elapsed|byte|retry|retries).*"
        "|.*(?:skip|omit|drop|exclud|ignor|missing|reject|error|warning|fail).*"
    ),
    "page": "(?:current|this)?page(?:number|num|no|index)?",
    "pages": (
        "(?:total|num|number|count)(?:of)?pages?|pages?(?:count|total)|pages|lastpage"
    ),
    # as addresses say it
    "last linked page": "lastlinkedpage",
    "linked page": "listlinkedpage",
    "linked offset": "(?:last|list)linkedoffset",
    "page size": (
        "(?:page|request|results?|records?|rows?)?(?:limit|size)|per_?page"
        rf"|max(?:imum)?(?:{_THINGS}|keys)?"
        "|requestcount|top|take|first"
    ),
    "offset": (
        rf"(?:{_UNITS}?offset|skip(?:ped)?|start|from|first)"
        "(?:index|at|row|record)?"
    ),
    "offset or token": rf"{_UNITS}?offset",
    # may be counted from 0, so that 1 is not the beginning
    "from zero": rf"(?:current|this)?pageindex|(?:{_UNITS}?offset|skip(?:ped)?)(?:index)?",
    "previous": "(?:odata)?(?:has)?prev(?:ious)?(?:page)?(?:url|link|token|cursor)?",
    "first": "(?:is)?first(?:page)?",
    "next": (
        "next.*|.*(?:nextpage|nextlink|nexturl|nexttoken|hasnext|hasmore|continuation"
        "|skiptoken|pagetoken).*|cursor|lastevaluatedkey"
    ),
    # also shows which page is the last one
    "last said": (
        "(?:odata)?next(?:page)?(?:url|link|token|cursor)?|has(?:more|next(?:page)?)"
        "|cursor"
    ),
    "link": (
        "(?:first|last|current|this|self)(?:page)?(?:url|link|href|uri)?|canonical|raw|request"
    ),
    "whole": (
        "(?:is|was)?(?:last|lastpage|final|completed?|done|finished|end|eof)"
        "|(?:all|fully)(?:loaded|read)|exhaustive.*"
    ),
    "cut": (
        rf".*more(?:pages|data|available|{_THINGS})?"
        "|.*(?:truncated|partial|incomplete).*|exceededtransferlimit"
        rf"|limited|capped|cut(?:off)?|(?:bytes|pages|{_THINGS})?(?:remaining|left)"
    ),
    "left out": (
        "(?!shards|skipped$|.*(?:fields|columns|properties|attributes))"
        ".*(?:skipped|omitted|dropped|excluded|ignored|missing|withheld|rejected).*"
        "|.*(?:reached|exceed(?:s|ed)|overflow(?:ed)?|exhausted|timedout|interrupted"
        "|cancell?ed|aborted|stopped|terminatedearly)"
    ),
    "state": (
        "(?:http|response|result|job|query|request|export|api)?(?:status|state)"
        "(?:code|text|line|message|description)?|(?:http|response|result|return|exit)?"
        "code|reason(?:phrase)?"
    ),
    "good": "(?:is)?(?:success|ok|succeeded|successful)",
    "error": (
        ".*(?:error|warning|exception|failed|failure).*|fail|faults?(?:code|string)?"
        "|messages?"
    ),
    "part of a search engine": "shards.*",
    "measure": (
        ".*(?:limit|timeout|second|millis|duration|elapsed|bytes|retry|retries).*"
        "|.*contentlength|requests?"
    ),
}
"""The full match of a name for each meaning; a name may have several."""
_COMPILED = {meaning: re.compile(one) for meaning, one in _PATTERNS.items()}


@lru_cache(1 << 13)
def list_meanings(name: str) -> frozenset[str]:
    """Return what a folded name may mean; empty if it is not known."""
    return frozenset(
        meaning for meaning, one in _COMPILED.items() if one.fullmatch(name)
    )
