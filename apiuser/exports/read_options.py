"""How to read an export if it does not say so itself, and the limits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from apiuser.errors import InputError

HEADER_ROLES = (
    *("username", "resource_id", "status", "license_type", "security_level"),
    *("locked", "integration", "email"),
)
"""What columns can hold, the username first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Options and limits of reading; refusals name them if another value would do.

    Attributes:
        encoding: The encoding if it is not Unicode, such as `cp1252`.
        column: The header of the username column if it is not a known one, or its
            number, from 1.
        columns: The headers of other columns if they are not known ones, by role:
            `resource_id`, `status`, `license_type`, `security_level`, `locked`,
            `integration`, `email`.
        elsewhere: Those of these roles whose column the file may lack, with a notice,
            since another file has it.
        skip_lines: Lines before the header.
        no_header: Whether there is no header, which cannot be seen if the first record
            might be one; `column` and `columns` are numbers then.
        max_columns: The most columns an export may have; far more than Autotask's.
        max_records: The most records that are kept in memory, of which a million take
            half a gigabyte. Where DuckDB chooses the rows that can matter, there may be
            more.
        max_cell: The most characters a cell may have; it is in memory as a whole.
        max_unpacked: The most bytes a workbook may unpack to; all of them are in memory
            at once.
        max_size: The most bytes the file may have, some 20 million records.
    """

    encoding: str | None = None
    column: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Collection[str] = ()
    skip_lines: int = 0
    no_header: bool = False
    max_columns: int = 2_000
    max_records: int = 5_000_000
    max_cell: int = 1_000_000
    max_unpacked: int = 1 << 29
    max_size: int = 2 << 30

    def __post_init__(self) -> None:
        """Refuse what cannot be an option.

        Raises:
            InputError: A column has no name or a role that there is not, or a number
                is below 0.
        """
        named = (self.column, *self.columns.values())
        if any(header is not None and not header.strip() for header in named):
            message = (
                "A column is named by its header; give one, or leave the option out."
            )
            raise InputError(message)
        for role in self.columns:
            if role not in HEADER_ROLES[1:]:
                message = (
                    f"No column can be named as {role}; the roles are "
                    f"{', '.join(HEADER_ROLES[1:])}."
                )
                raise InputError(message)
        if self.skip_lines < 0:
            message = "The lines to skip cannot be fewer than 0."
            raise InputError(message)


DEFAULT_OPTIONS = ReadOptions()
"""Limits that suit exports as Autotask writes them."""

LONGEST_CELLS = 4
"""How many of the longest cells a record may hold; it must fit into memory."""

MOST_UNREADABLE = 100_000
"""How many records may be unreadable."""

NO_DATA = "contains no data. Export the resources again."
"""What is wrong with a file that holds blanks at most."""

RAISE = "Raise the limit with {} if this is right."
"""What a refusal because of a limit says about its option."""

HUGE = 6 << 20
"""From this many bytes on, leaving out rows that cannot matter saves time."""
