"""The buttons Generate Key and Generate Secret, and the secret on request."""

from collections.abc import Callable

from ipywidgets import HTML, VBox

from apiuser.checklist import Checklist, judge_field
from apiuser.checklist.showing import GENERATED, describe_secret
from apiuser.credentials.credential import Secret
from apiuser.credentials.drawing import entropy_bits
from apiuser.errors import PolicyError
from apiuser.forms.widgets.copy_text import CopyText
from apiuser.forms.widgets.fields import render_findings
from apiuser.forms.widgets.parts import FormPart, make_button
from apiuser.forms.widgets.secret_box import SecretBox
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.rules.case import Subject


def build_key_part(
    checklist: Checklist, *, changed: Callable[[], None], status: StatusLine
) -> FormPart:
    """Build the button Generate Key."""

    def generate() -> None:
        try:
            checklist.generate_key()
            bits = entropy_bits(checklist.policy, subject=Subject.LOCAL_PART)
        except PolicyError as error:
            status.say(str(error))
            return
        changed()
        status.say(f"A free key was generated: {bits:.1f} bits.")

    def refresh() -> None:
        button.layout.display = "" if checklist.makes_key else "none"

    button = make_button("Generate Key", generate)
    return FormPart(button, refresh)


def build_secret_part(
    checklist: Checklist, *, changed: Callable[[], None], status: StatusLine
) -> FormPart:
    """Build the button Generate Secret and the box that shows or takes a secret."""

    def receive(secret: Secret) -> None:
        checklist.take_secret(secret)
        changed()

    def generate() -> None:
        try:
            checklist.generate_secret()
        except PolicyError as error:
            status.say(str(error))
            return
        box.refresh()
        changed()
        status.say(GENERATED)

    def refresh() -> None:
        counts = checklist.counts(checklist.field("secret"))
        view.layout.display = "" if counts else "none"
        box.available = checklist.secret is not None
        remarks.value = _describe(checklist)

    box = SecretBox(
        supply=lambda: checklist.secret, receive=receive, label="Password (Secret)"
    )
    remarks = HTML()
    view = VBox([make_button("Generate Secret", generate), box, remarks])
    return FormPart(view, refresh)


def build_store_part(
    checklist: Checklist,
    *,
    changed: Callable[[], None],  # noqa: ARG001  # parts are built alike
    status: StatusLine,  # noqa: ARG001
) -> FormPart:
    """Build the key, the full login and the secret, each with a Copy button."""

    def refresh() -> None:
        username = checklist.username
        key.text = username.local
        login.text = "" if username.suffix is None else username.full
        key.layout.display = "" if key.text else "none"
        login.layout.display = "" if login.text else "none"
        box.available = checklist.secret is not None
        box.layout.display = "" if checklist.secret is not None else "none"
        known = bool(key.text) or checklist.secret is not None
        view.layout.display = "" if known else "none"

    heading = HTML("<strong>To copy into your password store</strong>")
    key = CopyText(label="Username (Key)", text="")
    login = CopyText(label="Full login", text="")
    box = SecretBox(supply=lambda: checklist.secret, label="Password (Secret)")
    view = VBox([heading, key, login, box])
    view.add_class("apiuser-copies")
    return FormPart(view, refresh)


def _describe(checklist: Checklist) -> str:
    text = describe_secret(checklist)
    if checklist.secret is None:
        return f"<p>{text}</p>" if text else ""
    findings = render_findings(judge_field(checklist, "secret"))
    verdict = findings or "<p>It keeps to every rule of the policy.</p>"
    return f"<p>{text}</p>{verdict}"
