"""What Autotask is asked from a sheet: the zone of a username, and one log-in."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apiuser.checklist.desk import ASKS_NOBODY, Desk, Told, ToldLine
from apiuser.checklist.press_results import SILENCE, Said
from apiuser.checklist.state import Checklist
from apiuser.credentials.credential import Secret
from apiuser.errors import ApiuserError, InputError, explain_unforeseen
from apiuser.howto import diagnosis
from apiuser.howto.finishing import WAIT_MINUTES, find_ready

if TYPE_CHECKING:
    from apiuser.verification.zones import Zone

OTHER = "other"
"""The answer that is none of those to choose from; it may still be recognised."""
_UNKNOWN = "No answer known here says that. If none above fits, ask the vendor."
_DROPPED = (
    "A log-in was on its way when {}. Its answer is not shown, and "
    "whether it counted as a failure is not known: check Locked on the user's page "
    "before another try."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """One call, which may take a while.

    Attributes:
        name: What the press that asked is called.
        ask: Asks, once; it touches nothing of the sheet, so it may run alongside it.
        keep: Keeps what came back.
        dropped: Is set once nobody waits for the answer.
    """

    name: str
    ask: Callable[[], Told] = field(repr=False)
    keep: Callable[[Told], None] = field(repr=False)
    dropped: threading.Event = field(default_factory=threading.Event)

    def find_answer(self) -> Told:
        """Ask, and say what went wrong if something did.

        Of an unforeseen error only the place is told: its own words may contain what
        was sent.
        """
        if self.dropped.is_set():
            return Told(lines=())
        try:
            return self.ask()
        except ApiuserError as error:
            text = str(error)
        except Exception as error:  # noqa: BLE001  # as above; nobody else hears of it
            text = explain_unforeseen(error, "Report this text.")
        return Told(lines=(("warning", text),))


@dataclass(slots=True)
class Calls:
    """The calls of one sheet.

    Attributes:
        checklist: The values of the job.
        desk: What asks.
        question: What Autotask is being asked; whoever drives the session calls its
            `find_answer`, and hands the result to `Session.take_told`.
        opened: The symptom whose causes are shown, if any.
        answer: The symptom that the application or a log-in answered with, if any.
        failed: The last one that there was, though a log-in may have worked since.
        looked_up: The username whose zone was asked for, and what came back.
        tried: What was logged in with, as far as it may be known, and what came back.
    """

    checklist: Checklist
    desk: Desk
    question: Question | None = None
    opened: str = ""
    answer: str = ""
    failed: str = ""
    looked_up: tuple[str, Told] = ("", Told(lines=()))
    tried: tuple[object, tuple[ToldLine, ...]] = (None, ())

    @property
    def told_of_zone(self) -> Told:
        """What came back for the username that the sheet shows; nothing before."""
        username, told = self.looked_up
        return told if username == self.checklist.username.full else Told(lines=())

    @property
    def waits(self) -> bool:
        """Whether a new user may not work yet, as far as the sheet knows."""
        saved = self.checklist.times.get("saved")
        return saved is None or self.checklist.clock() < find_ready(saved)

    def name_attempt(self, number: int) -> tuple[str, str, int]:
        """Return what a log-in is made with: username, identifier, number of the secret."""
        username = self.checklist.username.full
        return username, self.checklist.text("tracking_identifier"), number

    def look_up(self) -> Said:
        """Ask for the zone of the username; return what to say meanwhile.

        Raises:
            InputError: Nobody can be asked from here, or is being asked already.
        """
        username, desk = self.checklist.username.full, self.desk

        def keep(told: Told) -> None:
            self.looked_up = username, told

        return self._ask(
            "zone", lambda: desk.look_up(username), keep, threading.Event()
        )

    def prepare_log_in(self, *, early: bool) -> tuple["Zone", Secret]:
        """Return where and with what to log in, if a log-in may be tried.

        Args:
            early: Whether it is wanted before a new user is sure to work.

        Raises:
            InputError: Something is missing, or it is too early.
        """
        secret, zone = self.checklist.secret, self.told_of_zone.zone
        if zone is None:
            message = "Press Look up first: a log-in needs a known zone."
        elif secret is None:
            message = "There is no secret to log in with; generate or paste it first."
        elif not self.checklist.text("tracking_identifier"):
            message = "Enter the tracking identifier first, in the stage before."
        elif self.waits and not early:
            message = f"A new user can take {WAIT_MINUTES} minutes to work. Wait."
        else:
            return zone, secret
        raise InputError(message)

    def refused(self, number: int) -> bool:
        """Tell whether the last log-in was with these values, and was refused."""
        attempt, said = self.tried
        return attempt == self.name_attempt(number) and said[0][0] == "error"

    def log_in(self, number: int, *, early: bool) -> Said:
        """Log in once, with the secret that has this number; return as `look_up`.

        Raises:
            InputError: As `look_up` and `prepare_log_in`.
        """
        zone, secret = self.prepare_log_in(early=early)
        attempt, desk, dropped = self.name_attempt(number), self.desk, threading.Event()
        username, identifier, _ = attempt

        def keep(told: Told) -> None:
            self.tried = attempt, told.lines

        def ask() -> Told:
            return desk.log_in(zone, username, secret, identifier, dropped)

        return self._ask("login", ask, keep, dropped)

    def take_told(self, question: Question, told: Told) -> bool:
        """Keep what came back; tell whether it was still waited for."""
        if question is not self.question:
            return False
        self.question = None
        question.keep(told)
        if question.name == "login" and told.symptom:
            self.opened = told.symptom
            self.take_answer(told.symptom)
        elif question.name == "login" and told.lines[0][0] == "ok":
            self.opened = self.answer = ""
        return True

    def toggle_answer(self, symptom: str, *, given: bool) -> None:
        """Show the causes of an answer, or keep that it was given; or no longer."""
        if given:
            self.take_answer("" if symptom == self.answer else symptom)
        else:
            self.opened = "" if symptom == self.opened else symptom

    def recognise(self, words: Secret) -> Said:
        """Show the causes of the answer that a person's words mean.

        The words are not kept: whoever pastes a message may paste a secret with it.

        Returns:
            What to say if they mean none that is known.
        """
        found = diagnosis.find_symptoms(words.reveal())
        self.opened = found[0][0].code if found else OTHER
        return SILENCE if found else Said("recognise", _UNKNOWN)

    def take_answer(self, symptom: str) -> None:
        """Keep what the last call was answered: after a failure it is not tested."""
        self.answer = self.failed = symptom
        if symptom and self.checklist.values.get("tested"):
            self.checklist.set("tested", value=False)

    def drop(self, when: str, at: str = "login") -> Said:
        """Drop the answer to what is being asked; it is for those who asked.

        Args:
            when: What happened meanwhile, in words.
            at: Where to say so.

        Returns:
            What to say about a log-in; blank if there was none.
        """
        question, self.question = self.question, None
        if question is not None:
            question.dropped.set()
        if question is None or question.name != "login":
            return SILENCE
        return Said(at, _DROPPED.format(when))

    def _ask(
        self,
        name: str,
        ask: Callable[[], Told],
        keep: Callable[[Told], None],
        dropped: threading.Event,
    ) -> Said:
        if not self.desk.can_ask:
            raise InputError(ASKS_NOBODY)
        if self.question is not None:
            message = "Autotask is being asked already. Wait for the answer."
            raise InputError(message)
        self.question = Question(name=name, ask=ask, keep=keep, dropped=dropped)
        return Said(name, "Asking.")
