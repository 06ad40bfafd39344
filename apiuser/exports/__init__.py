"""Strict reading of resource exports: each record is read or listed as unreadable."""

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
