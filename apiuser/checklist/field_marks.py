"""What somebody did with the fields of a sheet."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from apiuser.howto import Stage

_SHOWN_BY = {"username": "full_login", "tracking_identifier": "full_identifier"}
"""The rows of the test that show a field again."""
NOT_YET_WORK = {"tenant", "taken_names", "existing_username"}
"""Fields of the tenant; if only these are filled in, nothing is lost."""
IN_FILES = {"username", "secret", "tracking_identifier"}
"""Fields whose values an encrypted file holds."""
_TICKS = ("saved", "pasted", "tested")
_NOT_ON_PAGE = (
    *("tenant", "taken_names", "menu_word", "consultant", "remarks", "stored"),
    *("policy", "minimum_length", "strong_passwords", "secret_limit", "alphabet"),
    *_TICKS,
)
_UNDONE: Mapping[str, tuple[str, ...]] = dict.fromkeys(_NOT_ON_PAGE, ()) | {
    "existing_username": ("tested",),
    "applications": ("pasted", "tested"),
}
"""The ticks that another value takes back, by field; all of them if not listed."""


def list_undone(key: str) -> tuple[str, ...]:
    """List what is to be done again if a field has another value."""
    return _UNDONE.get(key, _TICKS)


@dataclass(slots=True)
class FieldMarks:
    """The keys of fields and rows by what was done with them.

    Attributes:
        changed: Fields that somebody has typed into, chosen or had made here.
        made: Those of them whose value was made here.
        kept: Those of them whose value is from kept work, however it came there.
        touched: Fields that were changed or checked: findings show there.
        copied: Rows that were copied, each with the code of its stage.
        given: Fields whose value somebody copied or had shown.
        outdated: Rows whose value has changed since it was copied.
        refused: Why what was entered last is not in its field.
        unfolded: Rows whose Change was pressed.
        full: The full username that the sheet shows.
    """

    changed: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    copied: set[tuple[str, str]] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    outdated: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    unfolded: set[str] = field(default_factory=set)
    full: str = ""

    def change(self, key: str, *, made: bool = False) -> None:
        """Note that a field has a new value, typed or made here."""
        self.changed.add(key)
        self.touched.add(key)
        self.made -= {key}
        self.kept -= {key}
        self.given -= {key}
        self.refused.pop(key, None)
        self.made |= {key} if made else set()
        for row in (key, _SHOWN_BY.get(key, key)):
            self._outdate(row)

    def take_up(self, filled: AbstractSet[str]) -> None:
        """Note the fields that kept work has filled in."""
        self.changed |= filled
        self.kept |= filled
        self.touched |= filled

    def show(self, full: str) -> bool:
        """Note the full username that the sheet shows now; tell whether it is another."""
        former, self.full = self.full, full
        if former != full:
            self._outdate(_SHOWN_BY["username"])
        return former != full

    def copy(self, stage: Stage, key: str) -> None:
        """Note that a row was copied in a stage."""
        self.copied.add((stage.code, key))
        self.given |= {key, *(field for field, row in _SHOWN_BY.items() if row == key)}
        self.outdated.discard(key)

    def forget_copies(self, key: str) -> bool:
        """Note that no stage has a copy of a row any more; tell whether one had."""
        copies = {copy for copy in self.copied if copy[1] == key}
        self.copied -= copies
        return bool(copies)

    def _outdate(self, row: str) -> None:
        if self.forget_copies(row):
            self.outdated.add(row)

    def unfold(self, stage: Stage, keys: AbstractSet[str]) -> None:
        """Show fields of a stage that a Change hides."""
        for section in stage.sections:
            self.unfolded |= {row.key for row in section.rows if keys & set(row.more)}

    def change_all(self) -> None:
        """Note that what was copied may have changed."""
        self.outdated |= {key for _, key in self.copied}
        self.copied.clear()
