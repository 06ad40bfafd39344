"""A secret between a view and the kernel: sealed both ways, silent in errors."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from IPython.core.interactiveshell import InteractiveShell

from apiuser.credentials.credential import Secret
from apiuser.forms import show_checklist
from apiuser.forms.widgets import sealed_messages
from apiuser.forms.widgets.boundary import UnexpectedError, describe_error, shut_in
from apiuser.forms.widgets.parts import make_button
from apiuser.forms.widgets.sealed_messages import Opener, seal
from apiuser.forms.widgets.secret_box import SecretBox
from apiuser.leaks import scan_unknown
from tests.checklist_driver import find
from tests.planted import SECRETS
from tests.stopping import stop_everywhere
from tests.traceback_styles import STYLES
from tests.views import View, deliver, type_into

SECRET = SECRETS[0]
FOLDER = Path(sealed_messages.__file__).parent
REFUSED = "What was typed did not arrive as it was sent; type it again."
STATE = "application/vnd.jupyter.widget-state+json"

Sent = list[dict[str, Any]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What the box sends to its views, in order."""
    messages: Sent = []
    monkeypatch.setattr(
        "ipywidgets.Widget.send", lambda _box, content: messages.append(content)
    )
    return messages


def make_box(held: list[Secret]) -> SecretBox:
    """Make a box that gives the last secret and keeps what is typed."""
    return SecretBox(
        supply=lambda: held[-1] if held else None,
        receive=held.append,
        label="Password (Secret)",
    )


def test_a_box_answers_only_when_asked_and_with_the_same_nonce(sent: Sent) -> None:
    view = View()
    box = make_box([Secret(SECRET)])

    deliver(box, {"kind": "ask", "nonce": "n1", "key": view.key})
    deliver(box, {"kind": "anything else", "nonce": "n2"})

    (message,) = sent
    assert (message["kind"], message["nonce"]) == ("secret", "n1")
    assert SECRET not in str(message)
    assert view.open(message) == SECRET


def test_a_sealed_text_opens_with_the_views_key_and_never_looks_the_same() -> None:
    view = View()

    sealed = [seal(Secret(SECRET), public_key=view.key) for _ in range(2)]

    assert [view.open(message) for message in sealed] == [SECRET, SECRET]
    assert all(sealed[0][part] != sealed[1][part] for part in sealed[0])
    with pytest.raises(InvalidTag):
        View().open(sealed[0])


@pytest.mark.parametrize("key", ["", "AAAA", "not base64", 1, None])
def test_a_view_without_a_usable_key_is_refused(sent: Sent, key: object) -> None:
    box = make_box([Secret(SECRET)])

    deliver(box, {"kind": "ask", "nonce": "n1", "key": key})

    (message,) = sent
    assert message["kind"] == "refused"
    assert message["message"] == "The view sent no usable key; run the cell again."


def test_a_box_without_a_secret_says_so(sent: Sent) -> None:
    deliver(make_box([]), {"kind": "ask", "nonce": "n1", "key": View().key})

    assert sent == [{"kind": "none", "nonce": "n1"}]


def test_no_trait_and_no_repr_of_a_box_holds_the_secret(sent: Sent) -> None:
    held = [Secret(SECRET)]
    box = make_box(held)

    deliver(box, {"kind": "ask", "nonce": "n1", "key": View().key})
    type_into(box, SECRETS[1])

    assert held[-1].reveal() == SECRETS[1]
    for shown in (str(box.get_state()), str(box.trait_values()), str(vars(box))):
        assert not any(secret in shown for secret in SECRETS)
    assert repr(box) == "SecretBox(hidden)"


def test_a_typed_secret_travels_sealed_and_is_confirmed(sent: Sent) -> None:
    held: list[Secret] = []

    message = type_into(make_box(held), SECRET)

    assert [secret.reveal() for secret in held] == [SECRET]
    assert SECRET not in str(message)
    assert sent[-1] == {"kind": "received", "nonce": "typed"}


@pytest.mark.parametrize("text", ["", "\u00e4\u20ac\U0001f511 \0\n", "a" * 5_000])
def test_any_text_arrives_as_it_was_typed(sent: Sent, text: str) -> None:
    held: list[Secret] = []

    type_into(make_box(held), text)

    assert [secret.reveal() for secret in held] == [text]


def test_a_message_that_is_sent_again_is_refused(sent: Sent) -> None:
    held: list[Secret] = []
    box = make_box(held)
    message = type_into(box, SECRET)

    deliver(box, message)

    assert sent[-1]["message"] == REFUSED
    assert len(held) == 1


def test_a_message_for_another_box_or_of_another_question_is_refused(
    sent: Sent,
) -> None:
    held: list[Secret] = []
    box, other = make_box(held), make_box(held)
    message = View().seal(SECRET, key=box.typing)

    deliver(other, message)
    deliver(box, message | {"nonce": "another"})

    assert [answer["message"] for answer in sent] == [REFUSED, REFUSED]
    assert held == []


@pytest.mark.parametrize(
    "change",
    [
        {"sealed": "AAAA"},
        {"iv": "AAAA"},
        {"iv": "\u00e9"},
        {"sealed": None},
        {"key": "AAAA"},
    ],
)
def test_a_changed_or_plain_message_is_refused_in_a_sentence(
    sent: Sent, change: dict[str, object]
) -> None:
    held: list[Secret] = []
    box = make_box(held)

    deliver(box, View().seal(SECRET, key=box.typing) | change)
    deliver(box, {"kind": "typed", "nonce": "plain", "text": SECRET})

    assert [answer["kind"] for answer in sent] == ["refused", "refused"]
    assert all(str(answer["message"]).endswith("again.") for answer in sent)
    assert held == []


def test_the_key_in_a_saved_widget_is_no_alarm(tmp_path: Path) -> None:
    state = make_box([]).get_state()
    notebook = {
        "cells": [],
        "metadata": {"widgets": {STATE: {"state": {"1": {"state": state}}}}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (tmp_path / "saved.ipynb").write_text(json.dumps(notebook, default=str))

    assert len(str(state["typing"])) == 88
    assert scan_unknown([tmp_path]).leaks == ()


def test_a_box_without_a_receiver_takes_nothing(sent: Sent) -> None:
    box = SecretBox(supply=lambda: None, label="Password")

    deliver(box, View().seal(SECRET, key=make_box([]).typing))

    assert sent == []
    assert box.typing == ""


def test_refresh_makes_the_views_forget() -> None:
    box = make_box([])

    box.refresh()
    box.refresh()

    assert box.refreshes == 2


def test_refresh_while_receiving_leaves_what_is_being_typed(sent: Sent) -> None:
    box = SecretBox(
        supply=lambda: None, receive=lambda _secret: box.refresh(), label="Password"
    )

    type_into(box, SECRET)

    assert sent[-1]["kind"] == "received"
    assert box.refreshes == 0


# Errors.


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """An IPython that prints every local of an error, as `%xmode Verbose` does."""
    shell = InteractiveShell.instance()
    shell.run_line_magic("xmode", "Verbose")
    yield shell
    InteractiveShell.clear_instance()


def fail_with_the_secret_at_hand(secret: Secret) -> None:
    text = secret.reveal()
    message = f"cannot use {text}"
    raise ValueError(message)


def test_an_error_while_a_secret_is_taken_shows_nothing_of_it(
    sent: Sent, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    box = SecretBox(
        supply=lambda: None, receive=fail_with_the_secret_at_hand, label="Password"
    )

    type_into(box, SECRET)

    assert sent[-1]["kind"] == "refused"
    assert "ValueError" in str(sent[-1]["message"])
    assert SECRET not in "".join([str(sent), *capsys.readouterr()])


def test_an_error_while_a_secret_is_given_shows_nothing_of_it(
    sent: Sent, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    def supply() -> Secret | None:
        fail_with_the_secret_at_hand(Secret(SECRET))
        return None

    box = SecretBox(supply=supply, label="Password")

    deliver(box, {"kind": "ask", "nonce": "n1", "key": View().key})

    assert sent[-1]["kind"] == "refused"
    assert "ValueError" in str(sent[-1]["message"])
    assert SECRET not in "".join([str(sent), *capsys.readouterr()])


def test_an_error_behind_a_button_shows_nothing_of_the_secret(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = Secret(SECRET)
    button = make_button("Make", lambda: fail_with_the_secret_at_hand(secret))

    button.click()

    told = "".join(capsys.readouterr())
    assert "UnexpectedError" in told
    assert "ValueError" in told
    assert SECRET not in told


def test_an_error_behind_a_field_shows_nothing_of_the_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = show_checklist()
    form.checklist.take_secret(SECRET)
    monkeypatch.setattr(
        "apiuser.checklist.Checklist.holds_secret",
        lambda checklist, _text: fail_with_the_secret_at_hand(checklist.secret),
    )
    with pytest.raises(UnexpectedError) as caught:
        find(form, "Tenant").value = "Sample MSP"

    assert caught.value.__context__ is None
    assert SECRET not in str(caught.value)


def test_an_error_that_is_shut_in_keeps_no_frame_and_no_cause() -> None:
    handler = shut_in(lambda: fail_with_the_secret_at_hand(Secret(SECRET)))

    with pytest.raises(UnexpectedError) as caught:
        handler()

    error = caught.value
    assert error.__context__ is None
    assert error.__cause__ is None
    assert error.__traceback__ is not None
    error.__traceback__ = error.__traceback__.tb_next  # the test knows the secret
    assert SECRET not in "".join(style(error) for style in STYLES.values())


def test_the_place_of_an_error_is_told_without_its_words() -> None:
    with pytest.raises(AttributeError) as caught:
        Opener().open(None)  # type: ignore[arg-type]

    told = describe_error(caught.value)

    assert "AttributeError in apiuser/forms/widgets/sealed_messages.py, line " in told
    assert "NoneType" not in told


def exchange_a_secret() -> None:
    """Type a secret and ask for it."""
    box = make_box([])
    sent: list[dict[str, Any]] = []
    box.send = sent.append
    deliver(box, View().seal(SECRET, key=box.typing))
    deliver(box, {"kind": "ask", "nonce": "ask", "key": View().key})
    assert [answer["kind"] for answer in sent] == ["received", "secret"]


def test_an_interrupt_at_any_line_shows_no_secret() -> None:
    places = 0

    for place, stopped in stop_everywhere(
        exchange_a_secret, lambda path: path.parent == FOLDER
    ):
        places += 1
        for name in ("with locals", "every frame"):
            assert SECRET not in STYLES[name](stopped), (place, name)

    assert places > 40
