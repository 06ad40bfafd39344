"""A secret shows itself nowhere but through `reveal`."""

import copy
import dataclasses
import io
import json
import logging
import pickle
import pprint
import string
import sys
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from IPython.core.ultratb import ListTB, VerboseTB

from apiuser.credentials.credential import Credential, Secret, Username
from tests.planted import SECRETS

TEXT = SECRETS[0]
CREDENTIAL = Credential(username=Username("abc1"), secret=Secret(TEXT))


def show_locals(secret: Secret) -> str:
    """Format a traceback whose frames hold the secret."""
    holders = [secret, {"secret": secret}, (secret,), CREDENTIAL]
    try:
        _fail(holders)
    except ZeroDivisionError as error:
        return "".join(
            traceback.TracebackException.from_exception(
                error, capture_locals=True
            ).format()
        )
    return ""


def _fail(holders: object) -> float:
    return 1 / (0 if holders else 1)


def show_verbosely(secret: Secret) -> str:
    """Format the traceback as IPython's most talkative mode does."""
    holders = [secret, {"secret": secret}, CREDENTIAL]
    try:
        _fail(holders)
    except ZeroDivisionError as error:
        return VerboseTB(theme_name="nocolor", include_vars=True).text(
            type(error), error, error.__traceback__
        )
    return ""


def show_plainly(secret: Secret) -> str:
    """Format the traceback of an error that was given the secret."""
    try:
        _refuse(secret)
    except ValueError as error:
        plain = ListTB(theme_name="nocolor").text(
            type(error), error, error.__traceback__
        )
        return plain + traceback.format_exc()
    return ""


def _refuse(secret: Secret) -> None:
    raise ValueError(secret)


def show_excepthook(secret: Secret) -> str:
    """Let the interpreter's own hook print an error with the secret and a note."""
    error = ValueError(secret)
    error.add_note(f"{secret}")
    stream, sys.stderr = sys.stderr, io.StringIO()
    try:
        sys.__excepthook__(ValueError, error, None)
        return sys.stderr.getvalue()
    finally:
        sys.stderr = stream


def show_pytest(secret: Secret) -> str:
    """Compare and fail as an assertion does."""
    with pytest.raises(AssertionError) as caught:
        assert secret == Secret(SECRETS[1])
    return str(caught.value) + str(caught.getrepr(showlocals=True))


def show_log(secret: Secret) -> str:
    """Log the secret, alone and in a holder, with the error that was given it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.Logger("apart", logging.DEBUG)  # noqa: LOG001  # and closed again
    logger.addHandler(handler)
    try:
        _refuse(secret)
    except ValueError:
        logger.exception("%s %r %s", secret, [secret], CREDENTIAL)
    handler.close()
    return stream.getvalue()


PROBES: dict[str, Callable[[Secret], object]] = {
    "repr": repr,
    "str": str,
    "ascii": ascii,
    "format": format,
    "format with a width": lambda s: f"{s:>40}",
    "percent": lambda s: "%s %r" % (s, s),  # noqa: UP031
    "template": lambda s: string.Template("$s").substitute(s=s),
    "list": lambda s: repr([s]),
    "dictionary": lambda s: repr({"secret": s}),
    "credential": lambda s: repr(Credential(username=Username("a"), secret=s)),
    "pprint": lambda s: pprint.pformat({"secret": s}),
    "json with a default": lambda s: json.dumps(s, default=repr),
    "json with str as default": lambda s: json.dumps([s, CREDENTIAL], default=str),
    "logging": show_log,
    "traceback with locals": show_locals,
    "IPython verbose": show_verbosely,
    "IPython plain": show_plainly,
    "excepthook": show_excepthook,
    "failed assertion": show_pytest,
}


@pytest.mark.parametrize("name", PROBES)
def test_a_secret_is_not_shown_by(name: str) -> None:
    shown = str(PROBES[name](Secret(TEXT)))

    assert "Secret(hidden)" in shown
    assert TEXT not in shown


REFUSALS: dict[str, Callable[[Any], object]] = {
    "pickle": pickle.dumps,
    "pickle of a holder": lambda s: pickle.dumps([s]),
    "pickle of a credential": lambda _: pickle.dumps(CREDENTIAL),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "deepcopy of a holder": lambda s: copy.deepcopy({"secret": s}),
    "asdict": lambda _: dataclasses.asdict(CREDENTIAL),
    "vars": vars,
    "json": json.dumps,
    "hash": hash,
    "iteration": list,
    "bytes": bytes,
    "concatenation": lambda s: "" + s,
    "containment": lambda s: "Sample" in s,
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_secret_refuses_what_would_copy_or_show_it(name: str) -> None:
    with pytest.raises(TypeError) as caught:
        REFUSALS[name](Secret(TEXT))

    assert TEXT not in str(caught.value)


def test_a_refusal_to_copy_says_what_a_secret_is_not_for() -> None:
    with pytest.raises(TypeError, match=r"^A Secret cannot be pickled or copied\.$"):
        copy.copy(Secret(TEXT))
    with pytest.raises(TypeError, match=r"^A Secret has no state to take out\.$"):
        Secret(TEXT).__getstate__()


def test_a_secret_is_padded_as_any_text() -> None:
    assert f"{Secret(TEXT):>16}" == "  Secret(hidden)"


def test_a_secret_has_no_dictionary_and_cannot_be_changed() -> None:
    secret = Secret(TEXT)

    assert not hasattr(secret, "__dict__")
    with pytest.raises(AttributeError, match="cannot be changed"):
        secret.text = SECRETS[1]
    assert secret.reveal() == TEXT


def test_a_secret_is_compared_by_its_text_with_secrets_only() -> None:
    assert Secret(TEXT) == Secret(TEXT)
    assert Secret(TEXT) != Secret(SECRETS[1])
    assert Secret(TEXT) != TEXT
    assert Secret("\ud800") == Secret("\ud800")


def test_a_secret_shows_its_length_and_whether_it_is_there() -> None:
    assert len(Secret(TEXT)) == len(TEXT)
    assert Secret(TEXT)
    assert Secret(TEXT[:1])
    assert not Secret("")


def test_a_secret_that_was_never_made_goes_in_silence() -> None:
    Secret.__new__(Secret).__del__()


@pytest.mark.parametrize(
    ("text", "local", "suffix", "full"),
    [
        ("abc1", "abc1", None, "abc1"),
        ("abc1@example.com", "abc1", "example.com", "abc1@example.com"),
        ("abc1@", "abc1", "", "abc1@"),
        ("@example.com", "", "example.com", "@example.com"),
        ("a@b@example.com", "a", "b@example.com", "a@b@example.com"),
        (" a ", " a ", None, " a "),
        ("", "", None, ""),
    ],
)
def test_a_username_is_split_at_its_first_at_sign(
    text: str, local: str, suffix: str | None, full: str
) -> None:
    username = Username.parse(text)

    assert (username.local, username.suffix, username.full) == (local, suffix, full)
