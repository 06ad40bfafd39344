"""One DuckDB in memory for all huge exports of a process, and where it spills to."""

import tempfile
import threading
import weakref
from collections import deque
from itertools import count
from typing import TYPE_CHECKING, Any

from apiuser.errors import AccessError

if TYPE_CHECKING:
    import duckdb

MEMORY = "800MB"
"""What DuckDB holds at one time before it writes to its folder."""


class RejectedError(Exception):
    """DuckDB cannot read a file as it must be read."""


class Database:
    """A database in memory, and a folder for what does not fit.

    Both go with the last export that is in it, or at the end of the process.

    Raises:
        AccessError: There can be no such folder.
    """

    def __init__(self) -> None:
        import duckdb  # noqa: PLC0415  # late: not installed everywhere

        try:
            folder = tempfile.TemporaryDirectory(
                prefix="apiuser-", ignore_cleanup_errors=True
            )
        except OSError as error:
            reason = (
                f"no temporary folder can be made ({error.strerror}). Make room, or "
                "name another place in the variable TMPDIR."
            )
            raise AccessError(reason) from None
        self._folder = folder.name
        self._connection = duckdb.connect(
            config={
                "memory_limit": MEMORY,
                "temp_directory": folder.name,
                # Nothing is fetched from anywhere.
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        # It would go to the standard output.
        self._connection.execute("set enable_progress_bar_print = false")
        self.lock = threading.Lock()
        # Tables that nothing holds any more. The collector of garbage can find them
        # in the middle of a statement, so they are dropped with the next one.
        self.unused: deque[str] = deque()
        weakref.finalize(self, _close, self._connection, folder)

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
        """Run a statement and return its rows.

        Raises:
            RejectedError: The file read in it is not as it must be.
            AccessError: The folder takes no more.
        """
        import duckdb  # noqa: PLC0415

        try:
            with self.lock:
                while self.unused:
                    table = self.unused.popleft()
                    self._connection.execute(f"drop table if exists {table}")
                return self._connection.execute(statement, list(values)).fetchall()
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            if isinstance(error, duckdb.IOException) and self._folder not in str(error):
                raise RejectedError from error
            reason = (
                "has no more room for what does not fit into memory. Make room, or "
                "name another place in the variable TMPDIR."
            )
            raise AccessError(reason, path=self._folder) from None
        except duckdb.Error as error:
            raise RejectedError from error
        except RuntimeError as error:  # what DuckDB makes of Ctrl-C
            if "interrupted" in str(error):
                raise KeyboardInterrupt from None
            raise

    def interrupt(self) -> None:
        """End the statement that runs, from another thread; it rejects its file."""
        self._connection.interrupt()


class StoredTable:
    """A table in the database, which goes once nothing holds this object.

    Attributes:
        database: Where it is.
        name: What it is called there.
    """

    _numbers = count()

    def __init__(self, database: Database) -> None:
        self.database = database
        self.name = f"table_{next(self._numbers)}"
        weakref.finalize(self, database.unused.append, self.name)


_shared: "weakref.WeakValueDictionary[str, Database]" = weakref.WeakValueDictionary()


def open_database() -> Database:
    """Return the database that all huge exports of this process are in."""
    database = _shared.get("")
    if database is None:
        database = _shared[""] = Database()
    return database


def _close(
    connection: "duckdb.DuckDBPyConnection", folder: "tempfile.TemporaryDirectory[str]"
) -> None:
    connection.close()
    folder.cleanup()
