"""What tests do with a work sheet without a screen."""

import datetime as dt
import threading
from collections.abc import Mapping
from typing import Any

from apiuser.checklist import (
    Checklist,
    Desk,
    Job,
    NamesFile,
    Session,
    StoredFile,
    describe,
)
from apiuser.checklist.desk import Told, ToldLine
from apiuser.checklist.known_tenants import Tenant
from apiuser.credentials.credential import Secret
from apiuser.errors import AccessError
from apiuser.verification.zones import Zone
from tests.verification.stand_in import StandIn

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
PRESH = "choose:presh-zapier"
ZONE = Zone(name="Sample Zone 5", address="https://webservices5.autotask.net/")


class Clock:
    """A clock that is put forward by hand."""

    now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


class PaperDesk(Desk):
    """A desk that keeps everything in lists."""

    can_write = True
    can_ask = True

    def __init__(self) -> None:
        self.kept: list[dict[str, object]] = []
        self.dropped = 0
        self.tenants: dict[str, Tenant] = {}
        self.files: dict[str, NamesFile] = {}
        self.full = False
        self.asked: list[str] = []
        self.told: tuple[ToldLine, ...] = (("ok", "Known here."),)
        self.tried: list[tuple[str, int, str]] = []
        self.login_told = Told(lines=(("ok", "Works here."),))

    def keep(self, checklist: Checklist) -> None:
        if self.full:
            message = "work: cannot be written (No space left on device). Make room."
            raise AccessError(message)
        self.kept.append(dict(checklist.values))

    def drop(self) -> None:
        self.dropped += 1

    def list_tenants(self) -> tuple[Tenant, ...]:
        return tuple(self.tenants.values())

    def keep_tenant(self, tenant: Tenant) -> None:
        self.tenants[tenant.name] = tenant

    def read_file(self, path: str, options: Mapping[str, str]) -> NamesFile:  # noqa: ARG002
        return self.files[path]

    def look_up(self, username: str) -> Told:
        self.asked.append(username)
        if not self.told:
            message = "Nobody answers."
            raise AccessError(message)
        known = self.told[0][0] == "ok"
        return Told(lines=self.told, zone=ZONE if known else None)

    def log_in(
        self,
        zone: Zone,
        username: str,
        secret: Secret,
        identifier: str,
        dropped: threading.Event,
    ) -> Told:
        assert not dropped.is_set()
        assert zone is ZONE
        self.tried.append((username, len(secret), identifier))
        return self.login_told

    def remove_file(self, file: NamesFile) -> None:
        self.files.pop(file.path, None)

    def store(self, checklist: Checklist, values: Mapping[str, str]) -> StoredFile:  # noqa: ARG002
        path = values.get("file", "")
        return StoredFile(path=path, kind="KeePass", digest="76a1", generated=True)


def open_session(job: Job = Job.CREATE, desk: Desk | None = None) -> Session:
    checklist = Checklist(job, clock=lambda: NOON)
    return Session(checklist=checklist, desk=desk or PaperDesk())


def press(session: Session, name: str, **more: object) -> dict[str, Any]:
    session.act({"do": "press", "name": name, "drawn": session.drawn, **more})
    if session.calls.question is not None:
        session.take_told(session.calls.question, session.calls.question.find_answer())
    return describe(session)


def enter(session: Session, **values: object) -> dict[str, Any]:
    for key, value in values.items():
        session.act({"do": "set", "key": key, "value": value})
    return describe(session)


def rows(shown: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for card in shown["cards"] for row in card["rows"]}


def words(shown: Mapping[str, Any], key: str) -> str:
    return " ".join(state["text"] for state in rows(shown)[key]["states"])


def reach(session: Session, stage: str) -> dict[str, Any]:
    """Fill in what a stage asks for, and go on until another is shown."""
    shown = describe(session)
    while shown["stage"] != stage:
        match shown["stage"]:
            case "prepare" if session.checklist.job is Job.CREATE:
                press(session, PRESH)
            case "prepare":
                enter(session, change_secret=True, username="sample4key@example.com")
            case "fill":
                applications = session.checklist.has("applications")
                enter(
                    session, **({"applications": "Sample app"} if applications else {})
                )
                if not session.checklist.makes_key:
                    enter(session, username="sample4key@example.com")
                press(session, "generate")
                session.act({"do": "copied", "key": "secret"})
            case "store":
                pasted = {"pasted": True} if session.checklist.has("pasted") else {}
                enter(session, stored=True, **pasted)
        before = shown["stage"]
        shown = press(session, "primary")
        assert shown["stage"] != before, shown["faults"]
    return shown


def let_pass(session: Session, minutes: float) -> None:
    """Put the clock of a session forward, counted from noon."""
    session.checklist.clock = lambda: NOON + dt.timedelta(minutes=minutes)


def save_own_user(clock: Clock) -> Session:
    """Return a session at the stage Test, with an identifier of its own, just saved."""
    checklist = Checklist(Job.CREATE, clock=clock)
    session = Session(checklist=checklist, desk=PaperDesk())
    press(session, "choose:custom")
    enter(session, existing_username="x@sample.example.com", custom_name="Sample")
    enter(session, first_name="A", last_name="B", email="ops@example.com")
    enter(session, security_level="Sample API", tracking_identifier=StandIn().code)
    press(session, "stage:fill")
    press(session, "generate")
    session.act({"do": "copied", "key": "secret"})
    enter(session, stored=True)
    press(session, "stage:store")
    press(session, "primary")
    return session


def finish(session: Session) -> None:
    """Do all that a job asks for, and keep its record."""
    reach(session, "handover")
    enter(session, tested=True)
    press(session, "primary")
    session.record = "records/sample.html"
