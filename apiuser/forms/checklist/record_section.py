"""The end of a job: when to test, the record, and forgetting the secret."""

from collections.abc import Callable

from ipywidgets import HTML, HBox, VBox

from apiuser.checklist import Checklist, write_html, write_markdown
from apiuser.checklist.saving import refuse_secret_in_fields
from apiuser.checklist.showing import describe_wait
from apiuser.errors import SavedWorkError
from apiuser.forms.widgets.parts import FormPart, make_button
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Download


def build_wait_part(
    checklist: Checklist,
    *,
    changed: Callable[[], None],  # noqa: ARG001  # parts are built alike
    status: StatusLine,  # noqa: ARG001
) -> FormPart:
    """Build the line that says from when on a test is fair."""
    line = HTML()

    def refresh() -> None:
        line.value = f"<p>{describe_wait(checklist)}</p>"

    return FormPart(line, refresh)


def build_record_part(
    checklist: Checklist, *, changed: Callable[[], None], status: StatusLine
) -> FormPart:
    """Build the record's downloads and the button that forgets the secret."""

    def make(write: Callable[[Checklist], str], ending: str) -> tuple[str, bytes]:
        name = checklist.username.local or "api-user"
        return f"{name}-record.{ending}", write(checklist).encode()

    def forget() -> None:
        try:
            refuse_secret_in_fields(checklist)
        except SavedWorkError as error:
            status.say(str(error))
            return
        checklist.forget_secret()
        changed()
        status.say("The secret is forgotten. The record does not hold it.")

    def refresh() -> None:
        try:
            write_markdown(checklist)
        except SavedWorkError as error:
            warning.value = f"<p class='apiuser-error'>Error: {error}</p>"
            downloads.layout.display = "none"
        else:
            warning.value = ""
            downloads.layout.display = ""

    warning = HTML()
    downloads = HBox(
        [
            Download(
                label="Download the record (HTML)",
                make=lambda: make(write_html, "html"),
            ),
            Download(
                label="Download the record (Markdown)",
                make=lambda: make(write_markdown, "md"),
            ),
        ]
    )
    finish = make_button("Finish: forget the secret", forget)
    return FormPart(VBox([warning, downloads, finish]), refresh)
