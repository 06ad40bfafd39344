"""The end of a job: when to test, the record, and forgetting the secret."""

from collections.abc import Callable

from ipywidgets import HTML, HBox, VBox

from apiuser.checklist import Checklist, write_html, write_markdown
from apiuser.checklist.showing import describe_wait
from apiuser.errors import SavedWorkError
from apiuser.forms.parts import Part, make_button
from apiuser.forms.status import Status
from apiuser.forms.transfer import Download


def build_wait_part(
    checklist: Checklist,
    *,
    changed: Callable[[], None],  # noqa: ARG001  # parts are built alike
    status: Status,  # noqa: ARG001
) -> Part:
    """Build the line that says from when on a test is fair."""
    line = HTML()

    def refresh() -> None:
        line.value = f"<p>{describe_wait(checklist)}</p>"

    return Part(line, refresh)


def build_record_part(
    checklist: Checklist, *, changed: Callable[[], None], status: Status
) -> Part:
    """Build the record's downloads and the button that forgets the secret."""

    def make(write: Callable[[Checklist], str], ending: str) -> tuple[str, bytes]:
        name = checklist.username.local or "api-user"
        return f"{name}-record.{ending}", write(checklist).encode()

    def forget() -> None:
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
    return Part(VBox([warning, downloads, finish]), refresh)
