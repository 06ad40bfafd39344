"""A table with filters and pages that keeps its rows out of the notebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anywidget
from traitlets import Dict, Int, List, Unicode

from apiuser.errors import escape_invisible
from apiuser.forms.widgets.boundary import shut_in
from apiuser.forms.widgets.guard import WIDGETS

if TYPE_CHECKING:
    import pandas as pd

PAGE = 100
"""How many rows are shown at a time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableRows:
    """Rows made ready for a table.

    Attributes:
        frame: The rows.
        texts: What each of them is searched by.
    """

    frame: "pd.DataFrame"
    texts: "pd.Series[str]"

    def __len__(self) -> int:
        return len(self.frame)


class RowsTable(anywidget.AnyWidget):
    """One page of what the filters leave.

    The view asks for rows by custom message, so that the usernames of a tenant are
    neither in the widget state nor in the saved notebook.

    Attributes:
        name: What the rows are, such as `Findings`.
        columns: The columns shown, with their headers.
        choices: The columns that can be filtered by, with the values there are.
        page: How many rows are shown at a time.
        edition: Counts the rows given; the views ask again when it changes.
    """

    _esm = WIDGETS / "rows_table.js"
    name = Unicode().tag(sync=True)
    columns = List(List(Unicode())).tag(sync=True)
    choices = Dict().tag(sync=True)
    page = Int(PAGE).tag(sync=True)
    edition = Int(0).tag(sync=True)

    def __init__(
        self,
        *,
        name: str,
        columns: Mapping[str, str],
        filters: Mapping[str, Sequence[str]],
    ) -> None:
        """Build the table without rows.

        Args:
            name: What the rows are.
            columns: The columns shown, with their headers.
            filters: The columns that can be filtered by, with their values in order.
        """
        self._rows: TableRows | None = None
        self._keys, self._filters = tuple(columns), filters
        super().__init__(
            name=name,
            columns=[list(column) for column in columns.items()],
            choices={key: [] for key in filters},
        )
        self.on_msg(self._answer)

    def show(self, rows: TableRows) -> None:
        """Show other rows, from the first page on."""
        self._rows = rows
        with self.hold_sync():
            self.choices = {
                key: [value for value in values if (rows.frame[key] == value).any()]
                for key, values in self._filters.items()
            }
            self.edition += 1

    @shut_in
    def _answer(
        self, _widget: object, content: dict[str, object], _buffers: object
    ) -> None:
        if content.get("kind") != "ask" or self._rows is None:
            return
        values = content.get("values")
        left = filter_rows(
            self._rows,
            {key: values.get(key, "") for key in self._filters}
            if isinstance(values, dict)
            else {},
            text=str(content["text"]),
        )
        start = max(0, int(str(content["start"])))
        self.send(
            {
                "kind": "rows",
                "nonce": content["nonce"],
                "rows": make_cells(left.iloc[start : start + self.page], self._keys),
                "start": start,
                "found": len(left),
                "total": len(self._rows),
            }
        )

    def __repr__(self) -> str:
        return "RowsTable()"


def make_rows(frame: "pd.DataFrame", searched: Sequence[str]) -> TableRows:
    """Make rows ready to be searched by the texts of some columns."""
    first, *others = (frame[name].astype("str") for name in searched)
    for other in others:
        first = first + "\n" + other
    return TableRows(frame=frame, texts=first.str.lower())


def filter_rows(
    rows: TableRows, values: Mapping[str, str], *, text: str = ""
) -> "pd.DataFrame":
    """Return the rows that hold a text and have the values given; blank is any."""
    frame = rows.frame
    if text:
        frame = frame[rows.texts.str.contains(text.lower(), regex=False)]
    for key, value in values.items():
        if value:
            frame = frame[frame[key] == value]
    return frame


def make_cells(frame: "pd.DataFrame", keys: Sequence[str]) -> list[list[str]]:
    """Return the cells as texts, invisible characters spelt out."""
    columns = [
        [
            "" if gone else escape_invisible(str(cell))
            for cell, gone in zip(column, column.isna(), strict=True)
        ]
        for column in (frame[key] for key in keys)
    ]
    return [list(row) for row in zip(*columns, strict=True)]
