"""The records of one export, column by column, before their words are interpreted."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from apiuser.errors import (
    ColumnError,
    Remedy,
    SourceError,
    count_noun,
    join_some,
    show_start,
)
from apiuser.exports.count_headers import find_counts
from apiuser.exports.headers import (
    TELLING_ROLES,
    find_column,
    is_inverted,
    list_choice,
    list_each,
    list_unknown_blocks,
    map_columns,
)
from apiuser.exports.read_options import (
    DEFAULT_OPTIONS,
    HEADER_ROLES,
    RAISE,
    ReadOptions,
)
from apiuser.exports.resources import Unreadable, shares_line
from apiuser.exports.rival_headers import find_rivals
from apiuser.exports.unread_texts import UnreadTexts

SHOWN_LINES = 20
"""More lines than this are counted only."""
AS_THEY_ARE = "Name the right columns."
SURE_ID_DIGITS = 7
"""A number of so many digits is an ID, not what a person is called by."""
_SPOKEN = {
    "resource_id": "Resource ID",
    "license_type": "licence type",
    "locked": "lock",
    "integration": "integration vendor",
    "email": "e-mail address",
}
_TEXTS = frozenset({"username", "resource_id", "email"})
"""Columns whose texts are nearly all different; in others, many rows share each."""

Column = str | int
"""What a column holds, as far as it is known; its position otherwise."""


def show_lines(
    lines: Sequence[int], number: int | None = None, *, what: str = "line"
) -> str:
    """List some lines, and say how many more there are.

    Args:
        lines: The lines, or the first of them.
        number: How many there are, if that is not all.
        what: What they are, if not lines.
    """
    number = len(lines) if number is None else number
    noun = what if number == 1 else f"{what}s"
    return f"{noun} {join_some([*map(str, lines[:SHOWN_LINES])], number)}"


def show_places(
    places: Sequence[tuple[int, int]],
    number: int | None = None,
    *,
    lines_shared: bool = False,
) -> str:
    """List some lines, or the numbers of records if several are in one line.

    Args:
        places: The line and the number of each record, or of the first of them.
        number: How many there are, if that is not all.
        lines_shared: Whether any is in the line of a record that is not listed.
    """
    lines = [line for line, _ in places]
    if lines_shared or len({*lines}) < len(lines):
        return show_lines([record for _, record in places], number, what="record")
    return show_lines(lines, number)


class Rows:
    """What a reader collects and hands over.

    Attributes:
        path: The file, for messages.
        headers: The headers as read.
        positions: Where each known column is, by role.
        blocks: The positions of columns that may be tables of their own.
        unheaded: The positions of columns without a header.
        rivals: What another column says too, by the position of that column.
        counts: What columns say about the list, by their positions.
        tenants: The names under each header of tenants.
        doubled: Headers that occur twice, and are not used for that reason.
        texts: The known columns of the records read, by role.
        beside: The columns that the table does without, by position.
        lines: The line in which each of these begins.
        numbers: The number of each of these, unreadable ones included.
        unreadable: The records that could not be read.
        unread: Their texts, and those of names in doubt.
        blank_lines: How many lines are empty.
        above: The lines above the header that say something, and their text.
        skipped_lines: The lines that are not records, and what each is instead.
        name_width: How wide a padded username column is; 0 if it is not padded.
        enclosing: The lines of records in which quotation marks enclose whole rows.
        records: How many records there are, unreadable ones included.
        stored_otherwise: The numbers of the records whose username a workbook or JSON
            does not store as text.
        doubts: Why the records may not be what they are taken for, and what to do.
        notices: What was noticed, as sentences.
    """

    def __init__(
        self,
        path: Path,
        headers: Sequence[str],
        username: int,
        options: ReadOptions = DEFAULT_OPTIONS,
    ) -> None:
        self.path = path
        self.headers = tuple(headers)
        lacking = self._list_lacking(options)
        self.positions, self.doubled = map_columns(
            self.headers, username, options.columns
        )
        self._known = list_each(self.headers)
        taken = {*self.positions.values()}
        self.blocks = [
            block for block in list_unknown_blocks(self.headers) if not {*block} & taken
        ]
        headed = {at for at, header in enumerate(self.headers) if header.strip()}
        self.unheaded = sorted({*range(len(self.headers))} - headed - taken)
        named = {
            role
            for role, name in [("username", options.column), *options.columns.items()]
            if name and find_column(self.headers, name)
        }
        further = {*self.unheaded}.union(*self.blocks)
        self.counts = find_counts(self.headers, further.union(taken))
        rivals = find_rivals(self.headers, self.positions, named)
        self.rivals = {at: rivals[at] for at in rivals if at not in self.counts}
        self.tenants: dict[str, list[str]] = {}
        self.lines: array[int] = array("q")
        self.numbers: array[int] = array("q")
        self.unreadable: list[Unreadable] = []
        self.unread = UnreadTexts()
        self.blank_lines = 0
        self.above: list[tuple[int, str]] = []
        self.skipped_lines: list[tuple[int, str]] = []
        self.name_width = 0
        self.enclosing: list[int] = []
        self.records = 0
        self.stored_otherwise: set[int] = set()
        self.doubts = dict.fromkeys(self._doubt_columns(), AS_THEY_ARE)
        self.notices = [*lacking, *self._describe_columns()]
        self.texts: dict[str, list[str]] = {role: [] for role in self.positions}
        apart = sorted(further.union(self.counts, self.rivals))
        self.beside: dict[int, list[str]] = {at: [] for at in apart}
        self._words = {
            column: _SharedTexts() for column in self.columns if column not in _TEXTS
        }

    def _list_lacking(self, options: ReadOptions) -> list[str]:
        """Say which columns that a person named are only in other files.

        Raises:
            ColumnError: One is missing that must be here.
        """
        lacking = []
        for role, header in options.columns.items():
            if find_column(self.headers, header):
                continue
            reason = f"there is no column {show_start(header)} for {name_role(role)}"
            if role not in options.elsewhere:
                reason = f"{reason}; {list_choice(self.headers)}"
                raise ColumnError(reason, path=self.path)
            lacking.append(f"{self.path}: {reason}.")
        return lacking

    def _describe_columns(self) -> Iterator[str]:
        """Say which columns are missing if a person named that of the usernames."""
        lost = [name_role(role) for role in TELLING_ROLES if role not in self.positions]
        if lost and not self.is_called_username:
            yield (
                f"{self.path}: besides the usernames no column was found for "
                f"{', '.join(lost)}. If the file has them under other headers, name "
                "those too."
            )

    def _doubt_columns(self) -> Iterator[str]:
        """Say which columns a person named that have the header of another one."""
        for role, at in self.positions.items():
            known = self._known[at]
            if known and role not in known:
                shown = show_start(self.headers[at].strip())
                yield (
                    f"{name_role(role)} is read from the column {shown}, whose header "
                    f"means {name_role(known[0])}"
                )

    def doubt_names(self) -> Iterator[str]:
        """Say what the usernames seem to be instead, if all of them do."""
        names = self.texts["username"]
        if len(names) < 2:  # noqa: PLR2004  # one may be a number by chance
            return
        called = self.is_called_username
        numbers = [name.partition("@")[0] for name in names]
        # Beside a column of IDs they are the numbers of employees.
        if not (called and "resource_id" in self.positions) and (
            numbers[0].isdecimal() and all(map(str.isdecimal, numbers))
        ):
            yield "all usernames are numbers, as IDs are"
        elif "resource_id" not in self.positions:
            long = sum(
                len(name) >= SURE_ID_DIGITS and name.isdecimal() for name in numbers
            )
            if 2 * long > len(names):
                yield (f"{long} of {len(names)} usernames are long numbers, as IDs are")
        if called:
            return
        ends = {name.partition("@")[2].casefold() for name in names}
        if "" not in ends and len(ends) > 1:
            yield (
                f"all usernames end in an @ and one of {len(ends)} domains, like "
                "e-mail addresses"
            )

    @property
    def is_called_username(self) -> bool:
        """Whether the header of the usernames is a known one."""
        return "username" in self._known[self.positions["username"]]

    @property
    def is_inverted(self) -> bool:
        """Whether a yes in the status column means inactive."""
        return is_inverted(self.headers, self.positions["status"])

    @property
    def used(self) -> dict[str, str]:
        """The header of each known column, by role."""
        roles = (role for role in HEADER_ROLES if role in self.positions)
        return {role: self.find_header(role) for role in roles}

    @property
    def columns(self) -> dict[Column, list[str]]:
        """All columns of the records read, those beside at the end."""
        return self.texts | self.beside

    @property
    def places(self) -> dict[Column, int]:
        """Where each of these columns is."""
        return self.positions | {at: at for at in self.beside}

    @property
    def width(self) -> int:
        """How many fields a record must have."""
        return len(self.headers)

    def list_lines(self, found: Sequence[int]) -> str:
        """List the lines of some rows, and say how many more there are.

        Where several records are in one line, as in JSON, their numbers are listed.
        """
        shared = any(shares_line(self.lines, at) for at in found)
        places = [(self.lines[at], self.numbers[at]) for at in found]
        return show_places(places, lines_shared=shared)

    def find_header(self, role: str) -> str:
        """Return the header of a known column, as read."""
        return self.headers[self.positions[role]]

    def add(self, fields: Sequence[str], *, line: int, longest: int) -> None:
        """Add a record as wide as the header.

        Args:
            fields: Its texts.
            line: The line in which it begins.
            longest: The most characters in one cell.

        Raises:
            SourceError: A cell contains more characters.
        """
        self.records += 1
        if max(map(len, fields)) > longest:
            reason = f"a cell contains more than {longest} characters."
            remedy = Remedy(option="max_cell", advice=RAISE)
            raise SourceError(
                reason,
                path=self.path,
                line=line,
                record=self.records,
                remedies=(remedy,),
            )
        self.lines.append(line)
        self.numbers.append(self.records)
        for role, at in self.positions.items():
            words = self._words.get(role)
            self.texts[role].append(fields[at] if words is None else words[fields[at]])
        for at, texts in self.beside.items():
            texts.append(self._words[at][fields[at]])

    def check_number(self, most: int) -> None:
        """Refuse more records than memory may hold.

        Raises:
            SourceError: There are more.
        """
        if self.records > most:
            reason = (
                f"has more than {count_noun(most, 'record')}, all to be kept in memory. "
                "Audit the exports that it was made from. DuckDB, from the extra large, "
                "keeps few records of a .csv file, but only if none is in doubt."
            )
            advice = (
                "If there is 1 GB of memory for every two million records, raise the "
                "limit with {}."
            )
            remedy = Remedy(option="max_records", advice=advice)
            raise SourceError(reason, path=self.path, remedies=(remedy,))

    def leave_out(self, found: Mapping[int, str], wrong: Mapping[int, str]) -> None:
        """Leave out rows that are not records, or cannot be read.

        Args:
            found: What each of these rows is instead.
            wrong: Why each of these rows cannot be read.
        """
        out = found.keys() | wrong.keys()
        if not out:
            return
        self.skipped_lines += ((self.lines[at], what) for at, what in found.items())
        self.unreadable += (
            Unreadable(line=self.lines[at], record=self.numbers[at], reason=reason)
            for at, reason in wrong.items()
        )
        self.unreadable.sort(key=lambda one: one.record)
        columns = self.columns.values()
        self.unread.add(texts[at] for texts in columns for at in wrong)
        kept = [at for at in range(len(self.lines)) if at not in out]
        for texts in columns:
            texts[:] = [texts[at] for at in kept]
        self.lines = array("q", (self.lines[at] for at in kept))
        self.numbers = array("q", (self.numbers[at] for at in kept))

    def add_unreadable(self, reason: str, texts: Iterable[str], *, line: int) -> None:
        """Add a record that cannot be read, of which there are some texts."""
        self.records += 1
        self.unread.add(texts)
        self.unreadable.append(
            Unreadable(line=line, record=self.records, reason=reason)
        )

    def extend(
        self,
        columns: Iterable[Iterable[str]],
        *,
        lines: Sequence[int],
        numbers: Sequence[int],
        unreadable: Sequence[Unreadable] = (),
    ) -> None:
        """Add many records.

        Args:
            columns: The texts for each column, in the order of `columns`.
            lines: The line in which each record begins.
            numbers: The number of each record.
            unreadable: The records between them that cannot be read.
        """
        for (name, texts), column in zip(self.columns.items(), columns, strict=True):
            words = self._words.get(name)
            texts.extend(column if words is None else map(words.__getitem__, column))
        self.lines.extend(lines)
        self.numbers.extend(numbers)
        self.unreadable += unreadable
        self.records += len(lines) + len(unreadable)


class _SharedTexts(dict[str, str]):
    """Each text once, so that rows share it and need no memory of their own for it."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


def name_role(role: str) -> str:
    """Return what a column holds, as part of a sentence."""
    return f"the {_SPOKEN.get(role) or role.replace('_', ' ')}"


def describe_width(fields: int, width: int) -> str:
    """Say that a record is too short or too long."""
    return f"{count_noun(fields, 'field')} where the header has {width}"
