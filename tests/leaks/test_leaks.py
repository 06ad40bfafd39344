"""After a command, however it ended, nothing that it left holds a secret of it."""

import sys

import pytest

from apiuser.leaks import ScanReport
from tests.leaks.commands import CODES, COMMANDS, Command, run_command
from tests.leaks.endings import Ending
from tests.leaks.room import PLACES, BlindSearchError, open_room, search
from tests.make_leak_table import PAGE, list_runs
from tests.planted import SECRETS

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
    pytest.mark.many,
]

SAID = {
    Ending.ERROR: ("No space left", "File too large"),
    Ending.INTERRUPT: ("interrupted.",),
}


@pytest.mark.parametrize("ending", CODES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_leaves_no_secret(command: Command, ending: Ending) -> None:
    with open_room() as room:
        secrets = run_command(command, ending, room)

        found = search(room, secrets)
        said = (room["logs"] / "terminal.txt").read_text(encoding="utf-8")

    assert secrets
    assert "Traceback" not in said
    if ending in SAID:
        last = said.splitlines()[-1]
        assert "apiuser: " in last
        assert any(words in last for words in SAID[ending])
    assert found.files["processes"] > 0
    assert found.hits == ()
    assert found.unread == ()


def test_the_page_lists_every_run_without_a_hit() -> None:
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.count("|") == 7
    ][2:]

    assert [row[:2] for row in rows] == list_runs()
    assert {row[-1] for row in rows} == {"0"}


@pytest.mark.parametrize("place", PLACES)
def test_a_leak_in_any_place_is_a_hit(place: str) -> None:
    with open_room() as room:
        left = room[place] / "folder" / "left.txt"
        left.parent.mkdir()
        left.write_text(f"the secret is {SECRETS[0]}")

        found = search(room, SECRETS[:2])

    assert [hit.split(": ")[0] for hit in found.hits] == [str(left)]
    assert found.files == dict.fromkeys(PLACES, 0) | {place: 1}


def test_a_search_that_misses_what_was_planted_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = ScanReport(leaks=(), unread=(), files=0, searched=0, skipped=0)
    monkeypatch.setattr("tests.leaks.room.scan_for", lambda *_: nothing)

    with (
        open_room() as room,
        pytest.raises(BlindSearchError, match="Planted and not found"),
    ):
        search(room, SECRETS[:1])
