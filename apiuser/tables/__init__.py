"""Strict reading of resource exports: each record is read or listed as unreadable."""

from apiuser.tables.reading import read_names, read_resources
from apiuser.tables.resources import ResourceTable, Status, Unreadable, UserKind

__all__ = [
    "ResourceTable",
    "Status",
    "Unreadable",
    "UserKind",
    "read_names",
    "read_resources",
]
