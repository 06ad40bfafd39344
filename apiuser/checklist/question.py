"""What Autotask is asked from a sheet, while the work on it goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apiuser.errors import ApiuserError, locate_error

if TYPE_CHECKING:
    from apiuser.verification.zones import Zone

Said = tuple[str, str]
"""A level, such as ok or warning, and a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came back from Autotask.

    Attributes:
        said: What a person is told.
        symptom: The code of the symptom that it is; blank if there is none.
        zone: The zone of the username that was asked for; None if there is none.
    """

    said: tuple[Said, ...]
    symptom: str = ""
    zone: "Zone | None" = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """One call, which may take a while.

    Attributes:
        name: What the press that asked is called.
        ask: Asks, once; it touches nothing of the sheet, so it may run alongside it.
        keep: Keeps what came back.
    """

    name: str
    ask: Callable[[], Told] = field(repr=False)
    keep: Callable[[Told], None] = field(repr=False)

    def find_answer(self) -> Told:
        """Ask, and say what went wrong if something did.

        Of an unforeseen error only the place is told: its own words may contain what
        was sent.
        """
        try:
            return self.ask()
        except ApiuserError as error:
            text = str(error)
        except Exception as error:  # noqa: BLE001  # as above; nobody else hears of it
            text = f"This did not work ({locate_error(error)}). Report this text."
        return Told(said=(("warning", text),))
