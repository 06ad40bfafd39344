"""Exports of one half of the resources, which a person has to name."""

from dataclasses import replace

from apiuser.errors import count_noun
from apiuser.exports.resources import ResourceTable, Status


def assume_status(table: ResourceTable, status: Status) -> ResourceTable:
    """Return the table with a status if the export says none.

    Args:
        table: What was read from the export.
        status: The half that was exported.
    """
    other = Status.INACTIVE if status is Status.ACTIVE else Status.ACTIVE
    counts = dict(table.summary.statuses)
    notices = table.notices
    if counts[other]:
        notice = (
            f"{table.path}: {count_noun(counts[other], 'record')} marked "
            f"{other.word}, although the file was given as "
            f"{status.word}; the mark counts."
        )
        notices = (*notices, notice)
    unknown, doubts = counts[Status.UNKNOWN], table.doubts
    if counts[other] and unknown:
        # The file is not the half it was given as, so the others may not be either.
        taken = f"{count_noun(unknown, 'record')} taken as {status.word}"
        doubts = (*doubts, f"{taken} beside others marked {other.word}")
    counts[status] += counts[Status.UNKNOWN]
    counts[Status.UNKNOWN] = 0
    return replace(
        table,
        assumed=status,
        statuses=bytes(code or status for code in table.statuses),
        summary=replace(table.summary, statuses=counts),
        notices=notices,
        doubts=doubts,
    )
