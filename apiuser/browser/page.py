"""The work sheet in the guide's page, which asks and hears JSON.

It runs in a browser's Python, so it needs the pure core only. Nothing is sent.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apiuser.checklist import (
    Checklist,
    Desk,
    Job,
    NamesFile,
    Session,
    describe,
)
from apiuser.checklist.record import name_files, offer_record
from apiuser.credentials.credential import Secret
from apiuser.errors import ApiuserError, explain_unforeseen
from apiuser.files.file_names import take_name

_NO_WORKBOOKS = (
    "This page does not read Excel workbooks. Export it as CSV, or use the notebook."
)


class PageDesk(Desk):
    """A page keeps nothing and writes no files; it can read what is dropped."""

    def read_file(self, path: str, options: Mapping[str, str]) -> NamesFile:
        """Read the names in use from an export; a refusal is part of the answer."""
        file = Path(path)
        if file.suffix.lower() == ".xlsx":
            return NamesFile(name=file.name, path=path, refusal=_NO_WORKBOOKS)
        return super().read_file(path, options)

    def remove_file(self, file: NamesFile) -> None:
        """Delete a file from the memory of the page."""
        if file.path:
            Path(file.path).unlink(missing_ok=True)


class Page:
    """One session, and what the page shows of it.

    Attributes:
        session: The work that the page shows.
    """

    def __init__(self, job: str = Job.CREATE) -> None:
        """Begin a sheet.

        Args:
            job: What the page's address says; anything but a job's word means create.
        """
        known = Job(job) if job in set(Job) else Job.CREATE
        self.session = Session(checklist=Checklist(known), desk=PageDesk())

    def show(self) -> str:
        """Return what the page shows, as JSON."""
        return json.dumps(describe(self.session))

    def answer(self, question: str) -> str:
        """Do what a question asks, and return what the page shows now.

        Args:
            question: JSON with the event, its kind in `do`.

        Returns:
            JSON of the state; with the key `secret` only if it was asked for.
        """
        event = json.loads(question)
        extra: dict[str, object] = {}
        try:
            extra = self._do(event)
        except ApiuserError as error:
            extra = {"refused": str(error)}
        except Exception as error:  # noqa: BLE001  # its own words could show the secret
            advice = "Load the page again; if it happens again, report this text."
            extra = {"refused": explain_unforeseen(error, advice)}
        return json.dumps(describe(self.session) | extra)

    def _do(self, event: Mapping[str, Any]) -> dict[str, object]:
        session = self.session
        match event.get("do"):
            case "ask":
                secret = session.checklist.secret
                if secret is None:
                    return {"secret": ""}
                return {"secret": secret.reveal()}
            case "typed" if event.get("what") == "answer":
                session.take_words(Secret(str(event["text"])))
            case "typed":
                session.take_secret(Secret(str(event["text"])))
            case "record":
                session.record = name_files(session) if session.finished else ""
                return offer_record(session, str(event.get("kind")))
            case "file":
                path = Path(str(event["path"]))
                path = path.replace(path.with_name(take_name(str(event["name"]))))
                session.add_file(str(path))
            case _:
                session.act(event)
        return {}
