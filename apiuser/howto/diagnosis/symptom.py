"""What a diagnosis is made of: a symptom, its causes, and what to look at for each."""

from dataclasses import dataclass

from apiuser.howto.step import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Something that leads to a symptom.

    Attributes:
        what: What is wrong, with its sources.
        check: What to look at. No check logs in, so none can lock the user.
        fix: What to do about it.
        guide: The place in the guide that says more, blank if there is none.
        counted: Public issues and guides that report it, if they were counted.
    """

    what: Note
    check: str
    fix: str
    guide: str = ""
    counted: int = 0

    @property
    def reports(self) -> int:
        """How many public sources report it: as counted, or those that are named."""
        named = [source for source in self.what.sources if source.kind != "inference"]
        return max(self.counted, len(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """Something that a person meets after Save.

    Attributes:
        code: Its name on the command line, in events and in the guide's anchors.
        title: What a person recognises it by.
        words: Groups of words, in lower-case letters, that mean it when all of a group
            are said in their order.
        means: What it tells and what it does not.
        do: What to do whatever the cause is, in order.
        found: What leads to it, in any order.
        label: Its name on a button of the sheet, blank if the sheet has none.
    """

    code: str
    title: str
    words: tuple[str, ...]
    means: tuple[Note, ...] = ()
    do: tuple[Note, ...] = ()
    found: tuple[Cause, ...] = ()
    label: str = ""

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What leads to it, the cause with the most reports first."""
        return tuple(sorted(self.found, key=lambda cause: -cause.reports))
