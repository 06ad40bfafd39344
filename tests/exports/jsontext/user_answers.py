"""Answers of the API with two users, and what an audit makes of them."""

import json
from typing import Any

from apiuser.auditing import AuditReport, audit
from tests.exports.export_reading import Export

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 3},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 7},
]
LAST = {"pageDetails": {"count": 2, "requestCount": 500, "nextPageUrl": None}}


def judge(export: Export, *answers: object) -> AuditReport:
    text = "\n".join(map(json.dumps, answers))
    return audit(export(text, "export.json"), co_managed=False)


def judge_beside(
    export: Export, more: dict[str, Any], form: str = "items"
) -> AuditReport:
    """Audit an answer with the users, and more beside them."""
    return judge(export, {form: USERS} | more)
