"""Handing over from the checklist: an encrypted file, or by hand into an open vault."""

from collections.abc import Callable, Mapping
from pathlib import Path

from ipywidgets import HTML, VBox

from apiuser.checklist import Checklist
from apiuser.credentials.credential import Secret
from apiuser.errors import ApiuserError
from apiuser.forms.checklist.entry_fields import EntryFields
from apiuser.forms.checklist.passphrase_choice import PassphraseChoice, ShownPassphrase
from apiuser.forms.widgets.boundary import shut_in
from apiuser.forms.widgets.copy_text import CopyText
from apiuser.forms.widgets.fields import choice_field, text_field
from apiuser.forms.widgets.misplaced import SecretWatch
from apiuser.forms.widgets.parts import FormPart, make_button
from apiuser.forms.widgets.secret_box import SecretBox
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Download

_KEEPASS = "KeePass file, opened with a passphrase"
_AGE = "age file, opened with a passphrase"
_RECIPIENT = "age file, opened with the recipient's own key"
_ENDINGS = {_KEEPASS: "kdbx", _AGE: "age", _RECIPIENT: "age"}


def build_vault_part(
    checklist: Checklist, *, changed: Callable[[], None], status: StatusLine
) -> FormPart:
    """Build the entry's fields, and both ways in which it is handed over."""
    watch = SecretWatch(checklist.holds_secret, status)
    fields = EntryFields(checklist, watch=watch)
    parts = (
        _build_file_part(
            checklist, fields, changed=changed, status=status, watch=watch
        ),
        _build_by_hand_part(checklist, fields),
    )

    @shut_in
    def refresh(_change: object = None) -> None:
        view.layout.display = "" if checklist.secret is not None else "none"
        for part in parts:
            part.refresh()

    for widget in fields.inputs:
        widget.observe(refresh, "value")
    heading = HTML("<strong>The entry in the receiver's vault</strong>")
    view = VBox([heading, fields.view, *(part.view for part in parts)])
    return FormPart(view, refresh)


def _build_file_part(
    checklist: Checklist,
    entry_fields: EntryFields,
    *,
    changed: Callable[[], None],
    status: StatusLine,
    watch: SecretWatch,
) -> FormPart:
    """Build the fields and the button that write an encrypted handover."""
    sheets: dict[str, str] = {}  # by the ending of the file

    def write() -> None:
        # Late: the form is shown sooner.
        from apiuser.handover import (  # noqa: PLC0415
            Sheet,
            render_html,
            render_markdown,
            write_handover,
        )

        try:
            entry = entry_fields.make_entry()
            lock: Secret | list[str] = [recipient.input.value.strip()]
            generated = False
            if kind.input.value != _RECIPIENT:
                lock, generated = choice.take()
            handover = write_handover(entry, file.input.value.strip(), lock)
        except ApiuserError as error:
            status.say(str(error))
            return
        opened.show(lock if isinstance(lock, Secret) and generated else None)
        choice.forget()
        sheet = Sheet.of(
            entry,
            handover,
            made_by=str(checklist.values["consultant"] or "").strip(),
            meant_for=receiver.input.value.strip(),
        )
        sheets.update(html=render_html(sheet), md=render_markdown(sheet))
        changed()
        locked = isinstance(lock, Secret)
        advice = " Send the passphrase by another way." if locked else ""
        status.say(f"Written: {handover.path}, encrypted.{advice}")

    def refresh() -> None:
        if checklist.secret is None:
            choice.forget()
        for_a_key = kind.input.value == _RECIPIENT
        recipient.view.layout.display = "" if for_a_key else "none"
        choice.view.layout.display = "none" if for_a_key else ""
        downloads.layout.display = "" if sheets else "none"

    @shut_in
    def suggest(_change: object = None) -> None:
        name = checklist.username.local or "api-user"
        ending = _ENDINGS[kind.input.value]
        # The notebooks may lie in a git work tree, where a handover is refused.
        file.input.value = str(Path.home() / f"{name}-handover.{ending}")
        refresh()

    kind = choice_field(
        "Encrypted handover", (_KEEPASS, _AGE, _RECIPIENT), value=_KEEPASS
    )
    file = text_field(
        "File", watch=watch, advice="Outside any git work tree; never overwritten."
    )
    recipient = text_field(
        "Recipient's key", watch=watch, advice="It begins with age1."
    )
    receiver = text_field(
        "Receiver", watch=watch, advice="Who gets the file, for the handover sheet."
    )
    choice = PassphraseChoice()
    opened = ShownPassphrase()
    downloads = _build_downloads(sheets)
    fields = (kind, file, recipient, receiver)
    button = make_button("Write the encrypted file", write)
    view = VBox(
        [*(field.view for field in fields), choice.view, button, opened.view, downloads]
    )
    kind.input.observe(suggest, "value")
    suggest()
    return FormPart(view, refresh)


def _build_downloads(sheets: Mapping[str, str]) -> VBox:
    return VBox(
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


def _build_by_hand_part(checklist: Checklist, entry_fields: EntryFields) -> FormPart:
    """Build the fields of an open vault in its order, each with a Copy button."""

    def refresh() -> None:
        texts = (
            entry_fields.title,
            checklist.username.full,
            entry_fields.url,
            entry_fields.notes_with_identifier,
        )
        for copy, text in zip((title, login, url, notes), texts, strict=True):
            copy.text = text
            copy.layout.display = "" if text else "none"
        secret.available = checklist.secret is not None

    heading = HTML("<strong>Or copy into an open vault, field by field</strong>")
    title, login, url, notes = (
        CopyText(label=name, text="") for name in ("Title", "User name", "URL", "Notes")
    )
    secret = SecretBox(supply=lambda: checklist.secret, label="Password")
    view = VBox([heading, title, login, secret, url, notes])
    view.add_class("apiuser-copies")
    return FormPart(view, refresh)
