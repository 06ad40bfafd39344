"""What goes wrong outside the rules, and numbers in the sentences that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import ClassVar

UNKNOWN_EVENT = "The window sent something unknown; load the page again."
"""What is wrong with an event that nothing here sends."""
_SHOWN = 40
"""How many characters of a long text messages show."""


class Remedy(NamedTuple):
    """An option that would allow what was refused.

    Attributes:
        option: The option, in the name of the parameter.
        advice: What to do, in a sentence where `{}` stands for the option and value.
        value: What to give it; None if a person must choose.
    """

    option: str
    advice: str
    value: str | int | None = None


class ApiuserError(Exception):
    """Base of all errors of this package; never raised itself.

    Each face (command, form, Python) names the remedies in its own way, by `explain`.

    Attributes:
        reason: What is wrong, in one or more full sentences without any option.
        path: The file concerned, if there is one; the sentences go on from it.
        line: The line in it, from 1; 0 if it is not known.
        record: The record in it, from 1; 0 if it is not known.
        column: The character in the line, from 1; 0 if it is not known.
        remedies: What would allow it.
    """

    exit_code: ClassVar[int] = 3

    def __init__(  # noqa: PLR0913  # one value for each attribute, by keyword
        self,
        reason: str,
        *,
        path: Path | str | None = None,
        line: int = 0,
        record: int = 0,
        column: int = 0,
        remedies: tuple[Remedy, ...] = (),
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path
        self.line = line
        self.record = record
        self.column = column
        self.remedies = remedies

    def __str__(self) -> str:
        return self.explain(_name_parameter)

    def explain(
        self, name_option: Callable[[Remedy], str], *, named: bool = True
    ) -> str:
        """Return what is wrong, where, and what to do next.

        Args:
            name_option: Returns an option and its value as a person gives them.
            named: Whether the file is named, as where it does not stand beside it.
        """
        place = [str(self.path)] if named and self.path is not None else []
        numbers = ("line", "record", "column")
        known = [f"{name} {n}" for name in numbers if (n := getattr(self, name))]
        place += [", ".join(known)] * bool(known)
        advice = [r.advice.format(name_option(r)) for r in self.remedies]
        # Names of files may hold what turns or colours the text of a terminal.
        return escape_invisible(": ".join((*place, " ".join((self.reason, *advice)))))


def _name_parameter(remedy: Remedy) -> str:
    """Name an option as Python code has it."""
    value = "..." if remedy.value is None else repr(remedy.value)
    return f"{remedy.option}={value}"


class InputError(ApiuserError):
    """What was given can be read but not used."""


class PolicyError(InputError):
    """A policy contradicts itself or its file is not as described."""


class SourceError(InputError):
    """An export cannot be understood as a table of resources."""


class NotNamesError(SourceError):
    """An export or another table was given in place of a list of names."""


class ColumnError(SourceError):
    """A column that a person named is not there."""


class SavedWorkError(InputError):
    """A saved checklist cannot be resumed."""


class PlaceError(InputError):
    """A file may not be written where it was to go, unless that is allowed.

    Attributes:
        permission: What would allow it, in the name of the parameter that does.
    """

    def __init__(self, reason: str, *, path: Path | str, permission: str) -> None:
        super().__init__(reason, path=path)
        self.permission = permission


class AccessError(ApiuserError):
    """A file or folder could not be read or written."""

    exit_code: ClassVar[int] = 4


class LeftError(AccessError):
    """A file could not be written, and something of it or of an old one stays."""


class CallError(AccessError):
    """Autotask was not reached, or what came back is not an answer of its API.

    Attributes:
        sent: Whether the call may have arrived.
    """

    def __init__(self, reason: str, *, sent: bool = True) -> None:
        super().__init__(reason)
        self.sent = sent


class ExtraError(ApiuserError):
    """An optional part that was asked for is not installed."""


def count_noun(number: int, noun: str) -> str:
    """Return a number and its noun, such as `1 record` and `1,204 records`."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def join_parts(parts: Sequence[str]) -> str:
    """Return parts of a sentence as one, such as `one, two, and three`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def join_some(texts: Sequence[str], number: int, *, between: str = ", ") -> str:
    """Join the first of some texts, and say how many more there are.

    Args:
        texts: The first ones.
        number: How many there are.
        between: What is put between two.
    """
    more = number - len(texts)
    rest = f"{between.strip(' ,')} and {more:,} more" if more > 0 else ""
    return between.join(texts) + rest


def escape_invisible(text: str) -> str:
    """Show control and direction characters of a text by their code points."""
    if text.isprintable():  # as nearly all are
        return text
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def show_start(text: str) -> str:
    """Show the beginning of a text that may be long, as `escape_invisible` does."""
    return escape_invisible(text[:_SHOWN])


def explain_unforeseen(error: Exception, advice: str) -> str:
    """Say that something did not work, where in this package, and what to do."""
    return f"This did not work ({locate_error(error)}). {advice}"


def locate_error(error: Exception) -> str:
    """Name the kind of an unforeseen error, and its place in this package.

    Its own words stay out: they may repeat what it was about, which could be a secret.
    """
    import traceback  # noqa: PLC0415  # late: most errors are foreseen
    from pathlib import Path  # noqa: PLC0415

    package = Path(__file__).parent
    places = [
        f"{path.relative_to(package.parent).as_posix()}, line {frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if (path := Path(frame.filename)).is_relative_to(package)
    ]
    place = f" in {places[-1]}" if places else ""
    return f"{type(error).__name__}{place}"
