"""An audit and the judgement of one text never disagree."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apiuser import POLICIES, check_username
from apiuser.auditing import audit
from apiuser.auditing.judgement import judge_usernames, make_case
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.character_sets import DIGITS, LETTERS, SPECIAL, VISIBLE_ASCII
from apiuser.rules.constraints import (
    AllowedOnly,
    Constraint,
    ContainsAny,
    Excludes,
    GroupsAtLeast,
    Length,
)
from apiuser.rules.policies import DEFAULT_POLICY
from tests.exports.export_reading import may_be_name

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
).filter(may_be_name)


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
    return sorted(row.code for row in report.rows() if row.record == 1)


def check(
    name: str, *, taken: Iterable[str] = (), email: str = "", in_use: bool = True
) -> list[str]:
    """Return the codes of a check; an unknown suffix is no finding of an audit.

    Nor is a name in use that looks like a mailbox; a proposed one is. They are sorted, as an audit puts what is worse first (test_finding_order.py).
    """
    findings = check_username(name, taken=taken, email=email)
    codes = {"USR013"} | ({"USR014"} if in_use else set())
    return sorted(finding.code for finding in findings if finding.code not in codes)


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
@pytest.mark.many
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
@example(names=[*[""] * 6, "0", ""])  # its code 7 is also the number of rows above
@pytest.mark.many
def test_every_row_agrees_with_the_check_against_all_others(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = write(tmp_path_factory.getbasetemp() / "rows.csv", names, [""] * len(names))
    expected = [
        check(name, taken=names[:at] + names[at + 1 :]) for at, name in enumerate(names)
    ]

    rows = list(audit(path).rows())

    assert [
        sorted(row.code for row in rows if row.record == at)
        for at in range(1, len(names) + 1)
    ] == expected


@UNHURRIED
@given(proposed=st.lists(NAMES, max_size=4), names=st.lists(NAMES, max_size=4))
@example(proposed=["@", " "], names=[])
@pytest.mark.many
def test_proposed_names_agree_with_the_check_against_everything(
    tmp_path_factory: pytest.TempPathFactory, proposed: list[str], names: list[str]
) -> None:
    path = write(
        tmp_path_factory.getbasetemp() / "proposed.csv",
        ["other", *names],
        [""] * (len(names) + 1),
    )
    expected = [
        check(
            name,
            taken=["other", *names, *proposed[:at], *proposed[at + 1 :]],
            in_use=False,
        )
        for at, name in enumerate(proposed)
    ]

    rows = [row for row in audit(path, proposed=proposed).rows() if row.line is None]

    assert [
        sorted(row.code for row in rows if row.record == at)
        for at in range(1, len(proposed) + 1)
    ] == expected


SETS = st.sampled_from([LETTERS, DIGITS, SPECIAL, VISIBLE_ASCII])
PLACES = st.sampled_from([(1, 1), (2, 6), (-1, -1), (-3, -2), (2, -2), (1, -1)])
CONSTRAINTS: st.SearchStrategy[Constraint] = st.one_of(
    st.builds(
        Length,
        minimum=st.integers(0, 5),
        maximum=st.none() | st.integers(5, 300),
    ),
    st.builds(ContainsAny, characters=SETS),
    st.builds(Excludes, characters=SETS),
    st.builds(AllowedOnly, characters=SETS),
    st.builds(
        GroupsAtLeast,
        least=st.integers(0, 3),
        groups=st.lists(SETS, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(
        lambda kind, characters, place: kind(
            characters=characters, first=place[0], last=place[1]
        ),
        st.sampled_from([ContainsAny, Excludes]),
        SETS,
        PLACES,
    ),
)


@given(
    names=st.lists(st.one_of(NAMES, st.just("a1" * 150)), max_size=10),
    constraint=CONSTRAINTS,
)
def test_a_constraint_judges_many_usernames_as_it_judges_each(
    names: list[str], constraint: Constraint
) -> None:
    rule = replace(RULES["USR002"], constraint=constraint)
    policy = replace(DEFAULT_POLICY, rules=(rule,))

    found = judge_usernames([*map(make_case, names)], policy)

    locals_ = [name.partition("@")[0] for name in names]
    assert [at for _rule, at in found] == [
        at for at, text in enumerate(locals_) if text and not constraint.holds(text)
    ]
