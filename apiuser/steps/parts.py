"""What a step of the checklist is made of: jobs, notes and fields."""

from dataclasses import dataclass
from enum import StrEnum

from apiuser.rules import Source


class Job(StrEnum):
    """What the consultant came to do."""

    CREATE = "create"
    EDIT = "edit"
    ROTATE = "rotate"


class Input(StrEnum):
    """How a value is given."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    SUGGESTION = "suggestion"
    TICK = "tick"
    SECRET = "secret"  # noqa: S105  # a way to enter, not a value


@dataclass(frozen=True, slots=True)
class Note:
    """One statement: what to do, or what is good to know.

    Attributes:
        text: The statement; names of fields in braces stand for their values.
        sources: Where it comes from; none for our own advice.
    """

    text: str
    sources: tuple[Source, ...] = ()

    @property
    def certainty(self) -> str:
        """The certainty of the surest source, blank without a source."""
        order = ("high", "medium", "low")
        known = {source.certainty for source in self.sources}
        return next((level for level in order if level in known), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of the checklist.

    Attributes:
        key: Its name in saved work and in notes.
        label: Autotask's own label where the value is entered there.
        default: The value before anybody changes it.
        options: What can be chosen or is suggested.
        missing: The instruction where a value is needed and none is there; blank
            where the field may stay empty. A tick with an instruction must be set.
        entered: Whether the value is typed into Autotask, so that it can be copied.
        only_if: Another field's key and the values of it that make this one count.
    """

    key: str
    label: str
    input: Input = Input.TEXT
    default: str | int | bool | None = ""
    options: tuple[str, ...] = ()
    advice: str = ""
    missing: str = ""
    entered: bool = False
    only_if: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a job.

    Attributes:
        code: Its name in saved work and in the guide's anchors.
        do: What to do, in order.
        know: Why, and what goes wrong here.
        part: The part of the page that the step is about, blank where none.
    """

    code: str
    title: str
    do: tuple[Note, ...]
    know: tuple[Note, ...] = ()
    fields: tuple[Field, ...] = ()
    part: str = ""
