"""Read every value of an SQLite store, from memory and without changing it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from apiuser.scanning.pieces import Closed, Part, Piece, join

MAGIC = b"SQLite format 3\x00"
_JOURNAL_MODE = slice(18, 20)


def is_store(data: bytes) -> bool:
    """Tell whether some bytes are an SQLite store."""
    return data.startswith(MAGIC)


def open_store(piece: Piece) -> Iterator[Part]:
    """Return every text and blob of a store with its table, column and row."""
    # A store in write-ahead mode cannot be opened from memory; said to be in the
    # older mode, it can. What waits in a -wal file is searched as that file.
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
