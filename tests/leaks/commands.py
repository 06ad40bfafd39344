"""The commands that meet a secret, each ended in every way."""

import base64
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.leaks.endings import Ending
from tests.leaks.processes import watch
from tests.leaks.room import Room
from tests.leaks.witness import MADE, READ, WRITTEN
from tests.planted import PASSPHRASES, SECRETS
from tests.verification.stand_in import LOGIN, StandIn, list_settings, open_stand_in

ROOT = Path(__file__).parents[2]
_LOGIN = "sample1key@example.com"
_SECRET = SECRETS[4]
_RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
_DATA = ROOT / "notebooks" / "data"
_FEW_BYTES = 20
_LONGEST = 60
_CTRL_C = b"\x03"
_DRAFT = ".apiuser-*.draft"

CODES: Mapping[Ending, set[int]] = {
    Ending.NORMAL: {0, 1},
    Ending.ERROR: {4},
    Ending.INTERRUPT: {130},
    Ending.KILL: {-signal.SIGKILL},
}
"""The exit codes that prove an ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command, what is typed at its prompts, and the moment at which it is stopped.

    Attributes:
        name: What the table calls it.
        words: The words after `apiuser`; `then` begins another one of the process.
        typed: An answer for each prompt.
        shows: Whether a terminal is shown the last secret, once.
        plain: The file that holds the secret by design after an ending, as a pattern.
        moment: What must have happened before a stop, and how often.
        full: What is full in the ending by an error.
        failing: More words in that ending.
        asks: Whether it asks Autotask, in whose place a stand-in answers.
    """

    name: str
    words: tuple[str, ...]
    typed: tuple[str, ...] = ()
    shows: bool = False
    plain: Mapping[Ending, str] = field(default_factory=dict)
    moment: tuple[str, int] = (MADE, 1)
    full: str = "output"
    failing: tuple[str, ...] = ()
    asks: bool = False


COMMANDS = (
    Command(
        name="`apiuser generate`",
        words=("generate",),
        shows=True,
        failing=("--show-secret",),
    ),
    Command(
        name="`apiuser check --secret`, typed at the prompt",
        words=("check", "--secret"),
        typed=(_SECRET,),
    ),
    Command(
        name="`apiuser handover`, KeePass, all generated",
        words=("handover", "--generate", "--to", "new.kdbx", "--sheet", "new.md"),
        shows=True,
        moment=(WRITTEN, 1),
        full="disk",
    ),
    Command(
        name="`apiuser handover`, age, all typed",
        words=("handover", _LOGIN, "--to", "new.age", "--ask-passphrase"),
        typed=(_SECRET, PASSPHRASES[0], PASSPHRASES[0]),
        moment=(WRITTEN, 1),
        full="disk",
    ),
    Command(
        name="`apiuser handover`, age, for a key",
        words=("handover", "--generate", "--to", "new.age", "--recipient", _RECIPIENT),
        moment=(WRITTEN, 1),
        full="disk",
    ),
    Command(
        name="`apiuser handover --paste`, typed at the prompt",
        words=("handover", _LOGIN, "--paste", "env"),
        typed=(_SECRET,),
        shows=True,
        moment=(MADE, 3),  # the secret, the username and what is to be pasted
        failing=("--show-secret",),
    ),
    Command(
        name="`apiuser handover --plaintext`, typed at the prompt",
        words=("handover", _LOGIN, "--plaintext", "new.csv"),
        typed=(_SECRET,),
        plain={Ending.NORMAL: "new.csv", Ending.KILL: _DRAFT},
        moment=(WRITTEN, 1),
        full="disk",
    ),
    Command(
        name="`apiuser scan --secret`, typed at the prompt",
        words=("scan", "--secret", str(_DATA)),
        typed=(_SECRET,),
    ),
    Command(
        name="`apiuser verify --login`, typed at the prompt",
        words=("verify", LOGIN, "--login", "--now"),
        typed=(_SECRET, StandIn.code),
        asks=True,
    ),
    Command(
        name="`apiuser audit`, in a process that generated a secret before",
        words=(
            *("generate", "then", "audit"),
            *(
                str(_DATA / f"sample-faulty-{half}.csv")
                for half in ("active", "inactive")
            ),
            *(
                f"--report=report.{ending}"
                for ending in ("html", "csv", "json", "xlsx")
            ),
        ),
        shows=True,
        moment=(WRITTEN, 1),
        full="disk",
    ),
    Command(
        name="`apiuser compare`, in a process that generated a secret before",
        words=(
            *("generate", "--show-secret", "then", "compare"),
            *(
                str(_DATA / f"sample-{kind}.csv")
                for kind in ("active", "faulty-active")
            ),
        ),
        shows=True,
        moment=(READ, 1),
    ),
)


class _Terminal:
    """A command in a terminal, which waits at each moment for our word."""

    def __init__(
        self,
        words: Sequence[str],
        room: Room,
        *,
        full: bool,
        settings: Mapping[str, str],
    ) -> None:
        self.moments: list[str] = []
        self.secrets: list[str] = []
        self.shown = b""
        self._own, theirs = os.openpty()
        self._told, tell = os.pipe()
        hear, self._go = os.pipe()
        with Path("/dev/full").open("wb") as nowhere:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.leaks.witness",
                    str(tell),
                    str(hear),
                    *words,
                ],
                stdin=theirs,
                stdout=nowhere if full else theirs,
                stderr=theirs,
                cwd=room["work"],
                env=room.environment | {"PYTHONPATH": str(ROOT), **settings},
                pass_fds=(tell, hear),
                start_new_session=True,
            )
        for number in (theirs, tell, hear):
            os.close(number)

    def follow(self, typed: Sequence[str]) -> Iterator[None]:
        """Answer each prompt, and return at each moment, when the command waits."""
        answers = list(typed)
        watched = {self._own, self._told}
        while watched:
            ready = select.select(watched, (), (), _LONGEST)[0]
            if not ready:
                message = f"nothing happened for {_LONGEST} s after {self.moments}"
                raise TimeoutError(message)
            for number in ready:
                part = _read(number)
                if not part:
                    watched.remove(number)
                elif number == self._told:
                    moment, text = part.split(b" ")
                    self.moments.append(moment.decode())
                    if text.strip():
                        self.secrets.append(base64.b64decode(text).decode())
                    yield
                else:
                    self.shown += part
                    # Echo is off by the time a prompt is there.
                    if self.shown.endswith(b": ") and answers:
                        os.write(self._own, f"{answers.pop(0)}\n".encode())

    def go_on(self) -> None:
        """Let the command go on from where it waits."""
        os.write(self._go, b".")

    def stop(self, ending: Ending) -> None:
        """Press Ctrl-C, or kill the command."""
        if ending is Ending.INTERRUPT:
            os.write(self._own, _CTRL_C)
        else:
            self.process.kill()

    def close(self) -> int:
        """Return the exit code when all is read."""
        for number in (self._own, self._told, self._go):
            os.close(number)
        return self.process.wait(_LONGEST)


def run_command(command: Command, ending: Ending, room: Room) -> list[str]:
    """Run a command to its ending, and return the secrets that took part.

    What the terminal showed is left in the logs, without what it had to show. A file
    that holds the secret by design is taken away, and nothing else.
    """
    fails = ending is Ending.ERROR
    limit = _FEW_BYTES if fails and command.full == "disk" else 0
    words = [str(limit), *command.words, *(command.failing if fails else ())]
    settings: Mapping[str, str] = {}
    with ExitStack() as stack:
        if command.asks:
            stand_in = stack.enter_context(open_stand_in(StandIn(secret=_SECRET)))
            settings = list_settings(stand_in, room["home"])
        stack.enter_context(watch(room.sample))
        terminal = _Terminal(
            words, room, full=fails and command.full == "output", settings=settings
        )
        try:
            _follow(terminal, command, ending, room)
            code = terminal.close()
        finally:
            terminal.process.kill()  # where something went wrong before its end
    if code not in CODES[ending]:
        message = (
            f"{command.name} ended with {code}, not as {ending}: {terminal.shown!r}"
        )
        raise RuntimeError(message)
    log = terminal.shown
    if command.shows:
        # As terminals end lines. What is made later may be a copy to compare with.
        made = [secret.replace("\n", "\r\n") for secret in terminal.secrets]
        shown = next((s for s in reversed(made) if s.encode() in log), made[-1])
        log = log.replace(shown.encode(), b"(shown)", 1)
    (room["logs"] / "terminal.txt").write_bytes(log)
    secrets = dict.fromkeys(terminal.secrets)
    if ending in command.plain:
        _find_plain(room["work"], command.plain[ending], secrets).unlink()
    # The username goes through the same quoting as the secret, and is none.
    return [secret for secret in secrets if secret not in command.words]


def _find_plain(folder: Path, pattern: str, secrets: Iterable[str]) -> Path:
    """Return the one file that holds a secret by design."""
    (file,) = folder.glob(pattern)
    if not any(secret in file.read_text("utf-8") for secret in secrets):
        message = f"{file} does not hold what it is there for"
        raise RuntimeError(message)
    return file


def _follow(terminal: _Terminal, command: Command, ending: Ending, room: Room) -> None:
    stopped = False
    for _moment in terminal.follow(command.typed):
        room.sample()  # it waits, so even the shortest run is seen
        moment, times = command.moment
        reached = terminal.moments.count(moment) == times
        if reached and not stopped and ending in {Ending.INTERRUPT, Ending.KILL}:
            if command.plain:
                _find_plain(room["work"], _DRAFT, terminal.secrets)
            terminal.stop(ending)
            stopped = True
        else:
            terminal.go_on()


def _read(number: int) -> bytes:
    try:
        return os.read(number, 4096)
    except OSError:  # how Linux reports the end of a terminal
        return b""
