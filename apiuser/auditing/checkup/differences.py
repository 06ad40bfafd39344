"""What changed between two moments: the verdict, what was expected, and the changes."""

from collections.abc import Iterator, Sequence

from apiuser.auditing import Change, ChangeKind, Check, Comparison
from apiuser.auditing.changes import DOUBTED
from apiuser.auditing.checkup.export_files import ask_needs
from apiuser.auditing.checkup.moments import Moments, Outcome
from apiuser.auditing.checkup.paging import describe_page_of
from apiuser.auditing.expectation import locate
from apiuser.errors import count_noun, escape_invisible, join_parts
from apiuser.files.sheet_data import Shown

CHANGES_SHOWN = 50
"""Changes shown at a time."""
KINDS_OF_GROUPS: dict[str, tuple[ChangeKind, ...]] = {
    "Added": (ChangeKind.ADDED,),
    "Deactivated": (ChangeKind.DEACTIVATED,),
    "Activated": (ChangeKind.ACTIVATED,),
    "Renamed": (ChangeKind.RENAMED,),
    "Changed": (
        ChangeKind.STATUS,
        ChangeKind.KIND,
        ChangeKind.LICENSE,
        ChangeKind.LEVEL,
        ChangeKind.VENDOR,
        ChangeKind.EMAIL,
        ChangeKind.LOCKED,
    ),
    "Not seen after": (ChangeKind.GONE,),
}
_NEW_OR_GONE = {ChangeKind.ADDED, ChangeKind.GONE}
_SEE_MISSING = "See below what the exports do not show."
_LEVELS = {True: "ok", False: "error", None: "notice"}


def describe_outcome(moments: Moments) -> Shown:
    """Describe what the last comparison showed, with the first page of each group."""
    outcome = moments.result
    if outcome is None:
        return {"checked": False, "expected_text": moments.expected}
    comparison = outcome.comparison
    shown: Shown = {
        "checked": True,
        "expected_text": moments.expected,
        "verdict": _describe_verdict(outcome),
        "points": [],
        "missing": [],
        "groups": [],
        "notices": [],
        "said": "",
    }
    if comparison is None:
        return shown
    return shown | {
        "points": [*map(_describe_check, outcome.checks)],
        "missing": []
        if outcome.checks
        else [*map(escape_invisible, comparison.missing)],
        "groups": [
            {"title": title} | _describe_page(changes)
            for title in KINDS_OF_GROUPS
            if (changes := _list_changes(comparison, title))
        ],
        "notices": [*map(escape_invisible, comparison.notices)],
        "said": _say_done(outcome, comparison),
    }


def describe_changes(
    moments: Moments, title: str, *, text: str = "", start: int = 0
) -> Shown:
    """Describe a page of the changes of a group whose name holds a text."""
    outcome = moments.result
    if outcome is None or outcome.comparison is None or title not in KINDS_OF_GROUPS:
        return _describe_page([])
    changes = _list_changes(outcome.comparison, title)
    return _describe_page(changes, text=text, start=start)


def _describe_verdict(outcome: Outcome) -> Shown:
    """Say in one sentence what was found, and in another what to do next."""
    comparison, checks = outcome.comparison, outcome.checks
    if comparison is None:
        files = count_noun(len(outcome.refused), "file")
        text = f"{files} could not be read, so nothing was compared."
        return _verdict("error", text, f"{ask_needs(len(outcome.refused))}.")
    if checks:
        return _judge_expected(outcome, comparison)
    said = comparison.summary or "Nothing changed"
    if comparison.doubted:
        seen = comparison.summary or "No change"
        return _verdict(
            "warning",
            f"{seen} in what was given, which proves nothing: names may be missing or "
            "not the real ones.",
            _SEE_MISSING,
        )
    if comparison.missing:
        return _verdict(
            "warning",
            f"{said} in what was given; more may have changed.",
            _SEE_MISSING,
        )
    if comparison.changes:
        return _verdict("notice", f"{said}.", "Check below whether each was meant.")
    return _verdict("ok", f"{said} in {comparison.scope}.", "Nothing to do.")


def _judge_expected(outcome: Outcome, comparison: Comparison) -> Shown:
    name = escape_invisible(outcome.expected)
    wrong = [check.what for check in outcome.checks if check.holds is False]
    unseen = [check.what for check in outcome.checks if check.holds is None]
    left = ""
    if unseen:
        parts = join_parts([f"that {what}" for what in unseen])
        left = f"The exports do not show {parts}."
    if not wrong:
        shown = "was compared" if comparison.not_compared else "is shown"
        text = f"{name} was added as expected, and nothing else that {shown} changed."
        not_compared = ", ".join(comparison.not_compared)
        left += f" Not compared: {not_compared}." * bool(not_compared)
        return _verdict("ok", text, left.strip() or "Nothing to do.")
    if comparison.doubted:
        wrong = [check.what for check in outcome.checks if not check.holds]
    elif (
        comparison.missing and len(wrong) == 1
    ):  # all that is wrong is that the exports are incomplete
        text = (
            f"{name} was added as expected, and nothing else changed in what was "
            f"{'compared' if comparison.not_compared else 'given'}; there may be other "
            "changes."
        )
        return _verdict("warning", text, _SEE_MISSING)
    hidden = comparison.doubted or comparison.missing
    not_so = "Not proved" if hidden else "Not so"
    text = f"{not_so} for {name}: {join_parts([f'that {what}' for what in wrong])}."
    return _verdict("error", text, "See below what the exports show instead.")


def _verdict(level: str, text: str, then: str) -> Shown:
    return {"level": level, "text": text, "then": then}


def _describe_check(check: Check) -> Shown:
    what = check.what[0].upper() + check.what[1:]
    return {
        "label": what,
        "text": escape_invisible(check.said),
        "level": _LEVELS[check.holds],
    }


def _list_changes(comparison: Comparison, title: str) -> list[Change]:
    return [one for one in comparison.changes if one.kind in KINDS_OF_GROUPS[title]]


def _describe_page(
    changes: Sequence[Change], *, text: str = "", start: int = 0
) -> Shown:
    return describe_page_of(
        changes,
        size=CHANGES_SHOWN,
        text=text,
        start=start,
        names=_list_names,
        describe=_describe_change,
    )


def _list_names(change: Change) -> Iterator[str]:
    yield from (one.username for one in (change.before, change.after) if one)


def _describe_change(change: Change) -> Shown:
    resource = change.resource
    what = ""
    if change.kind not in _NEW_OR_GONE:
        old, new = (
            escape_invisible(one) or "blank" for one in (change.old, change.new)
        )
        what = f"{old}, now {new}"
        if change.kind in KINDS_OF_GROUPS["Changed"]:
            what = f"{change.kind}: {what}"
    if change.doubted:
        what = "; ".join(filter(None, (what, DOUBTED)))
    return {
        "name": escape_invisible(resource.username) or "no name",
        "what": what,
        "place": escape_invisible(locate(resource)),
    }


def _say_done(outcome: Outcome, comparison: Comparison) -> str:
    before, after = (
        sum(table.records for table in side)
        for side in (comparison.before, comparison.after)
    )
    seconds = f"{max(outcome.seconds, 0.1):.1f} s"
    return f"Compared {count_noun(before, 'record')} with {after:,} in {seconds}."
