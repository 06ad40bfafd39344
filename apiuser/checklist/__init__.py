"""The how-to as a state machine without a screen: create, edit or rotate."""

from apiuser.checklist.progress import (
    Block,
    count_done,
    find_blocks,
    finish_step,
    is_done,
    judge_field,
)
from apiuser.checklist.record import write_html, write_markdown
from apiuser.checklist.saving import resume, save
from apiuser.checklist.state import Checklist, SecretFacts
from apiuser.howto import Job

__all__ = [
    "Block",
    "Checklist",
    "Job",
    "SecretFacts",
    "count_done",
    "find_blocks",
    "finish_step",
    "is_done",
    "judge_field",
    "resume",
    "save",
    "write_html",
    "write_markdown",
]
