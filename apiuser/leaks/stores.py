"""Read every value of an SQLite store, from memory and without changing it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from apiuser.leaks.archive_members import Closed, Part, Piece, join

MAGIC = b"SQLite format 3\x00"
# Offsets in the header of the file format.
_PAGE_SIZE, _PAGES = slice(16, 18), slice(28, 32)
_JOURNAL_MODE = slice(18, 20)
_CHANGES, _COUNTED_AT = slice(24, 28), slice(92, 96)
_LARGEST_PAGE = 65_536  # written as 1


def is_store(data: bytes) -> bool:
    """Tell whether bytes are an SQLite store."""
    return data.startswith(MAGIC)


def open_store(piece: Piece) -> Iterator[Part]:
    """Return every text and blob of a store with its table, column and row."""
    if _is_cut(piece.data):
        yield Closed(place=piece.place, reason="is a damaged store (it ends early)")
    # A store in write-ahead mode cannot be opened from memory, but it can if its header
    # names the older mode. What is still in a -wal file is searched as that file.
    image = bytearray(piece.data)
    image[_JOURNAL_MODE] = b"\x01\x01"
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = bytes
        try:
            connection.deserialize(bytes(image))
            tables = [
                name.decode("utf-8", "replace")
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
            ]
        except (sqlite3.Error, OverflowError) as error:
            yield Closed(place=piece.place, reason=f"is a damaged store ({error})")
            return
        for table in tables:
            yield from _read_table(connection, table, piece.place)


def _is_cut(data: bytes) -> bool:
    """Compare the length with the header; SQLite itself reads what is missing as 0."""
    size = int.from_bytes(data[_PAGE_SIZE])
    pages = int.from_bytes(data[_PAGES])
    known = data[_CHANGES] == data[_COUNTED_AT]  # old versions do not keep the count
    return known and pages * (_LARGEST_PAGE if size == 1 else size) > len(data)


def _read_table(
    connection: sqlite3.Connection, table: str, place: str
) -> Iterator[Part]:
    quoted = table.replace('"', '""')
    try:
        rows = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # quoted
        columns = [column[0] for column in rows.description]
        for number, row in enumerate(rows, start=1):
            for column, value in zip(columns, row, strict=True):
                if isinstance(value, bytes):
                    where = f"table {table}, column {column}, row {number}"
                    yield Piece(place=join(place, where), data=value)
    except sqlite3.Error as error:
        yield Closed(
            place=join(place, f"table {table}"), reason=f"cannot be read ({error})"
        )
