"""What other users of a machine could see of our processes while they ran."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PERIOD = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A running process: its number, its command line and its environment."""

    number: int
    command: bytes
    environment: bytes

    @property
    def told(self) -> bytes:
        """Both, as a list of processes shows them."""
        return self.command + b"\n" + self.environment


def list_processes(home: Path) -> Iterator[Process]:
    """List the processes whose home is the given one, and what they started."""
    mark = b"\0HOME=" + bytes(home) + b"\0"
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it may have ended
            environment = (folder / "environ").read_bytes()
            if mark in b"\0" + environment:
                command = (folder / "cmdline").read_bytes()
                yield Process(
                    number=int(folder.name), command=command, environment=environment
                )


def write_samples(folder: Path, samples: Iterable[bytes]) -> list[Path]:
    """Write each sample into a file, to be searched like all others."""
    folder.mkdir(exist_ok=True)
    paths = []
    for number, sample in enumerate(sorted(samples)):
        path = folder / f"process-{number}.txt"
        path.write_bytes(sample)
        paths.append(path)
    return paths


@contextlib.contextmanager
def watch(sample: Callable[[], None]) -> Iterator[None]:
    """Take samples again and again until the end."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(_PERIOD):
            sample()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
