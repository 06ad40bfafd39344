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
    if not any(map(_leaves_out, tables)):
        return tables
    # Late: few exports are huge.
    from apiuser.exports.engine.selecting import select_rows  # noqa: PLC0415

    return select_rows(tables, forms)


def find_left_out(tables: Sequence[ResourceTable], forms: Collection[str]) -> list[str]:
    """Return the names in huge exports that have one of these look-alike forms.

    Args:
        tables: What was read; those with all of their rows are skipped.
        forms: The forms.
    """
    if not any(map(_leaves_out, tables)):
        return []
    from apiuser.exports.engine.selecting import find_names  # noqa: PLC0415

    return find_names(tables, forms)


def _leaves_out(table: ResourceTable) -> bool:
    return len(table.usernames) < table.records
