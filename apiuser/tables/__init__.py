"""Strict reading of resource exports: each record is read or listed as unreadable."""

from apiuser.tables.frames import read_frame
from apiuser.tables.halves import assume_status
from apiuser.tables.headers import escape_invisible
from apiuser.tables.lists import read_names
from apiuser.tables.reading import read_resources
from apiuser.tables.resources import ResourceTable, Status, Unreadable, UserKind

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
