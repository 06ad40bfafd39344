"""Writing the encrypted handover from the checklist, with its passphrase shown once."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ipywidgets import HTML, VBox

from apiuser.checklist import Checklist
from apiuser.credential import Secret
from apiuser.errors import ApiuserError, InputError
from apiuser.forms.boundary import shut_in
from apiuser.forms.copy_text import CopyText
from apiuser.forms.fields import choice_field, text_field
from apiuser.forms.misplaced import SecretWatch
from apiuser.forms.parts import Part, make_button
from apiuser.forms.secret_box import SecretBox
from apiuser.forms.status import Status
from apiuser.forms.transfer import Download

if TYPE_CHECKING:
    from apiuser.handover import Entry

_KEEPASS = "KeePass file, opened with a passphrase"
_AGE = "age file, opened with a passphrase"
_RECIPIENT = "age file, opened with the recipient's own key"
_ENDINGS = {_KEEPASS: "kdbx", _AGE: "age", _RECIPIENT: "age"}


def build_vault_part(
    checklist: Checklist, *, changed: Callable[[], None], status: Status
) -> Part:
    """Build the fields and the button that write an encrypted handover."""
    passphrase: list[Secret] = []
    sheets: dict[str, str] = {}  # by the ending of the file

    def write() -> None:
        # Late: the form is shown sooner.
        from apiuser.handover import (  # noqa: PLC0415
            Sheet,
            generate_passphrase,
            render_html,
            render_markdown,
            write_handover,
        )

        try:
            entry = _build_entry(checklist, url.input.value.strip())
            lock: Secret | list[str] = [recipient.input.value.strip()]
            if kind.input.value != _RECIPIENT:
                lock = generate_passphrase()
            handover = write_handover(entry, file.input.value.strip(), lock)
        except ApiuserError as error:
            status.say(str(error))
            return
        passphrase[:] = [lock] if isinstance(lock, Secret) else []
        made_by = str(checklist.values["consultant"] or "").strip()
        sheet = Sheet.of(entry, handover, made_by=made_by)
        sheets.update(html=render_html(sheet), md=render_markdown(sheet))
        box.refresh()
        changed()
        advice = " Send the passphrase by another way." if passphrase else ""
        status.say(f"Written: {handover.path}, encrypted.{advice}")

    def forget() -> None:
        passphrase.clear()
        box.refresh()
        changed()

    def refresh() -> None:
        view.layout.display = "" if checklist.secret is not None else "none"
        recipient.view.layout.display = "" if kind.input.value == _RECIPIENT else "none"
        opened.layout.display = "" if passphrase else "none"
        box.available = bool(passphrase)
        downloads.layout.display = "" if sheets else "none"

    @shut_in
    def suggest(_change: object = None) -> None:
        name = checklist.username.local or "api-user"
        ending = _ENDINGS[kind.input.value]
        # The notebooks may lie in a git work tree, where a handover is refused.
        file.input.value = str(Path.home() / f"{name}-handover.{ending}")
        refresh()

    def supply() -> Secret | None:
        return passphrase[0] if passphrase else None

    kind = choice_field(
        "Encrypted handover", (_KEEPASS, _AGE, _RECIPIENT), value=_KEEPASS
    )
    watch = SecretWatch(checklist.holds_secret, status)
    file = text_field(
        "File", watch=watch, advice="Outside any git work tree; never overwritten."
    )
    recipient = text_field(
        "Recipient's key", watch=watch, advice="It begins with age1."
    )
    url = text_field(
        "Address", watch=watch, advice="Where the user logs in; may stay empty."
    )
    box = SecretBox(supply=supply, label="Passphrase of the file")
    opened = VBox([box, make_button("Forget the passphrase", forget)])
    downloads = VBox(
        [
            Download(
                label="Download the handover sheet (HTML)",
                make=lambda: ("handover-sheet.html", sheets["html"].encode()),
            ),
            Download(
                label="Download the handover sheet (Markdown)",
                make=lambda: ("handover-sheet.md", sheets["md"].encode()),
            ),
        ]
    )
    button = make_button("Write the encrypted file", write)
    view = VBox(
        [
            kind.view,
            file.view,
            recipient.view,
            url.view,
            button,
            opened,
            downloads,
        ]
    )
    kind.input.observe(suggest, "value")
    suggest()
    return Part(view, refresh)


def build_by_hand_part(
    checklist: Checklist,
    *,
    changed: Callable[[], None],  # noqa: ARG001  # parts are built alike
    status: Status,  # noqa: ARG001
) -> Part:
    """Build the fields of an open vault in its order, each with a Copy button."""

    def refresh() -> None:
        view.layout.display = "" if checklist.secret is not None else "none"
        title.text = _make_title(checklist)
        login.text = checklist.username.full
        secret.available = checklist.secret is not None

    heading = HTML("<strong>Or copy into an open vault, field by field</strong>")
    title, login = (CopyText(label=name, text="") for name in ("Title", "User name"))
    secret = SecretBox(supply=lambda: checklist.secret, label="Password")
    view = VBox([heading, title, login, secret])
    view.add_class("apiuser-copies")
    return Part(view, refresh)


def _make_title(checklist: Checklist) -> str:
    return f"Autotask API user, {checklist.integration.title}"


def _build_entry(checklist: Checklist, url: str) -> "Entry":
    from apiuser.handover import Entry  # noqa: PLC0415  # as above

    secret = checklist.secret
    if secret is None:
        message = "There is no secret to hand over; generate or paste it first."
        raise InputError(message)
    identifier = str(checklist.values.get("tracking_identifier") or "").strip()
    return Entry(
        title=_make_title(checklist),
        username=checklist.username,
        secret=secret,
        url=url,
        tracking_identifier=identifier,
    )
