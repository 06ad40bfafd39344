"""An audit and the judgement of one text never disagree."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apiuser import POLICIES, check_username
from apiuser.auditing import audit
from apiuser.rules.case import Subject
from apiuser.rules.constraints import (
    Length,
)

# Files are written; how long that takes is not what is tested.
UNHURRIED = settings(deadline=None)
CHARACTERS = (
    "aA1mMlI0é\u0301\u017fß\uff41@.-$&:;,|\\\"'()[] \t\r\n\0\x1f\x85\u2028\u202e😀"
)
NAMES = st.one_of(
    st.text(st.sampled_from(CHARACTERS), max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(
        ["NA", "007", "1e5", "TRUE", " ", "a1@", "@b", "a1@b@c", "a1@-b.c"]
    ),
)


def edges() -> list[str]:
    """Make names at the bounds of every length rule of every policy."""
    sizes = {
        size
        for policy in POLICIES.values()
        for rule in policy.rules_for(Subject.LOCAL_PART)
        if isinstance(rule.constraint, Length)
        for bound in (rule.constraint.minimum, rule.constraint.maximum)
        if bound is not None
        for size in (bound - 1, bound, bound + 1)
        if size >= 0
    }
    fillers = ("a1", "é1", "1")
    names = [(filler * 40)[:size] for size in sorted(sizes) for filler in fillers]
    return list(dict.fromkeys(names))


def write(path: Path, names: list[str], emails: list[str]) -> Path:
    rows = [
        ",".join('"' + cell.replace('"', '""') + '"' for cell in (name, email, "7"))
        for name, email in zip(names, emails, strict=True)
    ]
    text = "\n".join(["Username,Email,License Type", *rows])
    path.write_bytes(text.encode())
    return path


def audit_one(path: Path, name: str, email: str = "") -> list[str]:
    report = audit(write(path, [name], [email]))
    return [row.code for row in report.rows() if row.record == 1]


def check(name: str, *, taken: Iterable[str] = (), email: str = "") -> list[str]:
    """Return the codes of a check; an unknown suffix is no finding of an audit."""
    findings = check_username(name, taken=taken, email=email)
    return [finding.code for finding in findings if finding.code != "USR013"]


@pytest.mark.parametrize("name", edges(), ids=lambda name: f"{len(name)}-{name[:2]!a}")
def test_the_audit_agrees_at_every_bound(tmp_path: Path, name: str) -> None:
    expected = check(name)

    assert audit_one(tmp_path / "one.csv", name) == expected


@pytest.mark.parametrize("size", [254, 255, 256, 257, 511, 512, 513])
@pytest.mark.parametrize("filler", ["a", "1", "a1", "1-", "é"])
def test_the_audit_agrees_about_a_name_of_any_length(
    tmp_path: Path, filler: str, size: int
) -> None:
    name = (filler * size)[:size]

    assert audit_one(tmp_path / "one.csv", name) == check(name)


@UNHURRIED
@given(name=NAMES, email=st.one_of(st.just(""), NAMES), same=st.booleans())
def test_a_one_row_audit_agrees_with_the_check_of_one_name(
    tmp_path_factory: pytest.TempPathFactory, *, name: str, email: str, same: bool
) -> None:
    email = name.upper() if same else email
    expected = check(name, email=email)

    codes = audit_one(tmp_path_factory.getbasetemp() / "one.csv", name, email)

    assert codes == expected


@UNHURRIED
@given(names=st.lists(NAMES, min_size=1, max_size=8))
@example(names=[" ", "\u00a8"])
@example(names=["@", " "])
def test_every_row_agrees_with_the_check_against_all_others(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = write(tmp_path_factory.getbasetemp() / "rows.csv", names, [""] * len(names))
    expected = [
        check(name, taken=names[:at] + names[at + 1 :]) for at, name in enumerate(names)
    ]

    rows = list(audit(path).rows())

    assert [
        [row.code for row in rows if row.record == at]
        for at in range(1, len(names) + 1)
    ] == expected


@UNHURRIED
@given(proposed=st.lists(NAMES, max_size=4), names=st.lists(NAMES, max_size=4))
def test_proposed_names_agree_with_the_check_against_everything(
    tmp_path_factory: pytest.TempPathFactory, proposed: list[str], names: list[str]
) -> None:
    path = write(
        tmp_path_factory.getbasetemp() / "proposed.csv",
        ["other", *names],
        [""] * (len(names) + 1),
    )
    expected = [
        check(name, taken=["other", *names, *proposed[:at], *proposed[at + 1 :]])
        for at, name in enumerate(proposed)
    ]

    rows = [row for row in audit(path, proposed=proposed).rows() if row.line is None]

    assert [
        [row.code for row in rows if row.record == at]
        for at in range(1, len(proposed) + 1)
    ] == expected
