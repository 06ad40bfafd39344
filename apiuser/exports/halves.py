"""Exports of one half of the resources, where a person says which half it is."""

from dataclasses import replace

import numpy as np

from apiuser.errors import count_noun
from apiuser.exports.resources import ResourceTable, Status


def assume_status(table: ResourceTable, status: Status) -> ResourceTable:
    """Return the table with a status where the export says none.

    Args:
        table: What was read from the export.
        status: The half that was exported.
    """
    unknown = table.statuses == Status.UNKNOWN
    against = int(np.count_nonzero(~unknown & (table.statuses != status)))
    notices = table.notices
    if against:
        other = Status.INACTIVE if status is Status.ACTIVE else Status.ACTIVE
        notice = (
            f"{table.path}: {count_noun(against, 'record')} marked {other.name.lower()}, although the "
            f"file was given as {status.name.lower()}; the mark counts."
        )
        notices = (*notices, notice)
    statuses = np.where(unknown, np.int8(status), table.statuses)
    return replace(table, statuses=statuses, notices=notices)
