"""A table of findings with filters that keeps its rows out of the notebook."""

from typing import TYPE_CHECKING

import anywidget
from traitlets import Int, List, Unicode

from apiuser.forms.boundary import shut_in
from apiuser.forms.guard import STATIC
from apiuser.tables import escape_invisible

if TYPE_CHECKING:
    import pandas as pd

PAGE = 100
"""How many rows are shown at first, and more at each press of the button."""

_COLUMNS = (
    "severity",
    "code",
    "username",
    "message",
    "file",
    "line",
    "record",
    "group",
)


class FindingsTable(anywidget.AnyWidget):
    """The first rows of what the filters leave.

    The view asks for rows by custom message, so that the usernames of a tenant are
    neither in the widget state nor in the saved notebook.

    Attributes:
        codes: The codes that can be filtered by.
        page: How many rows are shown at first.
        edition: Counts the reports shown; the views ask again when it changes.
    """

    _esm = STATIC / "findings_table.js"
    codes = List(Unicode()).tag(sync=True)
    page = Int(PAGE).tag(sync=True)
    edition = Int(0).tag(sync=True)

    def __init__(self) -> None:
        self._frame: pd.DataFrame | None = None
        self._texts: pd.Series[str] | None = None
        super().__init__()
        self.on_msg(self._answer)

    def show(self, frame: "pd.DataFrame", texts: "pd.Series[str]") -> None:
        """Show the findings of a report.

        Args:
            frame: The findings.
            texts: What each of them is searched by, from `make_texts`.
        """
        self._frame, self._texts = frame, texts
        with self.hold_sync():
            self.codes = sorted(set(frame["code"]))
            self.edition += 1

    @shut_in
    def _answer(
        self, _widget: object, content: dict[str, str | int], _buffers: object
    ) -> None:
        if content.get("kind") != "ask" or self._frame is None:
            return
        left = filter_findings(
            self._frame,
            self._texts,
            code=str(content["code"]),
            severity=str(content["severity"]),
            text=str(content["text"]),
        )
        self.send(
            {
                "kind": "rows",
                "nonce": content["nonce"],
                "rows": make_rows(left.head(int(content["limit"]))),
                "found": len(left),
                "total": len(self._frame),
            }
        )

    def __repr__(self) -> str:
        return "FindingsTable()"


def make_texts(frame: "pd.DataFrame") -> "pd.Series[str]":
    """Return what each finding is searched by: name, message, file and code."""
    names = ("username", "message", "file", "code")
    first, *others = (frame[name] for name in names)
    for other in others:
        first = first + "\n" + other
    return first.str.lower()


def filter_findings(
    frame: "pd.DataFrame",
    texts: "pd.Series[str] | None",
    *,
    code: str = "",
    severity: str = "",
    text: str = "",
) -> "pd.DataFrame":
    """Return the findings of a code and severity that hold a text; blank is any."""
    if text and texts is not None:
        frame = frame[texts.str.contains(text.lower(), regex=False)]
    if code:
        frame = frame[frame["code"] == code]
    if severity:
        frame = frame[frame["severity"] == severity]
    return frame


def make_rows(frame: "pd.DataFrame") -> list[list[str]]:
    """Return the cells as texts, invisible characters spelt out."""
    columns = [
        [
            "" if gone else escape_invisible(str(cell))
            for cell, gone in zip(column, column.isna(), strict=True)
        ]
        for column in (frame[name] for name in _COLUMNS)
    ]
    return [list(row) for row in zip(*columns, strict=True)]
