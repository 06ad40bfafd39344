"""Options on how exports are read, for all files or for one of them."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from apiuser.cli.options import explain_error, read_count
from apiuser.errors import ApiuserError, ColumnError, InputError, join_some, show_start
from apiuser.exports import HEADER_ROLES, ReadOptions, ResourceTable, read_resources
from apiuser.exports.headers import find_column, list_choice
from apiuser.exports.read_options import DEFAULT_OPTIONS
from apiuser.exports.rows import name_role

_SHOWN_FILES = 20
_LIMITS = {
    "max_columns": "columns",
    "max_records": "records of one export in memory",
    "max_cell": "characters in one cell",
    "max_unpacked": "bytes that an .xlsx unpacks to",
    "max_size": "bytes in one export",
}


def add_reading(command: argparse.ArgumentParser) -> None:
    """Add the options on how exports are read."""
    command.add_argument(
        "--encoding",
        action="append",
        default=[],
        metavar="[FILE:]NAME",
        help="the encoding, if it is not Unicode; may be repeated for single FILEs",
    )
    command.add_argument(
        "--column",
        type=_check_column,
        action="append",
        default=[],
        metavar="[FILE:][ROLE=]HEADER",
        help="the header or the number of the username column, or of another one, as "
        f"in status=State; the roles are {', '.join(HEADER_ROLES)}; may be repeated for "
        "single FILEs",
    )
    command.add_argument(
        "--skip-lines",
        type=_check_lines,
        action="append",
        default=[],
        metavar="[FILE:]NUMBER",
        help="lines before the header; may be repeated for single FILEs",
    )
    command.add_argument(
        "--no-header",
        action="store_true",
        help="the first line is a record; --column then takes the numbers of columns",
    )
    command.add_argument(
        "--keep-going",
        action="store_true",
        help="do not end with exit code 3 if records could not be read",
    )
    for name, text in _LIMITS.items():
        command.add_argument(
            f"--{name.replace('_', '-')}",
            type=read_count,
            default=getattr(DEFAULT_OPTIONS, name),
            help=f"the most {text} (%(default)s)",
        )


class ExportReader:
    """Reads the exports that a command is given, by its options."""

    def __init__(self, options: argparse.Namespace, files: Iterable[Path]) -> None:
        """Take the options, and the files whose names may come before their values.

        Raises:
            InputError: An option is for another file.
        """
        self._options, self._files = options, [*files]
        self._headers: dict[Path, tuple[str, ...]] = {}
        names = {name for path in self._files for name in (str(path), path.name)}
        known = sorted(names, key=len, reverse=True)
        self._given = {
            option: [_split_file(known, value) for value in getattr(options, option)]
            for option in ("encoding", "skip_lines", "column")
        }
        for option in ("encoding", "skip_lines"):
            for file, rest in self._given[option]:
                if file is None and ":" in rest:
                    message = (
                        f"--{option.replace('_', '-')} is for {rest.rpartition(':')[0]}, "
                        f"which is not given; {self._list_files()}"
                    )
                    raise InputError(message)
        self._shared = self._list_shared()

    def read(self, path: Path, *, narrow_from: int | None = None) -> ResourceTable:
        """Read an export.

        Raises:
            ApiuserError: It cannot be read; the message names options of the command.
        """
        try:
            table = read_resources(path, self._choose(path), narrow_from=narrow_from)
        except ApiuserError as error:
            said = explain_error(error, self._name_file(path))
            if isinstance(error, ColumnError):
                said = " ".join((said, *self._guess_meant(path)))
            raise type(error)(said) from None
        self._headers[path] = table.headers
        return table

    def refuse_unfound(self) -> None:
        """Refuse a column that was named for several files if none of them has it.

        Each of them may lack it, since the others may have it.

        Raises:
            InputError: There is such a column.
        """
        columns = self._list_columns(None)
        for role, files in self._shared.items():
            header = columns[role]
            some = [self._headers[path] for path in files if path in self._headers]
            if some and not any(find_column(headers, header) for headers in some):
                all_headers = [*dict.fromkeys(name for one in some for name in one)]
                message = (
                    f"None of the exports has a column {show_start(header)} for "
                    f"{name_role(role)}; {list_choice(all_headers)}"
                )
                raise InputError(message)

    def _guess_meant(self, path: Path) -> Iterator[str]:
        """Say what could be meant before the header of a username column."""
        before, sign, _ = self._list_columns(path).get("username", "").partition("=")
        file, _, role = before.rpartition(":")
        if file:
            yield f"If {show_start(file)} is meant as a file: {self._list_files()}"
        if sign and role not in HEADER_ROLES:
            roles = ", ".join(HEADER_ROLES)
            yield f"If {show_start(role)} is meant as a role: the roles are {roles}."

    def _list_files(self) -> str:
        names = [self._name_file(path) or path.name for path in self._files]
        return f"the files given are {join_some(names[:_SHOWN_FILES], len(names))}."

    def _name_file(self, path: Path) -> str:
        """Return what stands for a file before a value; blank if it is the only one."""
        if len(self._files) < 2:  # noqa: PLR2004  # nothing to tell apart
            return ""
        alone = sum(file.name == path.name for file in self._files) == 1
        return path.name if alone else str(path)

    def _choose(self, path: Path) -> ReadOptions:
        """Return how to read a file: as all files, or as was said for it alone."""
        columns = self._list_columns(path)
        encodings = self._list_given("encoding", path)
        lines = self._list_given("skip_lines", path)
        return ReadOptions(
            encoding=encodings[-1] if encodings else None,
            column=columns.pop("username", None),
            columns=columns,
            elsewhere={role for role, files in self._shared.items() if path in files},
            skip_lines=read_count(lines[-1].rpartition(":")[2]) if lines else 0,
            no_header=self._options.no_header,
            **{name: getattr(self._options, name) for name in _LIMITS},
        )

    def _list_columns(self, path: Path | None) -> dict[str, str]:
        """Return the header that was named for each role; without a file, for all."""
        return dict(map(_read_column, self._list_given("column", path)))

    def _list_shared(self) -> dict[str, list[Path]]:
        """Return the files that share the column that was named for a role, if several."""
        named = [(file, _read_column(rest)[0]) for file, rest in self._given["column"]]
        shared = {
            role: [
                path
                for path in self._files
                if not {(str(path), role), (path.name, role)} & {*named}
            ]
            for file, role in named
            if file is None and role != "username"
        }
        return {role: files for role, files in shared.items() if len(files) > 1}

    def _list_given(self, option: str, path: Path | None) -> list[str]:
        """Return the values of an option for a file: those for all, then its own."""
        own = () if path is None else (str(path), path.name)
        common = [rest for file, rest in self._given[option] if file is None]
        return common + [rest for file, rest in self._given[option] if file in own]


def _split_file(known: Iterable[str], value: str) -> tuple[str | None, str]:
    """Return the file that a value begins with, if it does, and the rest."""
    file = next((f for f in known if value.startswith(f"{f}:")), None)
    return (None, value) if file is None else (file, value[len(file) + 1 :])


def _read_column(text: str) -> tuple[str, str]:
    """Return the role and the header of a column that was named."""
    role, sign, header = text.partition("=")
    role = role.strip().lower().replace("-", "_")
    return (role, header) if sign and role in HEADER_ROLES else ("username", text)


def _check_column(text: str) -> str:
    if not _read_column(text)[1].strip():
        message = "name the header of a column"
        raise argparse.ArgumentTypeError(message)
    return text


def _check_lines(text: str) -> str:
    read_count(text.rpartition(":")[2])
    return text
