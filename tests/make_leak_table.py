"""Write docs/leaks.md, what each run left of a secret: `python -m tests.make_leak_table`.

It runs the commands in a terminal, the forms in JupyterLab, Voilà and the guide's page
in a browser and the build of the site, each in fresh folders and each to every ending
that it has, and searches all that they left. It takes some ten minutes.
"""

import datetime as dt
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.leaks import commands, page, site
from tests.leaks.commands import COMMANDS, run_command
from tests.leaks.copies import ENCODINGS
from tests.leaks.endings import Ending
from tests.leaks.room import Room, Search, open_room, search
from tests.leaks.sessions import SESSIONS, run_session

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "leaks.md"
_HEAD = "| run | ending | secrets looked for | files searched | size | hits |"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One run and what was found after it."""

    name: str
    ending: Ending
    secrets: int
    found: Search

    def __str__(self) -> str:
        files = ", ".join(f"{name} {n}" for name, n in self.found.files.items() if n)
        size = _write_size(self.found.size)
        unread = f", {len(self.found.unread)} not readable" * bool(self.found.unread)
        cells = (
            self.name,
            self.ending,
            str(self.secrets),
            files,
            size,
            f"{len(self.found.hits)}{unread}",
        )
        return f"| {' | '.join(cells)} |"


def _write_size(size: int) -> str:
    return "below 0.1 MB" if size < 50_000 else f"{size / 1e6:.1f} MB"


def list_runs() -> list[tuple[str, Ending]]:
    """Return the name and ending of each row of the table."""
    forms = [(form.name, ending) for form in SESSIONS for ending in form.endings]
    pages = [(page.NAME, ending) for ending in page.ENDINGS]
    builds = [(site.NAME, ending) for ending in site.CODES]
    runs = [(one.name, ending) for one in COMMANDS for ending in commands.CODES]
    return [*forms, *pages, *builds, *runs]


def run_all() -> Iterator[Row]:
    """Run everything, and search after each run."""
    saved: tuple[bytes, list[str]] | None = None
    for session in SESSIONS:
        for ending in session.endings:
            with open_room() as room:
                secrets = run_session(session, ending, room)
                yield _look(session.name, ending, secrets, room)
                if saved is None:
                    saved = (room["work"] / site.NOTEBOOK).read_bytes(), secrets
    assert saved is not None
    with page.build() as folder:
        for ending in page.ENDINGS:
            with open_room() as room:
                secrets = page.run_page(folder, ending, room)
                yield _look(page.NAME, ending, secrets, room)
    for ending in site.CODES:
        with open_room() as room:
            site.build_site(saved[0], ending, room)
            yield _look(site.NAME, ending, saved[1], room)
    for command in COMMANDS:
        for ending in commands.CODES:
            with open_room() as room:
                secrets = run_command(command, ending, room)
                yield _look(command.name, ending, secrets, room)


def _look(name: str, ending: Ending, secrets: list[str], room: Room) -> Row:
    found = search(room, secrets)
    for line in (*found.hits, *found.unread):
        sys.stderr.write(f"{name}, {ending}: {line}\n")
    row = Row(name=name, ending=ending, secrets=len(secrets), found=found)
    sys.stderr.write(f"{row}\n")
    return row


def render(rows: list[Row], *, day: dt.date) -> str:
    """Return the page."""
    hits = sum(len(row.found.hits) for row in rows)
    lines = [
        *_INTRODUCTION.format(day=day.isoformat(), encodings=ENCODINGS).splitlines(),
        f"{len(rows)} runs, {hits} hits.",
        "",
        _HEAD,
        "| --- " * _HEAD.count(" |") + "|",
        *map(str, rows),
        "",
        *_REST.splitlines(),
    ]
    return "\n".join(lines) + "\n"


_INTRODUCTION = """\
# What a secret leaves behind

This table was measured on {day} by `uv run --extra handover --group test python -m tests.make_leak_table`, on Linux.
Each run uses the real program, with new home, temp and work folders and secrets of its own.
Everything that it left behind is then searched with the program's own [scan](scan.md).

| place | what is there |
| --- | --- |
| home | settings, IPython's history, Jupyter's runtime and data folders, saved checklists, handover files |
| temp | whatever a program puts into its temporary folder |
| work | notebooks and their checkpoints, downloads, reports, records, handover files, the built site |
| logs | what server and kernels log at debug level, and what a terminal showed |
| processes | command lines and environments of all processes of the run, sampled every 50 ms |
| browser | the profile of the browser |

The search knows these encodings: {encodings}.
First, a copy of each secret in each encoding is planted in each place, and a process is started with the secret in its command line and environment; if the search does not find them all, the run stops, so a zero means something.

The secrets are those that the run generated or typed, passphrases too.
A generated one is read where the program shows it: on the terminal, in the page or from the clipboard.
If a terminal has to show a secret once, one copy is removed from its log before the search.
The file of `--plaintext`, and the hidden draft of it that a kill leaves, contain the secret by design, and are removed before the search.

"""
_REST = """\
## How the runs end

| ending | commands | forms in JupyterLab and Voilà | form in the page | site |
| --- | --- | --- | --- | --- |
| normal | the command is done | all is saved, the server is told to end | the page is left for another | the site is built |
| error | the output or the disk is full | in JupyterLab a cell fails with the form at hand under `%xmode Verbose` and is saved; in Voilà the kernel is killed | the page's Python fails | a page names a source that does not exist |
| Ctrl-C | typed in the terminal once the secret is made, the file is written and not yet in its place, or an export is opened | sent to the server while a secret is shown | sent to the browser while a secret is shown | sent once the notebook's page is built |
| SIGKILL | at the same moment | server, kernel and browser at once, while a secret is shown | the browser, while a secret is shown | at the same moment |
| kernel killed | | the kernel alone, while a secret is shown, and the server is told to end | | |

In JupyterLab the state of widgets is saved with the notebook.
An audit, a comparison and the site's build have no secret of their own.
So the first two run in a process or kernel that generated one before, and the site is built from the notebook that was saved after the first run of the table.
Creating includes the encrypted handover, its sheet and the record.
The draft of `--plaintext` is read at the moment of the stop, to see that it contains the secret then.
Commands run in a terminal and under a watcher, which learns each secret as it is made and lets the command wait at the moment of a stop.

## Not run

Windows and macOS, browsers other than Chromium, memory, swap and crash dumps, the clipboard histories of desktops, and JupyterLab with collaboration.
What cannot be promised is on the page [What happens to a secret](security.md).
"""

if __name__ == "__main__":
    # A shell starts background work with Ctrl-C ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    made = list(run_all())
    PAGE.write_text(
        render(made, day=dt.datetime.now(dt.UTC).date()), encoding="utf-8", newline="\n"
    )
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} is written.\n")
    sys.exit(any(row.found.hits for row in made))
