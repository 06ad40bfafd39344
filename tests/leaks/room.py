"""A fresh home, temp and work folder for one run, and the search of all of it."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from apiuser.credentials.credential import Secret
from apiuser.leaks import scan_for
from tests.leaks.copies import plant_copies
from tests.leaks.processes import list_processes, write_samples

PLACES = ("home", "temp", "work", "logs", "processes", "browser")
"""The folders of a room: the last three hold what was logged, sampled and browsed."""
_NOT_OURS = ("JUPYTER", "IPYTHON", "XDG_", "PYTEST", "APIUSER")


class BlindSearchError(Exception):
    """A search did not find what was planted for it, so its zero says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The folders of one run, each fresh.

    Attributes:
        base: The folder that holds them.
        samples: What was seen of processes: command lines and environments.
    """

    base: Path
    samples: set[bytes] = field(default_factory=set)

    @classmethod
    def make(cls, base: Path) -> Self:
        """Make the folders."""
        for name in PLACES:
            (base / name).mkdir(parents=True, mode=0o700)
        return cls(base=base)

    def __getitem__(self, name: str) -> Path:
        return self.base / name

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that knows no home and temp folder but ours."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_OURS)}
        home, temp = str(self["home"]), str(self["temp"])
        return kept | {
            "HOME": home,
            "USERPROFILE": home,
            "TMPDIR": temp,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def sample(self) -> None:
        """Note the command line and environment of each process of this room."""
        for process in list_processes(self["home"]):
            self.samples.add(process.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was searched after a run.

    Attributes:
        files: The number of files in each place.
        size: The bytes of all of them.
        hits: Each file that holds a canary, and how.
        unread: What could not be searched.
    """

    files: dict[str, int]
    size: int
    hits: tuple[str, ...]
    unread: tuple[str, ...]


@contextlib.contextmanager
def open_room() -> Iterator[Room]:
    """Make a room that is gone afterwards."""
    base = Path(tempfile.mkdtemp(prefix="leaks-"))
    try:
        yield Room.make(base)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def search(room: Room, canaries: Sequence[str]) -> Search:
    """Search every place for every canary, after proving that it would be found.

    In each place a copy of the canary is planted in every encoding, and in the list
    of processes a process that has it in its command line and environment.

    Raises:
        BlindSearchError: A planted copy was not found.
    """
    write_samples(room["processes"], room.samples)
    files = {name: _list_files(room[name]) for name in PLACES}
    size = sum(path.stat().st_size for found in files.values() for path in found)
    hits: list[str] = []
    unread: list[str] = []
    for canary in canaries:
        copies = plant_copies(room[PLACES[0]] / "planted", canary)
        for name in PLACES[1:]:
            shutil.copytree(room[PLACES[0]] / "planted", room[name] / "planted")
        planted = [
            room[name] / "planted" / one.name for name in PLACES for one in copies
        ]
        planted += _plant_process(room, canary)
        report = scan_for(Secret(canary), [room.base])
        found = {leak.path for leak in report.leaks}
        if missed := [str(path) for path in planted if path not in found]:
            message = f"Planted and not found: {', '.join(missed)}"
            raise BlindSearchError(message)
        hits += [str(leak) for leak in report.leaks if leak.path not in planted]
        unread += [str(part) for part in report.unread]
        for name in PLACES:
            shutil.rmtree(room[name] / "planted")
    return Search(
        files={name: len(found) for name, found in files.items()},
        size=size,
        hits=tuple(hits),
        unread=tuple(dict.fromkeys(unread)),
    )


def _list_files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()]


def _plant_process(room: Room, canary: str) -> list[Path]:
    """Let a process hold the canary, and sample it as any other."""
    samples: set[bytes] = set()
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()", canary],
        env=room.environment | {"PLANTED": canary},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # its own command line stands by now
        samples = {
            part
            for seen in list_processes(room["home"])
            if seen.number == process.pid
            for part in (seen.command, seen.environment)
        }
        process.communicate(b"\n")
    return write_samples(room["processes"] / "planted", samples)
