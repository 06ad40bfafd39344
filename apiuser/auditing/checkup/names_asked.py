"""Whether names are free, each with what is wrong with it."""

from collections.abc import Iterator

from apiuser.auditing import AuditReport
from apiuser.auditing.checkup.inquiry import Answer
from apiuser.auditing.checkup.name_groups import FoundRecord, find_record
from apiuser.auditing.judgement import judge_usernames, make_case
from apiuser.auditing.report import AuditFinding
from apiuser.errors import count_noun, escape_invisible, join_some
from apiuser.files.sheet_data import Shown, describe_line
from apiuser.rules.case import Relation
from apiuser.rules.policies import DEFAULT_POLICY
from apiuser.rules.rule import Rule, Severity

_SAID = {
    Relation.TAKEN: "Taken",
    Relation.OTHER_SUFFIX: "In use with a different ending",
    Relation.LOOKALIKE: "Looks like another name",
}
_RECORDS_NAMED = 2
"""The most records named for a taken name."""


def describe_names(answer: Answer, report: AuditReport | None) -> list[Shown]:
    """Say whether each of the names in question is free."""
    found: list[list[AuditFinding | Rule]] = [[] for _ in answer.names]
    if report is None:
        cases = [*map(make_case, answer.names)]
        for rule, at in judge_usernames(cases, DEFAULT_POLICY, proposed=True):
            found[at].append(rule)
    else:
        for one in report.found:
            if one.table == len(report.tables):
                found[one.row].append(one)
    return [_describe(at, answer, found[at], report) for at in range(len(answer.names))]


def _describe(
    at: int,
    answer: Answer,
    found: list[AuditFinding | Rule],
    report: AuditReport | None,
) -> Shown:
    name = answer.names[at]
    findings = [one for one in found if isinstance(one, AuditFinding)]
    near = [one for one in findings if one.rule.relation is not None]
    rules = [one for one in found if isinstance(one, Rule)]
    rules += [one.rule for one in findings if one.rule.relation is None]
    rules.sort(key=DEFAULT_POLICY.rules.index)  # an audit sorts by what is worst
    against = [
        describe_line(rule.severity.value, rule.message, rule.code) for rule in rules
    ]
    free = ""
    if report is not None and near:
        level, text = _name_closest(report, near, at)
        free = report.suggestions.get(name, "")
        free = "" if answer.find_kept(free) else free
    elif tenant := answer.find_kept(name):
        # As one made here, which exports show only later.
        level = "warning"
        text = f"In use by {tenant}, as this folder keeps; the exports do not show it."
    else:
        level, text = _say_free(report, at, bool(against))
    if any(rule.severity is Severity.ERROR for rule in rules):
        level = "error"
    elif level != "error" and any(r.severity is Severity.WARNING for r in rules):
        level = "warning"
    return {
        "name": escape_invisible(name),
        "level": level,
        "text": text,
        "against": against,
        "free": escape_invisible(free),
    }


def _say_free(
    report: AuditReport | None,
    at: int,
    against: bool,  # noqa: FBT001
) -> tuple[str, str]:
    if report is None:
        text = "Not compared with any names: tick exports below"
        return (
            "notice",
            f"{text}; but:" if against else f"{text}. It follows every rule.",
        )
    seen = count_noun(report.records, "name")
    if at in report.doubted:
        text = f"Not among {seen}, but it may be in what could not be read"
        return "warning", f"{text}; and:" if against else f"{text}."
    if report.proved:
        return (
            "ok",
            f"Free among {seen}, but:" if against else "Free. It follows every rule.",
        )
    if against:
        return "notice", f"Not among {seen}, but:"
    return (
        "notice",
        f"Free among {seen}, and follows every rule, but the list is not complete.",
    )


def _name_closest(
    report: AuditReport, near: list[AuditFinding], at: int
) -> tuple[str, str]:
    """Say what is in the way of a name, and who has it."""
    relation, closest = min(
        ((one.rule.relation, one) for one in near if one.rule.relation),
        key=lambda pair: pair[0].rank,
    )
    records = [*_find_others(report, closest, at)]
    some = [*map(_name_record, records[:_RECORDS_NAMED])]
    said = join_some(some, len(records), between="; ")
    return closest.rule.severity.value, f"{_SAID[relation]}: {said}."


def _find_others(
    report: AuditReport, finding: AuditFinding, at: int
) -> Iterator[FoundRecord]:
    for table, row in report.conflicts[finding.group - 1].members:
        if table < len(report.tables):
            yield find_record(report, table, row)
        elif row != at:
            yield FoundRecord(report.proposed[row], "", "", "another of these names")


def _name_record(record: FoundRecord) -> str:
    who = " ".join(filter(None, (record.status, record.kind)))
    return ", ".join(filter(None, (escape_invisible(record.name), who, record.place)))
