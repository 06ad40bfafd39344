"""Every line that the help of a command gives as an example can be run."""

import datetime as dt
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from apiuser.cli import build_parser
from tests.handover.handover_tools import run_in_terminal
from tests.planted import PASSPHRASES, SECRETS
from tests.verification.stand_in import StandIn, list_settings

ROOT = Path(__file__).parents[2]
DATA = ROOT / "notebooks" / "data"
SERVING = ("apiuser lab", "apiuser form")
TYPED = f"{SECRETS[4]}\n{PASSPHRASES[0]}\n{PASSPHRASES[0]}\n"


def list_commands() -> dict[str, str]:
    """Return the help of each command, that of all of them under a blank name."""
    parser = build_parser()
    group: Any = parser._subparsers  # noqa: SLF001  # nothing public
    (commands,) = group._group_actions  # noqa: SLF001
    helps = {name: sub.format_help() for name, sub in commands.choices.items()}
    return {"": parser.format_help()} | helps


def list_examples() -> list[str]:
    """Return the command lines, without what is said behind them."""
    lines = [
        line.strip().split("   ")[0]
        for text in list_commands().values()
        for line in text.partition("examples:\n")[2].splitlines()
        if line.startswith("  apiuser ")
    ]
    return list(dict.fromkeys(lines))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for half in ("active", "inactive"):
        for place in (tmp_path / f"{half}.csv", tmp_path / f"exports/s_{half}.csv"):
            place.parent.mkdir(exist_ok=True)
            shutil.copy(DATA / f"sample-{half}.csv", place)
    for moment, name in (("before", "monday"), ("after", "tuesday")):
        (tmp_path / name).mkdir()
        for copied in (f"{moment}.csv", f"{name}/all.csv"):
            shutil.copy(DATA / "sample-active.csv", tmp_path / copied)
        answer = '[{"id": 29682885, "userName": "aarcher", "isActive": true}]'
        (tmp_path / f"{moment}.json").write_text(answer)
    (tmp_path / "names.txt").write_text("free1\naarcher\n")
    for name in ("notebooks", "apiuser-notebooks"):
        (tmp_path / name).mkdir()
        shutil.copy(ROOT / "notebooks/create-api-user.ipynb", tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [name for name in list_commands() if name])
def test_each_command_shows_two_examples_or_more_of_itself(name: str) -> None:
    shown = list_commands()[name].partition("examples:\n")[2].splitlines()

    assert len(shown) >= 2
    assert all(line.startswith(f"  apiuser {name}") for line in shown)
    assert max(map(len, shown)) <= 88


@pytest.mark.parametrize(
    "line", [line for line in list_examples() if not line.startswith(SERVING)]
)
def test_an_example_runs_at_a_terminal(
    folder: Path, line: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A command that asks Autotask asks a stand-in.
    for name, value in list_settings(stand_in, folder).items():
        monkeypatch.setenv(name, value)
    bin_folder = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{os.environ['PATH']}")

    # Saved an hour ago, whatever the time is.
    saved = dt.datetime.now().astimezone() - dt.timedelta(hours=1)
    line = line.replace("14:05", f"{saved:%H:%M}")
    typed = f"{SECRETS[4]}\n{stand_in.code}\n" if "--login" in line else TYPED
    code, _ = run_in_terminal(["/bin/sh", "-c", line], typed, folder)

    # 1 says that something was found, as in the names that are taken.
    assert code in {0, 1}
    for name in ("new.kdbx", "key1.kdbx", "report.html", "report.xlsx", "tenants.csv"):
        assert (folder / name).exists() == (name in line)


@pytest.mark.parametrize(
    "line", [line for line in list_examples() if line.startswith(SERVING)]
)
def test_an_example_that_opens_a_browser_is_understood(line: str) -> None:
    options = build_parser().parse_args(line.split()[1:])

    assert options.run
