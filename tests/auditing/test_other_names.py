"""A finding about a name that is not alone says who has the closest one."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.auditing import audit
from apiuser.auditing.conflicts import (
    ComparedName,
    Level,
    compare_names,
    find_conflicts,
)
from apiuser.credentials.matching import fold_accents
from apiuser.rules.case import Relation
from apiuser.rules.policies import DEFAULT_POLICY
from tests.auditing.audit_samples import ExportRows

NAMES = st.sampled_from(
    ["a1", "A1", "\uff411", "\u00e11", "al", "\u04301", "b1", "B1", "jose", "jos\u00e9"]
)
SUFFIXES = st.sampled_from(["", "@one.example.com", "@two.example.com"])
LOGINS = st.lists(st.builds(str.__add__, NAMES, SUFFIXES), max_size=9)
IDS = st.lists(st.sampled_from(["", "1", "2"]), min_size=9, max_size=9)


def find_nearest(
    name: ComparedName, others: Sequence[ComparedName], relation: Relation
) -> Level:
    """Compare one name with each other one, as the rules describe it."""
    levels = []
    for other in others:
        if other.resource == name.resource:
            continue
        if relation is Relation.LOOKALIKE:
            if other.alike == name.alike and other.same != name.same:
                accents = fold_accents(other.same) == fold_accents(name.same)
                levels.append(Level.ACCENTS if accents else Level.LOOKALIKE)
        elif other.same == name.same:
            known = None not in {other.suffix, name.suffix}
            elsewhere = known and other.suffix != name.suffix
            if elsewhere == (relation is Relation.OTHER_SUFFIX):
                same = other.local == name.local
                case = other.identity == name.identity
                near = Level.CAPITALS if case else Level.COMPATIBILITY
                levels.append(Level.IDENTICAL if same else near)
    return min(levels, default=Level.NONE)


@given(texts=LOGINS, ids=IDS, proposed=LOGINS)
def test_the_other_name_is_as_close_as_any_and_another_resource(
    texts: list[str], ids: list[str], proposed: list[str]
) -> None:
    places = [(at % 2, at // 2) for at in range(len(texts))]
    places += [(2, at) for at in range(len(proposed))]
    names = compare_names(places, [*texts, *proposed], ids[: len(texts)], 2)
    by_place = {name.place: name for name in names}

    found = {
        (one.place, one.rule.relation): one
        for conflict in find_conflicts(names, DEFAULT_POLICY)
        for one in conflict.found
    }

    for name in names:
        others = [o for o in names if name.proposed or not o.proposed]
        taken = find_nearest(name, others, Relation.TAKEN)
        for relation in Relation:
            wanted = find_nearest(name, others, relation)
            if relation is Relation.OTHER_SUFFIX and taken:
                wanted = Level.NONE
            one = found.get((name.place, relation))
            assert (one.level if one else Level.NONE) == wanted
            if one:
                assert find_nearest(name, [by_place[one.other]], relation) == wanted


def people(*names: str, kind: str = "3") -> list[tuple[str, ...]]:
    return [(name, f"{at}000", "Active", kind) for at, name in enumerate(names, 5)]


@pytest.mark.parametrize(
    ("pair", "other"),
    [
        (("a1", "A1"), "A1 (active, person), {path}:3 record 2"),
        (("a1", "\u00e11"), "\u00e11 (active, person), {path}:3 record 2"),
        (("modem1", "rnodem1"), "rnodem1 (active, person), {path}:3 record 2"),
    ],
)
def test_a_finding_says_whose_the_other_name_is(
    export_rows: ExportRows, pair: tuple[str, str], other: str
) -> None:
    path = export_rows(people(*pair))

    row = next(row for row in audit(path).rows() if row.group)

    assert row.username == pair[0]
    assert row.other == other.format(path=path)


def test_nobody_whose_name_is_in_use_is_told_to_choose_another(
    export_rows: ExportRows,
) -> None:
    path = export_rows(people("a1", "A1", "al"))

    rows = list(audit(path, proposed=["a1"]).rows())

    in_use = [row.message for row in rows if row.group and row.file == str(path)]
    asked = [row.message for row in rows if row.group and row.file != str(path)]
    assert len(in_use) == 5
    assert not any("Choose" in message for message in in_use)
    assert all("Choose" in message for message in asked)


def test_a_name_alone_has_no_other(export_rows: ExportRows) -> None:
    report = audit(export_rows([("docssync", "5", "Active", "7")]))

    assert {row.other for row in report.rows()} == {""}
