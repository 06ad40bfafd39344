"""Exports as the person knows them: found in a folder, added or uploaded, and read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from apiuser.auditing import find_tenants
from apiuser.auditing.tenant_names import name_tenant
from apiuser.credentials.secret_look import shows_secret
from apiuser.errors import ApiuserError, InputError
from apiuser.exports import (
    ENDINGS,
    HALVES,
    HUGE,
    ResourceTable,
    assume_status,
    read_resources,
)
from apiuser.exports.asked_options import (
    explain_in_fields,
    list_asks,
    list_lacking,
    take_options,
)
from apiuser.exports.headers import TELLING_ROLES
from apiuser.files.file_names import is_hidden, read_path

# Other .txt and .json files beside a notebook are seldom exports: they are lists of
# names, saved work, reports.
LISTED = tuple(ending for ending in ENDINGS if ending not in {".txt", ".json"})
_REFUSED = (
    "Not accepted: that looks like a secret. Delete it: only the fields for a secret keep "
    "what is in them hidden."
)


@dataclass(slots=True, kw_only=True, eq=False)
class ExportFile:
    """A file that may be audited, and what reading it showed.

    Attributes:
        name: How the person knows it; no two have the same.
        path: Where it is.
        tenant: Whose it is, from its name or folder.
        chosen: Whether it is to be audited.
        listed: Whether it was found in the folder of the notebook.
        whole: Whether every record is needed, and not only those that can matter to
            an audit.
        given: How to read it and which half of the resources it holds, as typed
            beside it.
        table: What was read; None before, and if it could not be read.
        refusal: Why it could not be read.
        asks: What would allow it, or say more about it, as names of reading options.
        renewed: Whether it changed after a person had said something about it, which
            was forgotten.
    """

    name: str
    path: Path
    tenant: str
    chosen: bool = False
    listed: bool = False
    whole: bool = False
    given: dict[str, str] = field(default_factory=dict)
    table: ResourceTable | None = None
    refusal: str = ""
    asks: tuple[str, ...] = ()
    renewed: bool = False
    _state: object = None
    _seen: object = None

    def read(self) -> ResourceTable:
        """Read the file, if it or what is known about it has changed.

        Raises:
            ApiuserError: It cannot be read or understood.
        """
        self.renew()
        options = {name: text for name, text in self.given.items() if name != "half"}
        state, table = (self._seen, options), self.table
        if table is None or state != self._state:
            table = self.table = self._read_again()
            self._state = state
        half = HALVES.get(self.given.get("half", ""))
        return assume_status(table, half) if half else table

    def _read_again(self) -> ResourceTable:
        self.table, self.refusal, self.asks = None, "", ()
        try:
            table = read_resources(
                self.path,
                take_options(self.given),
                name=self.name,
                narrow_from=None if self.whole else HUGE,
            )
            self.asks = list_lacking(table, self.given)
        except ApiuserError as error:
            self.asks = list_asks(error, self.given, TELLING_ROLES)
            self.refusal = explain_in_fields(error)
            raise type(error)(self.refusal, path=self.name) from None
        return table

    def renew(self) -> None:
        """Forget what a person said about the file if it has changed since it was read.

        Whoever said it had seen another file, so it would prove what it does not say.
        """
        state = self._look()
        if self._seen not in {None, state}:
            self.renewed = bool(self.given)
            self.given = {}
        self._seen = state

    def give(self, values: object) -> None:
        """Store what a person says about the file, by what is asked.

        Raises:
            InputError: A value is not one of its kind, such as a number that is none,
                or looks like a secret, which a notebook would keep.
        """
        given = values if isinstance(values, Mapping) else {}
        texts = {str(k): str(v) for k, v in given.items() if str(v).strip()}
        if any(map(shows_secret, texts.values())):
            raise InputError(_REFUSED)
        take_options(texts)
        self.given, self.renewed = texts, False

    @property
    def basis(self) -> object:
        """What a result depends on."""
        return self.name, tuple(self.given.items()), self._seen

    @property
    def content(self) -> object:
        """The file as it was when it was last looked at."""
        return self.path, self._seen

    def _look(self) -> object:
        try:
            state = self.path.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size


def read_files(
    files: Iterable[ExportFile], tell: Callable[[str], None]
) -> tuple[list[ResourceTable], list[str]]:
    """Return what was read, and why the other files could not be.

    Args:
        files: The files.
        tell: Told of each file before it is read.
    """
    tables, refused = [], []
    for file in files:
        tell(f"reading {file.name}")
        try:
            tables.append(file.read())
        except ApiuserError as error:
            refused.append(str(error))
    return tables, refused


def ask_needs(files: int) -> str:
    """Ask to look at files that could not be read."""
    return f"See what the {'file needs' if files == 1 else 'files need'}"


def find_exports(folder: Path) -> Iterator[ExportFile]:
    """Yield the exports in a folder, in its folder `data`, and those of tenants kept."""
    for place in (folder, folder / "data"):
        if not place.is_dir():
            continue
        for path in sorted(place.iterdir()):
            listed = path.suffix.lower() in LISTED and not is_hidden(path.name)
            if listed and path.is_file():
                name = path.relative_to(folder).as_posix()
                yield ExportFile(
                    name=name, path=path, tenant=name_tenant(path), listed=True
                )
    with suppress(ApiuserError):  # none is kept
        for file in choose_all("exports", folder / "exports"):
            named = file.path.suffix.lower() in ENDINGS
            if named and not is_hidden(file.path.name) and file.path.is_file():
                file.chosen, file.listed = False, True
                yield file


def find_typed(folder: Path, typed: str) -> Iterator[ExportFile]:
    """Yield the file, or all exports of the folder, at a path that a person typed.

    Args:
        folder: Where a relative path begins.
        typed: The path.

    Raises:
        ApiuserError: There is none, or no export in it.
    """
    path = folder / read_path(typed)
    if not typed or not path.exists():
        message = (
            f"{typed}: does not exist; check the path."
            if typed
            else "Enter the path of a file or folder."
        )
        raise InputError(message)
    yield from choose_all(typed, path)


def choose_all(name: str, path: Path) -> Iterator[ExportFile]:
    """Yield the file at a path, or all exports of the folder there, as chosen.

    Args:
        name: How the person knows it.
        path: Where it is.

    Raises:
        ApiuserError: A folder cannot be read, or contains no export.
    """
    if not path.is_dir():
        yield ExportFile(name=name, path=path, tenant=name_tenant(path), chosen=True)
        return
    try:
        tenants = find_tenants(path)
    except ApiuserError as error:
        place = Path(name, Path(error.path or path).relative_to(path))
        raise type(error)(error.reason, path=place) from None
    for tenant, paths in tenants.items():
        for one in paths:
            below = f"{name}/{one.relative_to(path).as_posix()}"
            yield ExportFile(name=below, path=one, tenant=tenant, chosen=True)


def find_empty_tenants(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the tenants whose folders, inside these folders, contain no file."""
    for folder in folders:
        with suppress(ApiuserError):  # it is gone, and its files with it
            yield from (
                name for name, paths in find_tenants(folder).items() if not paths
            )
