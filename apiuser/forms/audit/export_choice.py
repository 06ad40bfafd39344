"""Which exports to audit: those of a folder, uploaded ones, and others by path."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ipywidgets import HTML, Checkbox, HBox, VBox, Widget

from apiuser.exports import ENDINGS
from apiuser.forms.widgets.fields import choice_field, text_field
from apiuser.forms.widgets.parts import make_button
from apiuser.forms.widgets.reading_choice import ReadingChoice
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Upload

# What else lies beside a notebook as .txt or .json is seldom an export: lists of names,
# saved work, reports.
_LISTED = [ending for ending in ENDINGS if ending not in {".txt", ".json"}]
_ONE = "one tenant"
_MANY = "many tenants, each for itself"
_WHAT_TO_TICK = {
    _ONE: "Tick the exports of one tenant: active and inactive resources, and those "
    "of the co-managing users.",
    _MANY: "Tick the exports of all tenants. A file belongs to the tenant it is named "
    "after, up to the first _; in an added folder, each subfolder is a tenant.",
}
_NOTHING_HERE = (
    f"<p>No export ({', '.join(_LISTED)}) lies beside this notebook or in its folder "
    "<code>data</code>. Upload one, add one by its path, or put it there and press "
    "Look again.</p>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ListedExport:
    path: Path
    box: Checkbox
    listed: bool = False
    uploaded: bool = False


class ExportChoice:
    """The exports of a folder, uploaded and added ones, to be ticked.

    Attributes:
        options: How to read them.
        view: The widgets.
    """

    def __init__(self, folder: Path, *, status: StatusLine) -> None:
        self._folder, self._status = folder, status
        self._entries: dict[str, _ListedExport] = {}
        self._scope = choice_field("Exports of", (_ONE, _MANY), value=_ONE)
        self._advice = HTML()
        self._list = VBox()
        self._list.add_class("apiuser-files")
        upload = Upload(
            on_file=self._add_upload,
            label="Upload exports",
            accept=",".join(ENDINGS),
        )
        self._other = text_field(
            "Another file or folder",
            watch=None,
            advice="Its path on the machine that runs this notebook; large files "
            "need no upload then.",
        )
        self._none_co_managed = Checkbox(value=False, indent=False)
        self.options = ReadingChoice(watch=None)
        self._scope.input.observe(lambda _: self._draw(), "value")
        self.view = VBox(
            [
                HTML("<h3>Exports</h3>"),
                self._scope.view,
                self._advice,
                self._list,
                self._none_co_managed,
                HBox([make_button("Look again", self.look_again)]),
                upload,
                self._other.view,
                HBox([make_button("Add", self._add_other)]),
                self.options.view,
            ]
        )
        self.view.add_class("apiuser-part")
        self.look_again()

    @property
    def many(self) -> bool:
        """Whether the exports are those of many tenants."""
        return bool(self._scope.input.value == _MANY)

    @property
    def co_managed(self) -> bool:
        """Whether there may be co-managing users."""
        return not self._none_co_managed.value

    @property
    def chosen(self) -> tuple[tuple[str, Path], ...]:
        """The ticked files and folders, each with the name the person knows."""
        return tuple(
            (name, entry.path)
            for name, entry in self._entries.items()
            if entry.box.value
        )

    def look_again(self) -> None:
        """List what is there now; ticks stay where the file does."""
        before, self._entries = self._entries, {}
        for path in _find_exports(self._folder):
            name = path.relative_to(self._folder).as_posix()
            known = before.get(name)
            box = known.box if known and known.listed else Checkbox(value=False)
            self._entries[name] = _ListedExport(path=path, box=box, listed=True)
        for name, entry in before.items():
            if not entry.listed and entry.path.exists():
                self._entries[self._find_free(name)] = entry
        self._draw()

    def _add_upload(self, path: Path) -> None:
        self._add(path.name, path, uploaded=True)

    def _add_other(self) -> None:
        typed = self._other.input.value.strip()
        path = (self._folder / typed).expanduser()
        if not typed or not path.exists():
            self._status.say(
                f"{typed}: is not there; check the path."
                if typed
                else "Enter the path of a file or folder, then press Add."
            )
            return
        self._other.input.value = ""
        self._add(typed, path)
        self._status.say(f"{typed} was added.")

    def _add(self, name: str, path: Path, *, uploaded: bool = False) -> None:
        for entry in self._entries.values():
            if entry.path.resolve() == path.resolve():
                entry.box.value = True
                return
        self._entries[self._find_free(name)] = _ListedExport(
            path=path, box=Checkbox(value=True), uploaded=uploaded
        )
        self._draw()

    def _find_free(self, name: str) -> str:
        number, free = 1, name
        while free in self._entries:
            number += 1
            free = f"{name} ({number})"
        return free

    def _draw(self) -> None:
        for name, entry in self._entries.items():
            entry.box.indent = False
            entry.box.description = self._describe(name, entry)
        shown: list[Widget] = [entry.box for entry in self._entries.values()]
        self._list.children = shown or [HTML(_NOTHING_HERE)]
        self._advice.value = f"<p>{_WHAT_TO_TICK[self._scope.input.value]}</p>"
        tenants = "These tenants have" if self.many else "This tenant has"
        self._none_co_managed.description = f"{tenants} no co-managing users"

    def _describe(self, name: str, entry: _ListedExport) -> str:
        if entry.path.is_dir():
            return f"{name} (folder)"
        where = ", uploaded" if entry.uploaded else ""
        whose = f", tenant {name_tenant(entry.path)}" if self.many else ""
        return f"{name}{where} ({_describe_size(entry.path)}){whose}"


def name_tenant(path: Path) -> str:
    """Return whose a file is by its name: what stands before the first underscore."""
    return path.stem.partition("_")[0] or path.stem


def _find_exports(folder: Path) -> Iterator[Path]:
    for place in (folder, folder / "data"):
        if place.is_dir():
            for path in sorted(place.iterdir()):
                export = path.suffix.lower() in _LISTED and path.is_file()
                if export and not path.name.startswith((".", "~$")):
                    yield path


def _describe_size(path: Path) -> str:
    kilo, mega = 1_000, 1_000_000
    size = path.stat().st_size
    if size < mega:
        return f"{max(1, round(size / kilo))} kB"
    return f"{size / mega:.1f} MB"
