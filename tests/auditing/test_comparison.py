"""Two exports of a tenant tell what changed between them."""

import json
from pathlib import Path

import pytest

from apiuser.auditing import Check, check_expected, compare
from apiuser.errors import InputError
from tests.exports.export_reading import Export

HEADER = "ID,Username,Status,License Type,Security Level,Integration Vendor,Email\n"
OLD = (
    "5001,amiller,Active,Professional,Manager,,a@example.com",
    "5002,key1,Active,API User,API User (system),Zapier,k@example.com",
    "5003,old1,Inactive,API User,API User (system),,o@example.com",
)
NEW = "5004,key2,Active,API User,Own level (API-only),Zapier,n@example.com"


def table(*rows: str, header: str = HEADER) -> str:
    return header + "".join(f"{row}\n" for row in rows)


def changes(before: Path, after: Path) -> list[tuple[str, str, str]]:
    return [(str(one.kind), one.old, one.new) for one in compare(before, after).changes]


def test_equal_exports_have_no_change(export: Export) -> None:
    before = export(table(*OLD), "a.csv")
    after = export(table(*reversed(OLD)), "b.csv")

    found = compare(before, after)

    assert (found.changes, found.missing) == ((), ())


@pytest.mark.parametrize(
    ("row", "change"),
    [
        (OLD[1].replace("key1", "key9"), ("renamed", "key1", "key9")),
        (OLD[1].replace("key1", "KEY1"), ("renamed", "key1", "KEY1")),
        (OLD[1].replace("Active", "Inactive"), ("inactivated", "active", "inactive")),
        (OLD[1].replace("Active", "Terminated"), ("status", "active", "Terminated")),
        (OLD[1].replace("Active", ""), ("status", "active", "")),
        (
            OLD[1].replace("(system)", "copy"),
            ("security level", "API User (system)", "API User copy"),
        ),
        (OLD[1].replace("Zapier", ""), ("integration vendor", "Zapier", "")),
        (
            OLD[1].replace("k@example.com", "x@example.com"),
            ("e-mail address", "k@example.com", "x@example.com"),
        ),
        (
            OLD[1].replace("API User,API User (system)", "Team Member,"),
            ("kind of user", "API user", "person"),
        ),
        (
            OLD[1].replace("API User,API User (system)", "Co-Managed Help Desk,"),
            ("kind of user", "API user", "co-managing user"),
        ),
    ],
)
def test_a_change_of_a_resource_is_reported(
    export: Export, row: str, change: tuple[str, str, str]
) -> None:
    before = export(table(*OLD), "a.csv")
    after = export(table(OLD[0], row, OLD[2]), "b.csv")

    assert change in changes(before, after)


def test_changes_are_counted_by_kind_in_words(export: Export) -> None:
    before = export(table(*OLD), "a.csv")
    person = OLD[1].replace("API User,API User (system)", "Team Member,Manager")
    after = export(table(*OLD[:1], person, OLD[2], NEW), "b.csv")

    found = compare(before, after)

    assert found.summary == "3 changes (added 1, kind of user 1, security level 1)"
    assert compare(before, export(table(*OLD), "c.csv")).summary == ""


def test_a_status_that_nobody_knows_may_hide_changes(export: Export) -> None:
    row = OLD[1].replace("Active", "On leave")
    paths = [export(table(OLD[0], row, OLD[2]), name) for name in ("a.csv", "b.csv")]

    found = compare(*paths)

    assert found.changes == ()
    assert found.missing == (
        "before and after: 1 record that may be active or inactive",
    )


def test_what_was_added_activated_or_is_gone_is_reported(export: Export) -> None:
    before = export(table(*OLD), "a.csv")
    active = OLD[2].replace("Inactive", "Active")
    after = export(table(OLD[0], active, NEW), "b.csv")

    found = compare(before, after)

    kinds = [str(change.kind) for change in found.changes]
    assert kinds == ["activated", "added", "gone"]
    gone = found.changes[-1].before
    assert gone is not None
    assert (gone.username, gone.line, gone.record) == ("key1", 3, 2)
    assert "1 resource seen before but not after" in found.missing[-1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("key1", "key1@sample.example.com"),
        ("key1@sample.example.com", "key1"),
    ],
)
def test_a_suffix_that_one_export_leaves_out_is_not_a_new_name(
    export: Export, before: str, after: str
) -> None:
    paths = [
        export(table(row, "x,Active,3", header="Username,Status,License Type\n"), name)
        for row, name in (
            (f"{before},Active,7", "a.csv"),
            (f"{after},Active,7", "b.csv"),
        )
    ]

    assert changes(*paths) == []


def test_a_number_and_its_label_are_not_a_change(export: Export) -> None:
    users = [
        {"id": 5001, "userName": "amiller", "isActive": True, "licenseType": 3},
        {"id": 5002, "userName": "key1", "isActive": True, "licenseType": 7},
        {"id": 5003, "userName": "old1", "isActive": False, "licenseType": 7},
    ]
    users += [users[0] | {"id": 5004, "userName": "bmiller"}]
    before = export(table(*OLD, OLD[0].replace("5001,a", "5004,b")), "a.csv")
    levels = (23, 24, 24, 23)
    after = export(
        json.dumps([u | {"userType": n} for u, n in zip(users, levels, strict=True)]),
        "b.json",
    )

    found = compare(before, after)

    assert (found.changes, found.missing) == ((), ())
    assert "integration vendor, e-mail address, locked" in found.notes[0]
    assert "numbers for the security level and the other has labels" in found.notes[1]


SHORT = "ID,Username,Status,License Type,Security Level,Integration Vendor\n"
ACTIVE = (
    "5002,key2,Active,Professional,Manager,\n5003,c1,Inactive,Professional,Manager,\n"
)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("3,12,", "Executive,Manager,", [("licence type", "3", "Executive")]),
        ("Executive,Manager,", "3,12,", [("licence type", "Executive", "3")]),
        ("3,12,", "Führungskraft,Manager,", []),
        ("3,12,", "Professional,Manager,", []),
        ("3,12,", ",Manager,", [("licence type", "3", "")]),
        ("3,12,365", "Professional,Manager,Zapier", ["integration vendor"]),
    ],
)
def test_a_number_is_only_the_label_that_it_stands_for(
    export: Export, was: str, now: str, told: list[object]
) -> None:
    def write(name: str, row: str) -> Path:
        number = row[0].isdecimal()
        rest = ACTIVE.replace("Professional,Manager", "3,12") if number else ACTIVE
        return export(f"{SHORT}5001,ada,Active,{row}\n{rest}", name)

    found = compare(write("a.csv", was), write("b.csv", now))

    kinds = [str(one.kind) for one in found.changes]
    assert told in (kinds, [(str(c.kind), c.old, c.new) for c in found.changes])
    # A label in another language may be any of them.
    odd = "Führungskraft" in now
    assert found.hidden == (
        ("licence type not comparable: numbers against labels",) if odd else ()
    )


def test_a_number_that_only_one_resource_has_shows_no_label(export: Export) -> None:
    header = "ID,Username,Status,License Type,Security Level\n"
    rows = "1,ada,Active,3,{}", "2,ben,Active,3,{}", "3,old,Inactive,3,{}"
    labels = ("Manager", "Manager", "Own")
    numbers = (12, 12, 24)
    before, after = (
        table(*map(str.format, rows, words), header=header)
        for words in (labels, map(str, numbers))
    )

    found = compare(export(before, "a.csv"), export(after, "b.csv"))

    assert found.changes == ()
    (reason,) = found.hidden
    assert reason == (
        "security level of 1 resource not comparable: numbers against labels, and no "
        "other resource has the same pair"
    )


def test_numbers_with_several_labels_are_not_comparable(export: Export) -> None:
    header = "ID,Username,Status,Security Level\n"
    before = table("1,ada,Active,12", "2,ben,Inactive,12", header=header)
    after = table("1,ada,Active,Manager", "2,ben,Inactive,Own", header=header)

    found = compare(export(before, "a.csv"), export(after, "b.csv"))

    assert found.changes == ()
    assert "security level not comparable: numbers against labels" in found.missing


def test_a_number_among_labels_is_a_label(export: Export) -> None:
    before = export(table(*OLD).replace("Manager", "9000"), "a.csv")

    found = changes(before, export(table(*OLD), "b.csv"))

    assert found == [("security level", "9000", "Manager")]


def test_halves_and_overlaps_of_a_moment_are_one(export: Export) -> None:
    before = export(table(*OLD), "a.csv")
    active = export(table(*OLD[:2]), "active.csv")
    inactive = export(table(*OLD[1:]), "inactive.csv")

    assert compare([before], [active, inactive]).changes == ()


def test_without_ids_names_tell_resources_apart(export: Export) -> None:
    header = "Username,Status,License Type\n"
    old = table("key1,Active,7", "b1,Active,3", "b1,Active,3", header=header)
    new = table("KEY1,Active,7", "b1,Active,3", "c1,Active,7", header=header)

    found = compare(export(old, "a.csv"), export(new, "b.csv"))

    kinds = [str(change.kind) for change in found.changes]
    assert kinds == ["renamed", "added", "gone"]
    assert "a renamed resource may count as one that is gone" in found.notes[0]


def test_ids_that_number_the_rows_are_not_ids(export: Export) -> None:
    rows = [f"name{at}x,Active,3" for at in range(6)]
    numbered = [f"{at},{row}" for at, row in enumerate(rows, start=1)]
    moved = [f"{at},{row}" for at, row in enumerate(reversed(rows), start=1)]
    header = "ID,Username,Status,License Type\n"

    before = export(table(*numbered, header=header), "a.csv")
    after = export(table(*moved, header=header), "b.csv")

    assert changes(before, after) == []


def test_a_name_that_another_resource_takes_is_not_a_rename(export: Export) -> None:
    before = export(table(*OLD), "a.csv")
    after = export(table(OLD[0], OLD[1].replace("5002", "5009"), OLD[2]), "b.csv")

    assert changes(before, after) == [("added", "", "key1"), ("gone", "key1", "")]


def test_the_same_file_twice_is_refused(export: Export) -> None:
    path = export(table(*OLD))

    with pytest.raises(InputError, match="given twice"):
        compare(path, path)
    with pytest.raises(InputError, match="nothing to compare"):
        compare([], path)


LOCKS = "ID,Username,Status,License Type,Locked\n"


@pytest.mark.parametrize("word", ["Locked (5 attempts)", "Yes (since 3 May)", "2", ""])
def test_a_lock_in_unknown_words_is_reported(export: Export, word: str) -> None:
    rest = "5002,old1,Inactive,1,No"
    before = table("5001,key1,Active,7,No", rest, header=LOCKS)
    after = table(f"5001,key1,Active,7,{word}", rest, header=LOCKS)

    found = compare(export(before, "a.csv"), export(after, "b.csv"))

    assert [(str(c.kind), c.new) for c in found.changes] == [("locked", word)]
    said = f"after: 1 record with an unknown word for locked ({word})"
    assert found.missing == ((said,) if word else ())


@pytest.mark.parametrize(
    ("was", "now"), [("No", "false"), ("Yes", "Locked"), ("", ""), ("2", "2")]
)
def test_the_same_lock_is_no_change(export: Export, was: str, now: str) -> None:
    texts = [table(f"5001,key1,Active,7,{word}", header=LOCKS) for word in (was, now)]

    assert changes(export(texts[0], "a.csv"), export(texts[1], "b.csv")) == []


@pytest.mark.parametrize(
    ("word", "holds"),
    [("No", True), ("Yes", False), ("Locked (5 attempts)", False), ("", None)],
)
def test_a_new_user_is_expected_not_to_be_locked(
    export: Export, word: str, *, holds: bool | None
) -> None:
    old = table("5001,a1,Active,3,No", "5002,b1,Inactive,3,No", header=LOCKS)
    after = export(f"{old}5003,key1,Active,7,{word}\n", "b.csv")

    found = check_expected(compare(export(old, "a.csv"), after), "key1")

    (lock,) = [one for one in found if one.what == "it is not locked"]
    assert (lock.holds, lock.said) == (holds, word or "blank")


def check(export: Export, *rows: str) -> dict[str, Check]:
    before = export(table(*OLD), "before.csv")
    after = export(table(*rows), "after.csv")
    found = check_expected(compare(before, after), "key2@sample.example.com")
    return {one.what: one for one in found}


def test_a_new_api_user_that_is_as_planned_is_proved(export: Export) -> None:
    found = check(export, *OLD, NEW)

    unseen = {what for what, one in found.items() if one.holds is not True}
    assert (len(found), unseen) == (10, {"it is not locked"})
    assert found["it has a security level"].said == "Own level (API-only)"


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ((*OLD,), {"it is there once"}),
        ((*OLD, NEW, NEW.replace("5004", "5005")), {"it is there once"}),
        ((*OLD, NEW.replace("key2", "Key2")), {"it is spelled as expected"}),
        ((*OLD, NEW.replace("key2", "key2@other.com")), {"it is there once"}),
        ((*OLD, NEW.replace("Active", "Inactive")), {"it is active"}),
        ((*OLD, NEW.replace("Active", "")), {"it is active"}),
        (
            (*OLD, NEW.replace("API User", "Executive").replace("(API-only)", "")),
            {"it is an API user"},
        ),
        ((*OLD[:2], NEW), {"nothing else changed", "the exports are complete"}),
        (
            (OLD[0], OLD[1].replace("Zapier", "Other"), OLD[2], NEW),
            {"nothing else changed"},
        ),
        (
            (OLD[0].replace("Active", "Terminated"), *OLD[1:], NEW),
            {"nothing else changed", "the exports are complete"},
        ),
        ((*OLD, NEW, "short"), {"the exports are complete"}),
    ],
)
def test_what_is_not_as_planned_is_named(
    export: Export, rows: tuple[str, ...], wrong: set[str]
) -> None:
    found = check(export, *rows)

    assert wrong <= {what for what, one in found.items() if one.holds is False}


def test_what_no_column_shows_is_neither_right_nor_wrong(export: Export) -> None:
    header = "ID,Username,Status,License Type\n"
    old = [",".join(row.split(",")[:4]) for row in OLD]

    before = export(table(*old, header=header), "before.csv")
    after = export(table(*old, "5004,key2,Active,API User", header=header), "after.csv")
    found = {c.what: c for c in check_expected(compare(before, after), "key2")}

    vendor = found["it has an integration vendor"]
    assert (vendor.holds, vendor.said) == (None, "no column shows it")
    assert all(one.holds is not False for one in found.values())


def test_an_old_user_is_not_new_and_swapped_exports_are_suspected(
    export: Export,
) -> None:
    before = export(table(*OLD), "before.csv")
    after = export(table(*OLD, NEW), "after.csv")

    old = {c.what: c for c in check_expected(compare(before, after), "key1")}
    swapped = {c.what: c for c in check_expected(compare(after, before), "key2")}

    assert old["it is new"].holds is False
    assert "line 3, record 2" in old["it is new"].said
    assert "the wrong way round" in swapped["it is there once"].said
