"""Reading the names in use from exports, as the checklist needs them."""

from collections.abc import Callable
from html import escape
from pathlib import Path

from ipywidgets import HTML, VBox

from apiuser.checklist import Checklist
from apiuser.forms.parts import Part
from apiuser.forms.status import Status
from apiuser.forms.transfer import Upload


def build_names_part(
    checklist: Checklist, *, changed: Callable[[], None], status: Status
) -> Part:
    """Build the upload that adds the usernames of an export to the names in use."""

    def read(path: Path) -> None:
        from apiuser.tables import read_resources  # noqa: PLC0415  # late: Arrow

        table = read_resources(path)
        names = [name for name in table.columns["username"].to_pylist() if name]
        checklist.add_export(path.name, names)
        unread = len(table.unreadable)
        rest = f"; {unread} records could not be read" if unread else ""
        changed()
        status.say(f"{path.name}: {len(names)} names read{rest}.")

    def refresh() -> None:
        files = ", ".join(map(escape, checklist.exports))
        from_files = f", from {files}" if files else ""
        count.value = (
            f"<p>Names in use known here: {len(checklist.taken)}{from_files}.</p>"
        )

    count = HTML()
    upload = Upload(on_file=read, label="Read names from an export", accept=".csv,.txt")
    return Part(VBox([upload, count]), refresh)
