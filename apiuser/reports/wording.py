"""The sentences that all reports share."""

from collections.abc import Iterator
from itertools import islice

from apiuser.auditing import AuditReport
from apiuser.auditing.conflicts import Level
from apiuser.auditing.summing_up import (
    COMPLETE,
    INCOMPLETE,
    UNSEEN,
    count_conflicts,
    count_proposed,
)
from apiuser.credentials.confusables import UNICODE_VERSION
from apiuser.errors import count_noun
from apiuser.exports import ResourceTable, Unreadable
from apiuser.exports.headers import DELIMITER_NAMES


def spell_odd(name: str) -> str:
    """Return the code points of what is not ASCII in a name; blank if all is.

    Many such characters cannot be told from ASCII ones by looking at them.
    """
    if name.isascii():
        return ""
    odd = dict.fromkeys(c for c in name if not c.isascii())
    return ", ".join(f"U+{ord(c):04X}" for c in odd)


def describe_file(table: ResourceTable) -> str:
    """Say how a file was read."""
    delimiter = name_delimiter(table.delimiter)
    layout = f"{table.encoding}, {delimiter}" if delimiter else table.encoding
    unreadable = (
        f", {len(table.unreadable):,} more could not be read"
        if table.unreadable
        else ""
    )
    return (
        f"{layout}, {count_noun(table.records, 'record')}{unreadable}, "
        f"names from the column {table.username_column}"
    )


def describe_unreadable(item: Unreadable) -> str:
    """Say which record could not be read, and why."""
    return f"line {item.line}, record {item.record}: {item.reason}"


def list_unreadable(table: ResourceTable, *, limit: int, rest: str) -> Iterator[str]:
    """Yield a line for each record that could not be read, and how many more there are.

    Args:
        table: What was read.
        limit: The most records listed.
        rest: Where the others are, in words.
    """
    for item in islice(table.unreadable, limit):
        yield f"  {describe_unreadable(item)}"
    if len(table.unreadable) > limit:
        yield f"  and {len(table.unreadable) - limit:,} more; {rest}."


def name_delimiter(delimiter: str) -> str:
    """Return the word for a delimiter; blank if there is none."""
    return DELIMITER_NAMES.get(delimiter, delimiter)


def explain_cut(shown: int, number: int, noun: str) -> str:
    """Say how many of how many are shown and where all are; blank if all are."""
    if shown >= number:
        return ""
    return (
        f"The first {shown:,} of {number:,} {noun} are shown; "
        "a .json report contains all of them."
    )


def conclude(report: AuditReport) -> str:
    """Say what the findings prove, and no more."""
    counted = (count_conflicts(report), count_proposed(report))
    return " ".join([*filter(None, counted), explain_completeness(report)])


def explain_completeness(report: AuditReport) -> str:
    """Say whether the audit saw every name, and what is missing."""
    if report.proved:
        return f"{_begin(COMPLETE)}: every record was read ({report.records:,})."
    reasons = "; ".join(report.missing)
    if report.complete:
        return f"Every record was read ({report.records:,}), but {UNSEEN}: {reasons}."
    return f"{_begin(INCOMPLETE)}: {reasons}."


def _begin(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def explain_levels() -> str:
    """Say how names are compared, and by which table."""
    levels = "; ".join(level.spoken for level in Level if level)
    return (
        f"Names are compared at five levels: {levels}, by the confusable characters of "
        f"Unicode {UNICODE_VERSION}."
    )
