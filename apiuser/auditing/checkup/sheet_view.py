"""What a view of the audit sheet shows, as plain data that JSON can carry.

What it shows about people's files is separate from what was found: findings contain
usernames, so a view asks for them, and no notebook keeps them.
"""

from pathlib import Path

from apiuser.auditing import TenantAudit
from apiuser.auditing.checkup.export_files import LISTED, ExportFile
from apiuser.auditing.checkup.inquiry import Inquiry
from apiuser.auditing.checkup.moments import Moments
from apiuser.auditing.checkup.name_groups import describe_groups
from apiuser.auditing.checkup.names_asked import describe_names
from apiuser.auditing.checkup.problems import describe_problems, describe_records
from apiuser.auditing.checkup.verdict import (
    describe_points,
    describe_summary,
    describe_verdict,
)
from apiuser.auditing.summing_up import count_taken, rank_audits
from apiuser.auditing.tenant_names import is_tenant
from apiuser.errors import count_noun, escape_invisible
from apiuser.exports.asked_options import describe_asks
from apiuser.files.sheet_data import Shown

_RENEWED = "it has changed since, so what you said about it no longer counts"
_WHOSE = (
    "The tenant of each file is the folder it is in, or the beginning of its name, up "
    "to the first _ or to a last word such as “active” or “inactive”."
)


def describe_inquiry(inquiry: Inquiry) -> Shown:
    """Describe what is to be checked: the exports, and what reading each needs."""
    return {
        "many": inquiry.many,
        "co_managed": inquiry.co_managed,
        "files": [
            _describe_file(file, many=inquiry.many) for file in inquiry.files.values()
        ],
        "hint": _hint(inquiry),
        "stale": inquiry.stale,
        "checked": inquiry.result is not None,
        "edition": inquiry.edition,
    }


def _hint(inquiry: Inquiry) -> str:
    """Say what to know about the list of exports; blank if nothing."""
    if not inquiry.files:
        endings = ", ".join(LISTED)
        return f"No export ({endings}) was found beside the notebook, in data or in exports."
    return _WHOSE if inquiry.many else ""


def describe_moments(moments: Moments) -> Shown:
    """Describe which exports of two moments are to be compared."""
    return {
        "sides": [
            {
                "moment": moment,
                "files": [_describe_file(file, many=False) for file in files.values()],
            }
            for moment, files in moments.sides.items()
        ],
        "stale": moments.stale,
        "edition": moments.edition,
    }


def _describe_file(file: ExportFile, *, many: bool) -> Shown:
    text, level = "", ""
    refusal = file.refusal if file.chosen else ""
    if refusal:
        text, level = refusal, "error"
    elif file.table is not None:
        text = count_noun(file.table.records, "record")
        if file.table.unreadable:
            text += f", {len(file.table.unreadable):,} more could not be read"
            level = "warning" if file.chosen else ""
        if file.renewed:
            text += f"; {_RENEWED}"
    else:
        text = _describe_size(file.path)
    if many:
        known = is_tenant(file.tenant)
        level = level or ("" if known else "warning")
        if refusal:
            text += (
                f" Tenant: {file.tenant}." if known else " Not named after a tenant."
            )
        else:
            whose = f"tenant {file.tenant}" if known else "not named after a tenant"
            text = f"{whose}: {text}"
    return {
        "name": file.name,
        "label": escape_invisible(file.name),
        "chosen": file.chosen,
        "text": escape_invisible(text),
        "level": level,
        "asks": describe_asks(file.asks if file.chosen else (), file.given),
    }


def _describe_size(path: Path) -> str:
    kilo, mega = 1_000, 1_000_000
    try:
        size = path.stat().st_size
    except OSError:
        return "is gone"
    if size == 0:
        return "empty"
    if size < mega:
        return f"{max(1, round(size / kilo)):,} kB"
    return f"{size / mega:,.1f} MB"


def describe_answer(inquiry: Inquiry) -> Shown:
    """Describe what the last check found, with the first page of the conflicts."""
    answer, one = inquiry.result, inquiry.shown
    if answer is None or one is None:
        return {"checked": False, "names_text": inquiry.names}
    report = one.report
    reports = [each.report for each in answer.audits if each.report is not None]
    records = sum(each.records for each in reports)
    counted = f" {count_noun(records, 'record')}" if reports else ""
    asked_exports = report is not None or bool(one.complaints)
    verdict = describe_verdict(one) if asked_exports else None
    if verdict and answer.many:
        verdict["text"] = f"Tenant {escape_invisible(one.tenant)}. {verdict['text']}"
    return {
        "checked": True,
        "names_text": inquiry.names,
        "names": describe_names(answer, report),
        "summary": describe_summary(answer.audits) if answer.many else None,
        "tenants": [_describe_tenant(each, one) for each in rank_audits(answer.audits)]
        if answer.many
        else [],
        "verdict": verdict,
        "points": describe_points(one, said_before=bool(inquiry.without_co_managed)),
        "groups": None if report is None else describe_groups(report),
        "problems": [] if report is None else describe_problems(report),
        "notices": []
        if report is None
        else list(map(escape_invisible, report.notices)),
        "said": f"Checked{counted} in {max(answer.seconds, 0.1):.1f} s.",
    }


def _describe_tenant(one: TenantAudit, shown: TenantAudit) -> Shown:
    verdict = describe_verdict(one)
    return {
        "tenant": one.tenant,
        "label": escape_invisible(one.tenant),
        "now": one is shown,
        "level": verdict["level"],
        "text": verdict["text"],
        "twice": 0 if one.report is None else count_taken(one.report),
    }


def describe_page(
    inquiry: Inquiry, *, code: str = "", text: str = "", start: int = 0
) -> Shown:
    """Describe a page of the conflicts, or of the records with a problem."""
    one = inquiry.shown
    if one is None or one.report is None:
        return {"rows": [], "start": 0, "found": 0, "total": 0}
    if code:
        return describe_records(one.report, code, text=text, start=start)
    return describe_groups(one.report, text=text, start=start)
