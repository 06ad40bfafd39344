"""Strict reading of resource exports: each record is read or listed as unreadable."""

from typing import TYPE_CHECKING

from apiuser import load_late

if TYPE_CHECKING:
    from apiuser.exports.candidate_rows import select_candidates
    from apiuser.exports.file_kinds import ENDINGS, OTHER_ENDINGS
    from apiuser.exports.frames import read_frame
    from apiuser.exports.name_lists import read_names
    from apiuser.exports.read_options import HEADER_ROLES, HUGE, ReadOptions
    from apiuser.exports.reading import read_resources
    from apiuser.exports.resources import (
        HALVES,
        ResourceTable,
        Status,
        Summary,
        Unreadable,
        UserKind,
        assume_status,
    )

__all__ = [
    "ENDINGS",
    "HALVES",
    "HEADER_ROLES",
    "HUGE",
    "OTHER_ENDINGS",
    "ReadOptions",
    "ResourceTable",
    "Status",
    "Summary",
    "Unreadable",
    "UserKind",
    "assume_status",
    "read_frame",
    "read_names",
    "read_resources",
    "select_candidates",
]

_HOMES = {
    "ENDINGS": "file_kinds",
    "HALVES": "resources",
    "HEADER_ROLES": "read_options",
    "HUGE": "read_options",
    "OTHER_ENDINGS": "file_kinds",
    "ReadOptions": "read_options",
    "ResourceTable": "resources",
    "Status": "resources",
    "Summary": "resources",
    "Unreadable": "resources",
    "UserKind": "resources",
    "assume_status": "resources",
    "read_frame": "frames",
    "read_names": "name_lists",
    "read_resources": "reading",
    "select_candidates": "candidate_rows",
}


def __getattr__(name: str) -> object:
    # Late, so that a check of one name and the work sheet load no reader.
    return load_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__  # as notebooks list what can be typed
