"""What a step of the checklist is made of: jobs, notes and fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from apiuser.rules.rule import Source


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
    KEY = "key"
    SECRET = "secret"  # noqa: S105  # a way to enter, not a value


Condition = tuple[str, tuple[object, ...]]
"""A field's key and some of its values; a job without the field meets it."""


def holds(condition: Condition | None, values: Mapping[str, object]) -> bool:
    """Tell whether the values meet a condition."""
    if condition is None:
        return True
    key, wanted = condition
    return key not in values or values[key] in wanted


LEVELS = ("high", "medium", "inferred", "low", "unknown")
"""How certain a statement can be, the most certain first."""


@dataclass(frozen=True, slots=True)
class Note:
    """One statement: what to do, or what is good to know.

    Attributes:
        text: The statement; names of fields in braces stand for their values.
        sources: Where it comes from; none for our own advice.
        about: The rows it is about; blank if it is about its whole step.
        only_if: A field's key and the values of it that make the note count.
        at_most: Its certainty if that is less than its sources': medium, low or
            unknown.
    """

    text: str
    sources: tuple[Source, ...] = ()
    only_if: Condition | None = None
    about: tuple[str, ...] = ()
    at_most: str = ""

    @property
    def shown_certainty(self) -> str:
        """Its certainty if that is less than high, else blank."""
        return "" if self.certainty == "high" else self.certainty

    @property
    def certainty(self) -> str:
        """Inferred, its own or that of the weakest source; blank without any."""
        if any(source.kind == "inference" for source in self.sources):
            return "inferred"
        if self.at_most:
            return self.at_most
        known = {source.certainty for source in self.sources}
        return next((level for level in reversed(LEVELS) if level in known), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of the checklist.

    Attributes:
        key: Its name in saved work and in notes.
        label: Autotask's own label if the value is entered there.
        default: The value before anybody changes it.
        options: What can be chosen or is suggested.
        missing: The instruction if a value is needed and none is there; blank
            if the field may stay empty. A tick with an instruction must be set.
        hint: What is said below its box.
        entered: Whether the value is typed into Autotask, so that it can be copied.
        chosen: Whether the value is chosen from a list in Autotask, where nothing can be
            pasted.
        only_if: Another field's key and the values of it that make this one count.
    """

    key: str
    label: str
    input: Input = Input.TEXT
    default: str | int | bool | None = ""
    options: tuple[str, ...] = ()
    advice: str = ""
    missing: str = ""
    hint: str = ""
    entered: bool = False
    chosen: bool = False
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a job.

    Attributes:
        code: Its name in saved work and in the guide's anchors.
        do: What to do, in order.
        know: Why, and what goes wrong here.
        part: The part of the page that the step is about, blank if none.
    """

    code: str
    title: str
    do: tuple[Note, ...]
    know: tuple[Note, ...] = ()
    fields: tuple[Field, ...] = ()
    part: str = ""
