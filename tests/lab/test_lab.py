"""`apiuser lab` and `apiuser form` open their form, and end with everything of theirs."""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apiuser.cli import main
from apiuser.errors import AccessError
from apiuser.lab.address import show_addresses
from apiuser.lab.copies import (
    AUDIT,
    FIRST,
    copy_notebooks,
    is_as_shipped,
)
from tests.lab.lab_driver import (
    COMMAND,
    PATIENCE,
    Started,
    find_port,
    list_channels,
    show_form,
    start,
)
from tests.lab.test_copies import VIEW, change_text, read_shipped

PRESS = "Press Run > Run All Cells in the notebook to see the form."


# Writes down whom a program asks for, as Python itself sees it.
_WITNESS = """
import os, sys

def note(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect"):
        with open(os.environ["ASKED"], "a", encoding="utf-8") as asked:
            print(repr(arguments[0 if event.endswith("info") else 1]), file=asked)

sys.addaudithook(note)
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A lab for several tests, which writes down whom it asks and ends in silence."""
    room = tmp_path_factory.mktemp("lab")
    (room / "sitecustomize.py").write_text(_WITNESS, encoding="utf-8")
    environment = {"PYTHONPATH": str(room), "ASKED": str(room / "asked")}
    with start(room, environment=environment) as lab:
        yield lab
        assert lab.end() == (143, "")


@pytest.mark.parametrize("kind", ["lab", "form"])
def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(
    tmp_path: Path, kind: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(AccessError, match="Name another folder"):
        copy_notebooks(tmp_path / "file" / "folder")

    result = subprocess.run(
        [*COMMAND, kind, str(tmp_path / "file")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 4
    assert "Traceback" not in result.stderr


def list_outputs(started: Started, name: str = FIRST) -> list[dict[str, Any]]:
    """Return what a page finds below the cells; it waits until the form is there."""
    cells = started.ask(f"api/contents/{name}")["content"]["cells"]
    return [output for cell in cells for output in cell.get("outputs", ())]


def list_sessions(started: Started) -> list[str]:
    return [session["path"] for session in started.ask("api/sessions")]


def test_the_notebook_that_opens_shows_its_form_and_has_its_kernel(
    lab: Started,
) -> None:
    outputs = list_outputs(lab)
    cells = lab.ask(f"api/contents/{FIRST}")["content"]["cells"]
    sessions = list_sessions(lab)

    assert re.fullmatch(
        rf"API user: http://localhost:\d+/doc/tree/{FIRST}\?token=[\w-]{{30,}}\n",
        lab.printed[0],
    )
    assert lab.printed[1] == (
        f"Audit of usernames: {lab.base}doc/tree/{AUDIT}?token={lab.token}\n"
    )
    assert [VIEW in output["data"] for output in outputs] == [True]
    assert [c["metadata"]["trusted"] for c in cells if c["cell_type"] == "code"] == [
        True
    ]
    assert FIRST in sessions
    assert is_as_shipped(lab.room / "work" / FIRST)


def test_the_channel_to_the_kernel_is_encrypted(lab: Started) -> None:
    show_form(lab, "lab")

    assert {*list_channels(lab.room)} == {("tcp", True, 0o600)}


def test_another_notebook_shows_its_form_to_the_first_who_has_the_token(
    lab: Started,
) -> None:
    list_outputs(lab)  # so the first one has its kernel
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab.base}api/contents/{AUDIT}")  # noqa: S310  # loopback only
    before = list_sessions(lab)
    outputs = list_outputs(lab, AUDIT)
    again = list_outputs(lab, AUDIT)
    sessions = list_sessions(lab)

    assert before == [FIRST]
    assert [VIEW in output["data"] for output in outputs] == [True]
    assert again == outputs
    assert sorted(sessions) == [AUDIT, FIRST]


def test_a_notebook_that_was_changed_is_opened_as_it_is(tmp_path: Path) -> None:
    copy_notebooks(tmp_path / "work")
    change_text(tmp_path / "work" / FIRST)
    before = (tmp_path / "work" / FIRST).read_bytes()

    with start(tmp_path) as lab:
        outputs = list_outputs(lab)
        sessions = list_sessions(lab)
        _, said = lab.end()

    assert [VIEW in output.get("data", {}) for output in outputs] == [False]
    assert sessions == []
    assert (tmp_path / "work" / FIRST).read_bytes() == before
    kept, advice = said.splitlines()
    assert kept == f"apiuser: {tmp_path / 'work' / FIRST} was changed and is kept."
    assert advice == (
        f"apiuser: {FIRST} was changed, so its cells were not run. If that was a "
        f"mistake, delete it and start again: it is then made again. {PRESS}"
    )


_NO_FORMS = """
import sys
from ipykernel.kernelapp import launch_new_instance

sys.modules["apiuser.forms"] = None
launch_new_instance()
"""
FAILING = {
    "no kernel": (["false"], f"The kernel of {FIRST} did not start"),
    "failing cell": (
        [sys.executable, "-c", _NO_FORMS, "-f", "{connection_file}"],
        f"A cell of {FIRST} failed (ModuleNotFoundError).",
    ),
}


@pytest.mark.parametrize(("command", "message"), FAILING.values(), ids=FAILING)
def test_if_there_is_no_form_the_notebook_opens_and_a_sentence_says_why(
    tmp_path: Path, command: list[str], message: str
) -> None:
    kernel = tmp_path / "jupyter" / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": command, "display_name": "Python 3"}))

    with start(
        tmp_path, environment={"JUPYTER_PATH": str(tmp_path / "jupyter")}
    ) as lab:
        outputs = list_outputs(lab)
        _, said = lab.end()

    assert [VIEW in output["data"] for output in outputs] == [False]
    assert (tmp_path / "work" / FIRST).read_bytes() == read_shipped()
    assert f"apiuser: {message}" in said
    assert PRESS in said
    assert "Traceback" not in said


_REFUSING = """
from tornado.web import HTTPError

def refuse(**_):
    raise HTTPError(403, "the disk is full\\r\\x1b[2J")

get_config().ContentsManager.pre_save_hook = refuse
"""


def test_a_notebook_that_cannot_be_written_opens_as_it_is(tmp_path: Path) -> None:
    settings = tmp_path / "config" / "jupyter_server_config.py"
    settings.parent.mkdir()
    settings.write_text(_REFUSING, encoding="utf-8")

    with start(tmp_path) as lab:
        outputs = list_outputs(lab)
        _, said = lab.end()

    assert [VIEW in output["data"] for output in outputs] == [False]
    assert f"apiuser: {FIRST} cannot be written (" in said
    assert f"the disk is full<U+000D><U+001B>[2J). {PRESS}\n" in said.replace("))", ")")


def test_an_address_that_is_printed_steers_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = {"API user": "http://localhost/\x1b[2J\nFAKED"}

    show_addresses(addresses, folder=tmp_path, browser=None)

    assert capsys.readouterr().out.splitlines() == [
        "API user: http://localhost/<U+001B>[2J<U+000A>FAKED",
        "Press Ctrl-C here to end.",
    ]


@pytest.mark.parametrize(
    ("kind", "file", "name"),
    [("lab", "jupyter_lab_config", "ServerApp"), ("form", "voila", "Voila")],
)
def test_a_port_in_use_leads_to_another_one(
    tmp_path: Path, kind: str, file: str, name: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = {file: {name: {"port": port}}}
        with start(tmp_path, kind, settings=settings) as started:
            found = find_port(started)

    assert found not in {0, port}


def test_a_server_that_does_not_start_is_reported_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = {"port": taken.getsockname()[1], "port_retries": 0}
        with (
            pytest.raises(AssertionError, match="ended by itself with code 1"),
            start(tmp_path, settings={"jupyter_lab_config": {"ServerApp": port}}),
        ):
            pass


def test_the_server_may_be_shut_down_from_its_page(tmp_path: Path) -> None:
    with start(tmp_path) as lab:
        list_outputs(lab)  # so the kernel runs
        lab.ask("api/shutdown", method="POST")
        code = lab.process.wait(PATIENCE)

    assert code == 0


def test_the_lab_asks_no_other_host_for_news_a_newer_release_or_extensions(
    lab: Started,
) -> None:
    for path in ("update", "news", "extensions?query=sample&refresh=1"):
        lab.ask(f"lab/api/{path}")

    hosts = (lab.room / "asked").read_text(encoding="utf-8").splitlines()
    assert "'localhost'" in hosts  # so the witness was there
    assert [host for host in hosts if not is_this_machine(host)] == []


def is_this_machine(host: str) -> bool:
    """Tell whether a noted host is this machine; a path is a socket of its own."""
    return any(name in host for name in ("'127.0.0.1'", "'localhost'", "'::1'", "'/"))


def test_jupyterlab_that_is_started_otherwise_has_the_same_settings(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "jupyter", "lab", "--show-config-json"]
    clean = {"HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path)}

    done = subprocess.run(
        command, env=os.environ | clean, capture_output=True, check=True
    )

    settings = json.loads(done.stdout)
    assert settings["KernelManager"] == {"transport_encryption": "auto"}
    assert settings["LabApp"] == {
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "news_url": None,
    }


def test_without_voila_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "voila", None)

    code = main(["form", str(tmp_path / "new")])

    assert code == 3
    assert capsys.readouterr().err == (
        "apiuser: The form needs Voilà. Run: uv run --extra app apiuser form\n"
    )
    assert not (tmp_path / "new").exists()
