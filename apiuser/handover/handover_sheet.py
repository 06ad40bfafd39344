"""The handover sheet: what, where, who and when, without the secret."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from apiuser.credentials.encodings_of_a_secret import reveals, reveals_between
from apiuser.credentials.secret_look import shows_secret
from apiuser.errors import InputError, escape_invisible
from apiuser.files.rendering import render
from apiuser.files.reversal import write_reversibly
from apiuser.handover.encrypted_files import OWN_KEY, Handover
from apiuser.handover.entry import Entry, refuse_lines
from apiuser.handover.places import check_place
from apiuser.handover.receiving import ReceivingStep, list_steps

# Entities where Markdown's dialects differ on what a backslash may precede.
_MARKS = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\`*_[]"}
    | {sign: f"&#{ord(sign)};" for sign in "<>&|~$"}
)
_TO_DO = "What to do"
_LACKING = "without its suffix, which applications need"
_PROMISE = "This sheet does not contain the secret."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What goes with a handover file, readable by everybody.

    Attributes:
        title: What the entry is called.
        username: The full username; usernames are not secrets.
        url: Where the credential is used.
        handover: The file it is about.
        made_by: Who hands over.
        meant_for: Who receives.
    """

    title: str
    username: str
    url: str
    handover: Handover
    made_by: str = ""
    meant_for: str = ""

    @classmethod
    def of(
        cls, entry: Entry, handover: Handover, *, made_by: str = "", meant_for: str = ""
    ) -> "Sheet":
        """Return the sheet of an entry and its file.

        Raises:
            InputError: The secret is in one of the names.
        """
        check_sheet_texts(entry, handover.path, made_by=made_by, meant_for=meant_for)
        return cls(
            title=entry.title,
            username=entry.username.full,
            url=entry.url,
            handover=handover,
            made_by=made_by,
            meant_for=meant_for,
        )


def render_markdown(sheet: Sheet) -> str:
    """Write the sheet as Markdown."""
    rows = (
        f"| {_keep_text(name)} | {_keep_text(text)} |\n"
        for name, text in _list_facts(sheet)
    )
    numbered = enumerate(_list_steps(sheet), start=1)
    steps = "".join(_write_step(number, step) for number, step in numbered)
    return (
        f"# {_keep_text(_title(sheet))}\n\n| | |\n| --- | --- |\n{''.join(rows)}\n"
        f"## {_TO_DO}\n\n{steps}\n{_PROMISE}\n"
    )


def _keep_text(text: str) -> str:
    """Return a text as Markdown shows it on one line, its marks kept as they are."""
    lines = (escape_invisible(line).translate(_MARKS) for line in text.splitlines())
    return "<br>".join(lines)


def _write_step(number: int, step: ReceivingStep) -> str:
    """Write a step with its commands, which are kept as they are typed."""
    commands = "".join(
        f"\n    {system}:\n\n        {escape_invisible(command)}\n"
        for system, command in step.commands
    )
    return f"{number}. {step.text}\n{commands}" + "\n" * bool(commands)


def render_html(sheet: Sheet) -> str:
    """Write the sheet as one HTML page that makes no outside request."""
    return render(
        "handover/templates/sheet.html",
        title=_title(sheet),
        facts=_list_facts(sheet),
        to_do=_TO_DO,
        steps=_list_steps(sheet),
        promise=_PROMISE,
    )


_WRITERS: Mapping[str, Callable[[Sheet], str]] = MappingProxyType(
    {".md": render_markdown, ".html": render_html}
)


def check_sheet_texts(
    entry: Entry, path: Path, *, made_by: str = "", meant_for: str = ""
) -> None:
    """Refuse the texts of a sheet that would reveal the secret, or seem to hold one.

    Args:
        entry: What is handed over.
        path: The file that the sheet is about.
        made_by: Who hands over.
        meant_for: Who receives.

    Raises:
        InputError: The secret is in one of them, something in one looks like a secret,
            or a name of a person is not one line.
    """
    people = (("name of the sender", made_by), ("name of the receiver", meant_for))
    for name, text in people:
        refuse_lines(name, text)
    for name, text in (*people, ("place of the file", str(path))):
        if reveals(text, entry.secret):
            message = f"The secret is in the {name}. Take it out."
            raise InputError(message)
    if reveals_between((made_by, meant_for, path.name), entry.secret):
        message = (
            "The secret is in pieces in the names of people and file. Take it out."
        )
        raise InputError(message)
    for name, text in (("title", entry.title), ("address", entry.url), *people):
        if shows_secret(text):
            message = f"Something in the {name} looks like a secret. Take it out."
            raise InputError(message)


def check_sheet(path: str | Path, *, overwrite: bool = False) -> None:
    """Refuse a place for the sheet before any work is done.

    Raises:
        AccessError: The folder is missing or not writable.
        InputError: The ending is unknown or the file exists.
    """
    if Path(path).suffix.lower() not in _WRITERS:
        message = f"{path}: a handover sheet ends in {' or '.join(_WRITERS)}."
        raise InputError(message)
    check_place(path, overwrite=overwrite, inside_git=True)


@contextmanager
def write_sheet(
    sheet: Sheet, path: str | Path, *, overwrite: bool = False
) -> Iterator[None]:
    """Write the sheet; the ending of the path picks Markdown or HTML.

    If the block fails, it is taken back and an old one is restored.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
        InputError: The ending is unknown or the file exists.
        LeftError: Something stays that should not, and is named.
    """
    check_sheet(path, overwrite=overwrite)
    text = _WRITERS[Path(path).suffix.lower()](sheet)
    with write_reversibly(path, text.encode, new=not overwrite):
        yield


def _title(sheet: Sheet) -> str:
    return f"Handover: {sheet.title}"


def _list_facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    handover = sheet.handover
    yield "What", sheet.title
    lacking = "" if "@" in sheet.username else f" ({_LACKING})"
    yield "Username (key)", f"{sheet.username}{lacking}"
    if sheet.url:
        yield "Where it is used", sheet.url
    yield "File", handover.path.name
    yield "Kind", handover.kind
    yield "Size", f"{handover.size} bytes"
    yield "Fingerprint (SHA-256)", handover.sha256
    yield "Opened with", handover.opened_with
    if sheet.made_by:
        yield "From", sheet.made_by
    if sheet.meant_for:
        yield "For", sheet.meant_for
    yield "Made", f"{handover.made_at:%Y-%m-%d %H:%M} UTC"


def _list_steps(sheet: Sheet) -> Iterator[ReceivingStep]:
    handover = sheet.handover
    return list_steps(handover.path, by_key=handover.opened_with == OWN_KEY)
