"""The rows of huge exports that can matter; a table keeps no others."""

from collections.abc import Collection, Sequence
from itertools import islice

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


def find_left_out_addresses(
    tables: Sequence[ResourceTable], asked: Collection[str]
) -> Collection[str]:
    """Return the e-mail addresses in huge exports that may be one of those asked for.

    Args:
        tables: What was read; those with all of their rows are skipped.
        asked: The addresses, as `fold_compatibility` folds them.

    Raises:
        AccessError: A file has changed since it was read.
    """
    if not any(map(_leaves_out, tables)):
        return ()
    from apiuser.exports.engine.selecting import find_addresses  # noqa: PLC0415

    return find_addresses(tables, asked)


def list_suffixes(table: ResourceTable) -> Sequence[str]:
    """Return what follows the @ in all names of an export, those left out included."""
    if _leaves_out(table):
        from apiuser.exports.engine.selecting import list_all_suffixes  # noqa: PLC0415

        return list_all_suffixes([table])
    return [name.partition("@")[2] for name in table.usernames]


def list_unknown_kinds(table: ResourceTable, most: int) -> list[int]:
    """Return the first lines of an export that do not say what kind of user it is.

    Args:
        table: What was read; rows that were left out count, too.
        most: How many lines are wanted.
    """
    if _leaves_out(table):
        from apiuser.exports.engine.selecting import (  # noqa: PLC0415
            list_all_unknown_kinds,
        )

        return list_all_unknown_kinds([table], most)
    rows = (row for row, kind in enumerate(table.kinds) if not kind)
    return [table.lines[row] for row in islice(rows, most)]


def _leaves_out(table: ResourceTable) -> bool:
    return len(table.usernames) < table.records
