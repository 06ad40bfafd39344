"""What a diagnosis is made of: a symptom, its causes, and what to look at for each."""

from dataclasses import dataclass

from apiuser.howto.step import LEVELS, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Something that leads to a symptom.

    Attributes:
        name: What it is called in a list, in a few words.
        what: What is wrong, with its sources.
        check: What to look at. No check logs in, so none can lock the user.
        fix: What to do about it.
        row: The row of the sheet where the fix is made; blank if it has none.
        while_waiting: Whether it is the likeliest until a new user can be expected to
            work.
        with_new_secret: Whether it is among the likeliest if the secret is a new one.
        guide: The place in the guide that says more; blank if there is none.
        counted: Public issues and guides that report it, if they were counted.
        words: Groups of words that mean it, as those of a symptom.
    """

    name: str
    what: Note
    check: str
    fix: str
    row: str = ""
    while_waiting: bool = False
    with_new_secret: bool = False
    guide: str = ""
    counted: int = 0
    words: str = ""

    @property
    def kind(self) -> str:
        """The kind of identifier that a user with this cause has; blank for any."""
        return str(self.what.only_if[1][0]) if self.what.only_if else ""

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
        words: Groups of words, with commas between them, that mean it when all words of
            a group are said in their order, with nothing but small words in between.
        means: What it tells and what it does not.
        do: What to do whatever the cause is, in order.
        found: What leads to it, in any order.
        label: Its name on a button of the sheet, blank if the sheet has none.
    """

    code: str
    title: str
    words: str
    means: tuple[Note, ...] = ()
    do: tuple[Note, ...] = ()
    found: tuple[Cause, ...] = ()
    label: str = ""

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What leads to it: the most reports first, of equally many the most certain."""
        return tuple(sorted(self.found, key=_rank))


def _rank(cause: Cause) -> tuple[int, int]:
    certainty = cause.what.certainty
    return -cause.reports, LEVELS.index(certainty) if certainty else len(LEVELS)
