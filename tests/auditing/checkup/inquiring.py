"""What tests ask an audit without a screen."""

from pathlib import Path
from typing import Any

from apiuser.auditing.checkup.inquiry import Inquiry, find_answer
from apiuser.auditing.checkup.sheet_view import describe_answer

HEADER = "Username,Email Address,License Type,Status\n"
CLEAN = (
    "ada1@one.example.com,a@example.com,Professional,Active\n"
    "ben2@one.example.com,b@example.com,Professional,Inactive\n"
    "cora3@one.example.com,c@example.com,Co-Managed Help Desk,Active\n"
)


def ask(folder: Path, *, names: str = "", **rows: str) -> Inquiry:
    """Write exports of some rows, and check them together."""
    for name, text in rows.items():
        (folder / f"{name}.csv").write_text(HEADER + text, encoding="utf-8")
    inquiry = Inquiry(folder=folder, names=names)
    for file in inquiry.files.values():
        file.chosen = True
    look(inquiry)
    return inquiry


def look(inquiry: Inquiry) -> dict[str, Any]:
    inquiry.keep(find_answer(inquiry, lambda *_: None))
    return describe_answer(inquiry)


def show(folder: Path, *, names: str = "", **rows: str) -> dict[str, Any]:
    return describe_answer(ask(folder, names=names, **rows))
