"""The rows of huge exports that can matter; a table keeps no others."""

from collections.abc import Collection, Sequence

from apiuser.exports.resources import ResourceTable


def select_candidates(
    tables: Sequence[ResourceTable], forms: Collection[str]
) -> Sequence[ResourceTable]:
    """Return the tables with the rows that can matter when they are compared.

    Tables that were read whole are returned as they are.

    Args:
        tables: What was read, compared together.
        forms: Look-alike forms of the proposed names.

    Raises:
        AccessError: A file has changed since it was read.
    """
    if all(len(table.usernames) == table.records for table in tables):
        return tables
    # Late: few exports are huge.
    from apiuser.exports.engine.selecting import select_rows  # noqa: PLC0415

    return select_rows(tables, forms)
