"""Whether the Resource IDs of a huge export are altered, repeated, or begin again.

The reader of records lists them and says what that means.
"""

from collections.abc import Iterable
from itertools import pairwise

from apiuser.exports.engine.loaded_records import LoadedRecords
from apiuser.exports.engine.statements import name_column, write_changed_id
from apiuser.exports.resource_ids import FEWEST_CUT, LEAST_ID, MOST_PARTS
from apiuser.exports.rows import Rows
from apiuser.exports.surroundings import MOST_FOOTER_LINES


def holds_repeated(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether any ID occurs again or is altered, or an export begins after a cut.

    Args:
        loaded: The records.
        rows: The headers, where each known column is, and how many records there are.
    """
    table = loaded.table
    halves = table.database.run(
        "select min(rowid), max(rowid), count(*) "
        f"from {table.name} group by status order by 1 limit 3"
    )
    in_pieces = all(last - first + 1 == number for first, last, number in halves)
    two = len(halves) == 2  # noqa: PLR2004  # active and inactive
    if two and in_pieces and _may_be_cut(number for *_, number in halves):
        return True
    if "resource_id" not in rows.positions:
        return False
    ids = (
        f"(select id, rowid + 1 as number, lag(id) over () as above from {table.name})"
    )
    ((falls, rises, others),) = table.database.run(
        "select count(*) filter (id <= above), count(*) filter (id >= above), "
        f"count(*) filter (id is null) from {ids}"
    )
    if not others and 0 in {falls, rises}:
        return False
    if others and _holds_changed(loaded, rows):
        return True
    turns, sign = min((falls, "<="), (rises, ">="))
    if turns < MOST_PARTS:
        found = table.database.run(
            f"select number from {ids} where id {sign} above order by number"
        )
        begins = [1, *(number for (number,) in found), rows.records + 1]
        if found and _may_be_cut(end - begin for begin, end in pairwise(begins)):
            return True
    ((repeated,),) = table.database.run(
        f"select count(id) - count(distinct id) from {table.name} "
        f"where id >= {LEAST_ID}"
    )
    return bool(repeated)


def list_repeated_codes(loaded: LoadedRecords) -> frozenset[int]:
    """Return the numbers too short for Resource IDs that occur again."""
    table = loaded.table
    found = table.database.run(
        f"select id from {table.name} where id < {LEAST_ID} "
        "group by id having count(*) > 1"
    )
    return frozenset(number for (number,) in found)


def _holds_changed(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether a spreadsheet seems to have changed any ID."""
    changed = write_changed_id(name_column(rows.positions["resource_id"]))
    ((found,),) = loaded.table.database.run(
        f"select count(*) from {loaded.source} where {changed}"
    )
    return bool(found)


def _may_be_cut(sizes: Iterable[int]) -> bool:
    """Tell whether any part has as many records as a limit, perhaps with a footer."""
    return any(
        size >= FEWEST_CUT and size % FEWEST_CUT <= MOST_FOOTER_LINES for size in sizes
    )
