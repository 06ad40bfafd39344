"""A table of a huge export, which keeps few of its rows and can find the others."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload

from apiuser.credentials.matching import fold_local_parts
from apiuser.errors import AccessError
from apiuser.exports.cells import clean_texts, write_ids
from apiuser.exports.engine.database import RejectedError, StoredTable
from apiuser.exports.engine.record_count import RecordCount
from apiuser.exports.engine.statements import LATE, name_column, write_kinds
from apiuser.exports.file_kinds import CHANGED, open_export
from apiuser.exports.resources import ResourceTable, UserKind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LargeExport:
    """What DuckDB holds of an export.

    Attributes:
        path: The file.
        name: What messages call it.
        found: Its size and time of last change when it was read.
        table: Its table in the database.
        source: What reads its records, in SQL.
        positions: Where each known column is, by role.
        words: The words of columns, in the order of their numbers.
        statuses: The status that each word of that column means.
        kinds: The kind of user by the numbers of licence and security level.
        api_users: The condition for API users, in SQL.
        count: Its records, counted separately.
        odd: The names that Python has to fold, with their look-alike forms, by the
            numbers of their records.
    """

    path: Path
    name: Path
    found: os.stat_result
    table: StoredTable
    source: str
    positions: Mapping[str, int]
    words: Mapping[str, Sequence[str]]
    statuses: Sequence[int]
    kinds: Mapping[tuple[int, int], int]
    api_users: str
    count: RecordCount
    odd: Mapping[int, tuple[str, str]]

    def scan(self, selection: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
        """Read the file once more.

        Args:
            selection: What to select: a statement in which `{}` stands for what reads
                the records, with a column c0, c1 and so on for each header.
            values: The values for the placeholders in it.

        Raises:
            AccessError: The file has changed.
        """
        try:
            with open_export(self.path, self.name) as (file, _size):
                now = os.fstat(file.fileno())
                rows = self.table.database.run(selection.format(self.source), *values)
        except RejectedError:
            rows = None
        was = (self.found.st_size, self.found.st_mtime_ns)
        if rows is None or (now.st_size, now.st_mtime_ns) != was:
            raise AccessError(CHANGED, path=self.name)
        return rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LargeTable(ResourceTable):
    """A table of a huge export; it has no rows until they are selected.

    Attributes:
        export: What finds its rows.
    """

    export: LargeExport = field(repr=False)

    def list_suffixes(self) -> list[str]:
        """Return what follows the first @ in all names, each once."""
        rows = self.export.table.database.run(
            "select substr(name, position('@' in name) + 1) as suffix from "
            f"{self.export.table.name} where contains(name, '@') "
            "group by suffix order by min(rowid)"
        )
        return [suffix for (suffix,) in rows]

    def list_unknown_kinds(self, most: int) -> list[tuple[int, int]]:
        """Return the line and number of records that do not say what kind of user it is."""
        unknown = write_kinds(self.export.kinds, UserKind.UNKNOWN)
        rows = self.export.table.database.run(
            f"select rowid + 1 from {self.export.table.name} "
            f"where {unknown} order by rowid limit {most}"
        )
        return [(self.export.count.find_line(number), number) for (number,) in rows]

    def find_unkept(self, forms: Collection[str]) -> list[str]:
        """Return the names that have one of these look-alike forms."""
        wanted = {*forms}
        odd = [name for name, form in self.export.odd.values() if form in wanted]
        rows = self.export.table.database.run(
            f"select name from {self.export.table.name} where form in "
            "(select hash(unnest(?::varchar[])))",
            [*wanted],
        )
        found = [name for (name,) in rows]
        pairs = zip(found, fold_local_parts(found), strict=True)
        return odd + [name for name, form in pairs if form in wanted]

    def find_unkept_addresses(self, wanted: Collection[str]) -> list[str]:
        """Return the e-mail addresses that may be one of these."""
        if "email" not in self.export.positions:
            return []
        column = name_column(self.export.positions["email"])
        rows = self.export.scan(
            f"select distinct {column} from {{}} where lower(trim({column})) in "
            f"(select unnest(?::varchar[])) or {column} glob '*[! -~]*'",
            [*wanted],
        )
        return clean_texts([text for (text,) in rows], is_name=True)


class LateTexts(Sequence[str]):
    """The texts of a column; the file is read once an unknown one is needed.

    Args:
        known: The texts; None if the file has to be read.
        read: Reads all of them.
    """

    __slots__ = ("_known", "_read")

    def __init__(
        self, known: Sequence[str | None], read: Callable[[], Sequence[str]]
    ) -> None:
        self._known = known
        self._read = read

    def __len__(self) -> int:
        return len(self._known)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        text = self._known[at]
        if text is None:
            self._known = self._read()
            text = self._known[at]
        return text or ""


class LateColumns:
    """Reads columns of some records, once, when they are first asked for.

    Args:
        export: The export.
        numbers: The numbers of the records, in ascending order.
    """

    def __init__(self, export: LargeExport, numbers: Sequence[int]) -> None:
        self._export = export
        self._numbers = numbers
        self._columns: dict[str, Sequence[str]] = {}

    def read(self, role: str) -> Sequence[str]:
        """Return the texts of a column."""
        if not self._columns:
            late = [role for role in LATE if role in self._export.positions]
            names = ", ".join(
                name_column(self._export.positions[role]) for role in late
            )
            rows = self._export.scan(
                f"select {names} from (select row_number() over () as number, {names} "
                "from {}) where number in (select unnest(?::bigint[])) order by number",
                [*self._numbers],
            )
            columns = zip(late, zip(*rows, strict=True), strict=True)
            self._columns = {
                role: clean_texts(texts, is_name=role == "email")
                for role, texts in columns
            }
            if "resource_id" in self._columns:
                ids = write_ids(self._columns["resource_id"])
                self._columns["resource_id"] = ids
        return self._columns[role]
