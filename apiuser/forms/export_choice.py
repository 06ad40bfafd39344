"""Which exports to audit, and how to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ipywidgets import HTML, Checkbox, HBox, VBox, Widget

from apiuser.errors import InputError
from apiuser.forms.fields import check_field, choice_field, text_field
from apiuser.forms.parts import make_button
from apiuser.forms.transfer import Upload

_ENCODINGS = {
    "Unicode, as the file says": "",
    "Western European (cp1252)": "cp1252",
    "Central European (cp1250)": "cp1250",
    "Latin 1 (iso8859-1)": "iso8859-1",
}
_NOTHING_HERE = (
    "<p>No file ending in .csv lies beside this notebook or in its folder "
    "<code>data</code>. Upload one, or put it there and press Look again.</p>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read exports that do not say it themselves.

    Attributes:
        encoding: The encoding, where it is not Unicode.
        column: The header of the username column, where it is not a known one.
        skip_lines: Lines in front of the header.
    """

    encoding: str | None = None
    column: str | None = None
    skip_lines: int = 0


class ExportChoice:
    """The exports of a folder and uploaded ones, to be ticked.

    Attributes:
        view: The widgets.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._boxes: dict[Path, Checkbox] = {}
        self._list = VBox()
        self._list.add_class("apiuser-files")
        self._upload = Upload(
            on_file=self._add_upload, label="Upload exports", accept=".csv,.txt,.tsv"
        )
        self._encoding = choice_field(
            "Encoding", list(_ENCODINGS), value=next(iter(_ENCODINGS))
        )
        self._column = text_field(
            "Username column",
            advice="Its header, where it is not a known one such as Username.",
        )
        self._skipped = text_field(
            "Lines before the header", value="0", advice="Title lines to leave out."
        )
        self._options = check_field("Show options for unusual exports")
        options = VBox([self._encoding.view, self._column.view, self._skipped.view])
        options.add_class("apiuser-indented")

        def show_options(_change: object = None) -> None:
            options.layout.display = "" if self._options.input.value else "none"

        self._options.input.observe(show_options, "value")
        show_options()
        self.view = VBox(
            [
                HTML(
                    "<h3>Exports</h3><p>Tick the exports of one tenant: active and "
                    "inactive resources, and those of the co-managing users.</p>"
                ),
                self._list,
                HBox([make_button("Look again", self.look_again)]),
                self._upload,
                self._options.view,
                options,
            ]
        )
        self.view.add_class("apiuser-part")
        self.look_again()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The ticked exports."""
        return tuple(path for path, box in self._boxes.items() if box.value)

    @property
    def reading(self) -> Reading:
        """How to read them.

        Raises:
            InputError: The number of lines is no number.
        """
        lines = self._skipped.input.value.strip() or "0"
        if not (lines.isascii() and lines.isdecimal()):
            message = "Enter the lines before the header as a number, such as 2."
            raise InputError(message)
        return Reading(
            encoding=_ENCODINGS[self._encoding.input.value] or None,
            column=self._column.input.value.strip() or None,
            skip_lines=int(lines),
        )

    def look_again(self) -> None:
        """List what lies in the folder now; what is ticked stays ticked."""
        uploads = [path for path in self._boxes if self._folder not in path.parents]
        found = [*_find_exports(self._folder), *uploads]
        self._boxes = {path: self._boxes.get(path) or Checkbox() for path in found}
        self._draw()

    def _add_upload(self, path: Path) -> None:
        self._boxes[path] = Checkbox(value=True)
        self._draw()

    def _draw(self) -> None:
        for path, box in self._boxes.items():
            box.indent = False
            box.description = self._describe(path)
        shown: list[Widget] = list(self._boxes.values())
        self._list.children = shown or [HTML(_NOTHING_HERE)]

    def _describe(self, path: Path) -> str:
        inside = self._folder in path.parents
        name = path.relative_to(self._folder) if inside else f"{path.name}, uploaded"
        return f"{name} ({_describe_size(path)})"


def _find_exports(folder: Path) -> Sequence[Path]:
    return [
        path
        for place in (folder, folder / "data")
        for path in sorted(place.glob("*.csv"))
        if path.is_file() and not path.name.startswith(".")
    ]


def _describe_size(path: Path) -> str:
    kilo, mega = 1_000, 1_000_000
    size = path.stat().st_size
    if size < mega:
        return f"{max(1, round(size / kilo))} kB"
    return f"{size / mega:.1f} MB"
