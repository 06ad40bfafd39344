"""One job's state without a screen: values, findings, progress, record, saving."""

from apiuser.checklist.desk import Desk
from apiuser.checklist.names_file import NamesFile
from apiuser.checklist.progress import Fault, check_field, find_faults, is_done
from apiuser.checklist.record import write_html, write_text
from apiuser.checklist.saving import resume, save
from apiuser.checklist.session import Session
from apiuser.checklist.sheet import describe
from apiuser.checklist.state import Checklist, SecretFacts
from apiuser.checklist.stored_file import StoredFile
from apiuser.howto import Job

__all__ = [
    "Checklist",
    "Desk",
    "Fault",
    "Job",
    "NamesFile",
    "SecretFacts",
    "Session",
    "StoredFile",
    "check_field",
    "describe",
    "find_faults",
    "is_done",
    "resume",
    "save",
    "write_html",
    "write_text",
]
