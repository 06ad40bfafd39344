"""Strict reading of resource exports: each record is read or listed as unreadable."""

from apiuser.exports.frames import read_frame
from apiuser.exports.halves import assume_status
from apiuser.exports.headers import escape_invisible
from apiuser.exports.lists import read_names
from apiuser.exports.reading import read_resources
from apiuser.exports.resources import ResourceTable, Status, Unreadable, UserKind

__all__ = [
    "ResourceTable",
    "Status",
    "Unreadable",
    "UserKind",
    "assume_status",
    "escape_invisible",
    "read_frame",
    "read_names",
    "read_resources",
]
