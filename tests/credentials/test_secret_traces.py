"""A secret is not in what programs print, store or pass on about an object."""

import copy
import gc
import inspect
import io
import json
import logging
import pickle
import pprint
import reprlib
import string
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.pretty import pretty_repr

from apiuser.credentials.credential import Credential, Secret, Username
from tests.credentials.stopping import stop_everywhere
from tests.credentials.traceback_styles import STYLES
from tests.planted import SECRETS

PLANTED = SECRETS[0]
_CODE = Path(inspect.getfile(Secret)).resolve()
SECRET = Secret(PLANTED)
CREDENTIAL = Credential(username=Username("sample1key", "example.com"), secret=SECRET)


class _Formatter(string.Formatter):
    """A formatter with its own conversions, as logging libraries have."""


def _log(secret: object) -> str:
    stream = io.StringIO()
    logger = logging.Logger("probe", level=logging.DEBUG)  # noqa: LOG001  # its own, unseen elsewhere
    logger.addHandler(logging.StreamHandler(stream))
    logger.debug("made %s and %r and %20.10s", secret, secret, secret)
    logger.debug({"secret": secret})
    return stream.getvalue()


def _walk(value: object) -> str:
    """Follow every attribute two levels down, as a debugger's window does."""
    seen = []
    for name, member in inspect.getmembers(value):
        seen.append(f"{name}={member!r}")
        seen += [f"{name}.{n}={m!r}" for n, m in inspect.getmembers(member)]
    return "\n".join(seen)


PRINTED: dict[str, Callable[[Secret], object]] = {
    "repr": repr,
    "str": str,
    "ascii": ascii,
    "reprlib": reprlib.repr,
    "format": lambda s: format(s, ">40"),
    "format method": lambda s: "{} {!r} {!s} {!a} {:.9}".format(s, s, s, s, s),  # noqa: UP032
    "f-string": lambda s: f"{s} {s!r} {s!s} {s!a} {s:>40} {s=}",
    "percent": lambda s: "%s %r %a" % (s, s, s),  # noqa: UP031
    "formatter": lambda s: _Formatter().format("{0} {0!r}", s),
    "template": lambda s: string.Template("$s").substitute(s=s),
    "container": lambda s: repr([s, {"secret": s}, (s,)]),
    "credential": lambda s: repr(replace(CREDENTIAL, secret=s)),
    "pprint": lambda s: pprint.pformat({"secret": s, "more": [s] * 30}),
    "rich pretty": lambda s: pretty_repr({"secret": s}),
    "json with str": lambda s: json.dumps({"secret": s}, default=str),
    "json with repr": lambda s: json.dumps([s], default=repr),
    "logging": _log,
    "members": _walk,
    "dir": lambda s: repr([getattr(s, name) for name in dir(s)]),
    "astuple without copying": lambda s: repr(
        [getattr(replace(CREDENTIAL, secret=s), n) for n in ("username", "secret")]
    ),
    "referents": lambda s: repr(gc.get_referents(s)),
    "slots": lambda s: repr(
        [getattr(s, n, None) for n in list[str](type(s).__slots__)]
    ),
    "signature": lambda s: repr(inspect.signature(type(s))),
    "closures": lambda s: repr(inspect.getclosurevars(type(s).reveal)),
    "store": lambda s: _walk(sys.modules[type(s).__module__]),
}

REFUSED: dict[str, Callable[[Any], object]] = {
    "pickle": pickle.dumps,
    "pickle of the credential": lambda s: pickle.dumps(replace(CREDENTIAL, secret=s)),
    "oldest pickle": lambda s: pickle.dumps(s, protocol=0),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "asdict": lambda s: asdict(replace(CREDENTIAL, secret=s)),
    "astuple": lambda s: astuple(replace(CREDENTIAL, secret=s)),
    "vars": vars,
    "state": lambda s: s.__getstate__(),
    "json": json.dumps,
    "json with vars": lambda s: json.dumps(s, default=vars),
    "yaml": yaml.dump,
    "bytes": bytes,
    "iteration": list,
    "hash": hash,
    "adding": lambda s: "" + s,
    "dict unpacking": lambda s: dict(**s),
    "setting": lambda s: setattr(s, "text", ""),
    "calling": lambda s: s(),
}


@pytest.mark.parametrize("probe", PRINTED.values(), ids=PRINTED)
def test_what_is_printed_holds_no_secret(probe: Callable[[Secret], object]) -> None:
    printed = str(probe(SECRET))

    assert PLANTED not in printed


@pytest.mark.parametrize("probe", REFUSED.values(), ids=REFUSED)
@pytest.mark.many
def test_what_is_refused_says_no_secret(probe: Callable[[Secret], object]) -> None:
    with pytest.raises((TypeError, AttributeError)) as caught:
        probe(SECRET)

    assert PLANTED not in _print_everywhere(caught.value)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_the_base_class_cannot_take_the_text_out(protocol: int) -> None:
    """Some libraries ask `object` itself for what a pickle would need."""
    try:
        taken = repr(object.__reduce_ex__(SECRET, protocol))
    except TypeError as error:
        taken = str(error)

    assert PLANTED not in taken
    assert PLANTED not in repr(object.__getstate__(SECRET))


def test_revealing_is_the_one_way_to_the_text() -> None:
    assert SECRET.reveal() == PLANTED
    assert Secret(PLANTED) == SECRET
    assert Secret(SECRETS[1]) != SECRET
    assert SECRET != PLANTED
    assert len(SECRET) == len(PLANTED)
    assert not Secret("")


def test_a_second_start_does_not_change_the_text() -> None:
    secret = Secret(PLANTED)

    secret.__init__(SECRETS[1])  # type: ignore[misc]

    assert secret.reveal() == PLANTED


def test_the_text_goes_with_its_secret() -> None:
    made = [Secret(PLANTED) for _ in range(1000)]
    places = {id(secret) for secret in made}
    made.clear()

    later = [Secret(SECRETS[1]) for _ in range(1000)]

    assert places & {id(secret) for secret in later}
    assert {secret.reveal() for secret in later} == {SECRETS[1]}


def _print_everywhere(error: BaseException) -> str:
    """Print all but the frame of the test, which knows the secret."""
    assert error.__traceback__ is not None
    error.__traceback__ = error.__traceback__.tb_next
    return "\n".join(style(error) for style in STYLES.values())


def _fail_with(credential: Credential) -> None:
    secret = credential.secret
    parts = {"login": credential.username.full, "secret": secret, "both": [credential]}
    message = f"cannot use {credential} and {parts}"
    raise ValueError(message, credential, secret)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_traceback_shows_no_secret(style: Callable[[BaseException], str]) -> None:
    with pytest.raises(ValueError, match="cannot use") as caught:
        _fail_with(CREDENTIAL)
    error = caught.value
    assert error.__traceback__ is not None

    told = style(error.with_traceback(error.__traceback__.tb_next))

    assert PLANTED not in told
    assert "cannot use" in told


METHODS: dict[str, Callable[[Secret, Secret], object]] = {
    "reveal": lambda one, _other: one.reveal(),
    "__len__": lambda one, _other: len(one),
    "__bool__": lambda one, _other: bool(one),
    "__eq__": lambda one, other: one == other,
    "__format__": lambda one, _other: f"{one}",
    "__repr__": lambda one, _other: repr(one),
}


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_an_interrupt_inside_the_secret_shows_no_secret(
    method: Callable[[Secret, Secret], object],
) -> None:
    other = Secret(PLANTED)
    places = 0

    for _place, stopped in stop_everywhere(
        lambda: method(SECRET, other), lambda path: path.resolve() == _CODE
    ):
        places += 1
        told = "\n".join(style(stopped) for style in STYLES.values())
        assert "StoppedError" in told
        assert PLANTED not in told

    assert places > 0


def _run(source: str, folder: Path, *options: str) -> str:
    """Run a script that reads the planted secret, and return all it wrote."""
    (folder / "planted.txt").write_text(PLANTED, encoding="utf-8")
    script = folder / "script_test.py"
    script.write_text(textwrap.dedent(source), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *options, script.name],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


START = """
    from pathlib import Path
    from apiuser.credentials.credential import Credential, Secret, Username

    def read():
        return Secret(Path("planted.txt").read_text(encoding="utf-8"))
"""


def test_pytest_shows_no_secret_when_an_assertion_fails(tmp_path: Path) -> None:
    words = "-m pytest -vv --showlocals -p no:cacheprovider -o junit_logging=all"

    told = _run(
        START
        + """
    def test_secrets_are_equal():
        secret = read()
        credential = Credential(username=Username("sample1key"), secret=secret)
        assert secret == Secret("another"), credential
    """,
        tmp_path,
        *words.split(),
        "--junit-xml=report.xml",
    )

    assert "1 failed" in told
    assert PLANTED not in told
    assert PLANTED not in (tmp_path / "report.xml").read_text(encoding="utf-8")


def test_the_last_error_of_a_prompt_shows_no_secret(tmp_path: Path) -> None:
    told = _run(
        START
        + """
    import code, sys, traceback

    prompt = code.InteractiveInterpreter({"read": read})
    prompt.runsource("secret = read()")
    prompt.runsource("raise ValueError(secret, [secret])")
    error = getattr(sys, "last_exc", sys.last_value)
    print(repr(sys.last_value), sys.last_value.args, error.__dict__)
    traceback.print_last()
    frames = traceback.walk_tb(sys.last_traceback)
    print([frame.f_locals.get("secret") for frame, _ in frames])
    """,
        tmp_path,
    )

    assert "ValueError(Secret(hidden)" in told
    assert PLANTED not in told


def test_an_error_in_a_thread_or_a_finalizer_shows_no_secret(tmp_path: Path) -> None:
    told = _run(
        START
        + """
    import threading

    class Holder:
        def __init__(self, secret):
            self.secret = secret
        def __del__(self):
            raise ValueError(self.secret)

    def work(secret):
        raise ValueError(secret)

    thread = threading.Thread(target=work, args=(read(),))
    thread.start()
    thread.join()
    Holder(read())
    """,
        tmp_path,
    )

    assert told.count("ValueError: Secret(hidden)") == 2
    assert PLANTED not in told


def test_a_secret_that_lives_to_the_end_leaves_in_silence(tmp_path: Path) -> None:
    told = _run(
        START
        + """
    import json
    json.kept = read()  # a module that outlives ours
    kept = read()
    loop = [kept]
    loop.append(loop)
    """,
        tmp_path,
    )

    assert told == ""
