"""One DuckDB in memory for all huge exports of a process, and its folder on disk."""

import signal
import tempfile
import threading
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

from apiuser.errors import AccessError, escape_invisible

if TYPE_CHECKING:
    import duckdb

MEMORY = "800MB"
"""How much DuckDB keeps in memory before it writes to its folder."""

_LONGEST = 200
"""So much of what DuckDB says for being unusable is shown."""


class RejectedError(Exception):
    """A file has to be left to the reader of records."""


class BrokenEngineError(Exception):
    """DuckDB is installed, but cannot be used; the reason in a few words."""


class Database:
    """A database in memory, and a folder for what does not fit.

    Both are removed with the last export in it, or at the end of the process.

    Raises:
        AccessError: The folder cannot be made.
        BrokenEngineError: DuckDB cannot be used.
    """

    def __init__(self) -> None:
        with _hold_interrupts(), _name_fault():
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
        with _name_fault(), ExitStack() as undo:
            undo.callback(folder.cleanup)
            self._connection = duckdb.connect(
                config={
                    "memory_limit": MEMORY,
                    "temp_directory": folder.name,
                    # No extension is fetched from anywhere.
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                    # It would make joins of `in`, which lose the order of the records.
                    "disabled_optimizers": "in_clause",
                }
            )
            # The bar would go to standard output.
            self._connection.execute("set enable_progress_bar_print = false")
            undo.pop_all()
        self.lock = threading.RLock()  # held over statements that belong together
        # Tables that are no longer used. The garbage collector can find them in the
        # middle of a statement, so they are dropped with the next one.
        self.unused: deque[str] = deque()
        weakref.finalize(self, _close, self._connection, folder)

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
        """Run a statement and return its rows.

        Raises:
            RejectedError: The file that it reads is not as it must be.
            AccessError: Nothing more can be written to the folder.
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
                "has no room left for what does not fit into memory. Make room, or "
                "name another place in the variable TMPDIR."
            )
            raise AccessError(reason, path=self._folder) from None
        except duckdb.Error as error:
            raise RejectedError from error
        except RuntimeError as error:  # what DuckDB raises for Ctrl-C
            if "interrupted" in str(error):
                raise KeyboardInterrupt from None
            raise

    def interrupt(self) -> None:
        """Stop the running statement from another thread; it then rejects its file."""
        self._connection.interrupt()


class StoredTable:
    """A table in the database, dropped once this object is no longer used.

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


@contextmanager
def _name_fault() -> Iterator[None]:
    """Say in one way that DuckDB cannot be used, whatever it raises."""
    try:
        yield
    except MemoryError:
        raise
    # Its files may be incomplete, of another version, or not its own.
    except Exception as error:  # noqa: BLE001
        said = str(error).strip() or type(error).__name__
        reason = escape_invisible(said.splitlines()[0][:_LONGEST])
        raise BrokenEngineError(reason.removesuffix(".")) from None


@contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait, which would end the process while DuckDB loads."""
    before = signal.getsignal(signal.SIGINT)
    ours = threading.current_thread() is threading.main_thread()
    if not (ours and callable(before)):  # nobody here would get it
        yield
        return
    held: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    for number in held[:1]:
        signal.raise_signal(number)


def _close(
    connection: "duckdb.DuckDBPyConnection", folder: "tempfile.TemporaryDirectory[str]"
) -> None:
    connection.close()
    folder.cleanup()
