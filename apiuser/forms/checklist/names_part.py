"""Reading the names in use from exports, as the checklist needs them."""

from collections.abc import Callable
from html import escape
from pathlib import Path

from ipywidgets import HTML, VBox

from apiuser.checklist import Checklist
from apiuser.errors import ApiuserError, count_noun
from apiuser.exports import ENDINGS, read_resources
from apiuser.forms.widgets.misplaced import SecretWatch
from apiuser.forms.widgets.parts import FormPart, make_button
from apiuser.forms.widgets.reading_choice import ReadingChoice, explain_refusal
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Upload


def build_names_part(
    checklist: Checklist, *, changed: Callable[[], None], status: StatusLine
) -> FormPart:
    """Build the upload that adds the usernames of an export to the names in use."""
    choice = ReadingChoice(watch=SecretWatch(checklist.holds_secret, status))
    refused: list[Path] = []

    def read(path: Path) -> None:
        try:
            table = read_resources(path, choice.reading, name=path.name)
        except ApiuserError as error:
            refused[:] = [path]
            refresh()
            refusal = explain_refusal(error)
            choice.show_if_named(str(refusal))
            raise refusal from None
        refused.clear()
        names = [name for name in table.usernames if name]
        checklist.add_export(path.name, names)
        unread = len(table.unreadable)
        rest = f"; {count_noun(unread, 'record')} could not be read" if unread else ""
        changed()
        status.say(f"{path.name}: {len(names)} names read{rest}.")

    def read_again() -> None:
        try:
            read(refused[0])
        except ApiuserError as error:
            status.say(str(error))

    def refresh() -> None:
        files = ", ".join(map(escape, checklist.exports))
        from_files = f", from {files}" if files else ""
        count.value = (
            f"<p>Names in use known here: {len(checklist.taken)}{from_files}.</p>"
        )
        again.layout.display = "" if refused else "none"

    count = HTML()
    again = make_button("Read the refused file again", read_again)
    upload = Upload(
        on_file=read,
        label="Read names from an export",
        accept=",".join(ENDINGS),
    )
    return FormPart(VBox([upload, choice.view, again, count]), refresh)
