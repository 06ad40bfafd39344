"""A comparison states nothing as certain over names that may not be the real ones."""

from collections.abc import Mapping

import pytest

from apiuser.auditing import check_expected, compare
from apiuser.auditing.comparison import Comparison
from apiuser.auditing.expectation import holds_all
from apiuser.reports.comparison_report import comparison_as_json, render_comparison
from tests.exports.export_reading import Export

BY_ID = "Resource ID,Username,Status,License Type\n"
BY_NAME = "Username,Status,License Type\n"
ROWS = (
    "29682885,ada,Active,Professional\n29682892,ben,Inactive,Professional\n"
    "29682899,cyd,Active,Professional\n"
)
KEY = "29682906,key1,Active,API User\n"
DOUBTED = {
    "masks": {"ada": "adxxxxx", "ben": "bexxxxx", "cyd": "cyxxxxx"},
    "a mask": {"ben": "b***"},
    "a number": {"ben": "1.2E+05"},
    "another encoding": {"ben": "m\u00b3ller"},
    "a word": {"ben": "redacted"},
    "columns": {"29682892,ben": "ben,29682892", "29682899,cyd": "cyd,29682899"},
}
MARKED = "the name may not be the real one"


def compare_texts(export: Export, before: str, after: str) -> Comparison:
    return compare(export(before, "before.csv"), export(after, "after.csv"))


def change(text: str, new: Mapping[str, str]) -> str:
    for old, name in new.items():
        text = text.replace(old, name)
    return text


@pytest.mark.parametrize("new", DOUBTED.values(), ids=DOUBTED)
def test_what_changed_to_doubted_names_is_not_certain(
    export: Export, new: Mapping[str, str]
) -> None:
    comparison = compare_texts(export, BY_ID + ROWS, BY_ID + change(ROWS, new))

    said = comparison_as_json(comparison)
    assert comparison.changes
    assert [one["certain"] for one in said["changes"]] == [False] * len(
        comparison.changes
    )
    text = render_comparison(comparison)
    assert "not there any more" not in text
    assert "not there before" not in text
    assert "Some of these may not be real changes" in text


@pytest.mark.parametrize("new", DOUBTED.values(), ids=DOUBTED)
def test_doubted_names_in_both_moments_do_not_show_that_nothing_changed(
    export: Export, new: Mapping[str, str]
) -> None:
    text = BY_ID + change(ROWS, new)

    comparison = compare_texts(export, text, text)

    assert comparison.changes == ()
    assert "Nothing changed" not in render_comparison(comparison)
    assert "No change was seen, but that does not prove that nothing changed." in (
        render_comparison(comparison)
    )


@pytest.mark.parametrize("side", ["before", "after", "both"])
@pytest.mark.parametrize("new", [*DOUBTED.values()][1:5], ids=[*DOUBTED][1:5])
def test_an_expected_user_is_not_proved_beside_doubted_names(
    export: Export, new: Mapping[str, str], side: str
) -> None:
    before = change(ROWS, new) if side != "after" else ROWS
    after = change(ROWS, new) if side != "before" else ROWS
    comparison = compare_texts(export, BY_ID + before, BY_ID + after + KEY)

    checks = check_expected(comparison, "key1")

    held = {check.what: check.holds for check in checks}
    assert not holds_all(checks)
    assert held["nothing else changed"] is not True
    assert (held["it is there once"] is True) == (side == "before")
    assert (held["it is new"] is True) == (side == "after")
    assert "All is as expected" not in render_comparison(comparison, checks)


def test_a_resource_that_could_not_be_read_is_not_said_to_be_gone(
    export: Export,
) -> None:
    rows = ROWS + "".join(
        f"2968{at},n{at},Active,Executive\n" for at in range(2990, 2999)
    )
    shifted = rows.replace("29682892,ben,Inactive", "ben,Inactive,29682892")

    comparison = compare_texts(export, BY_ID + rows, BY_ID + shifted)

    text = render_comparison(comparison)
    assert [str(one.kind) for one in comparison.changes] == ["gone"]
    assert "not there any more" not in text
    assert "ben: not seen after, but names may be missing there" in text


def test_names_that_match_by_a_mask_are_marked(export: Export) -> None:
    before = BY_NAME + "xxxxxxx,Active,Executive\nada,Inactive,Executive\n"
    after = BY_NAME + "xxxxxxx,Inactive,Executive\nada,Inactive,Executive\n"

    comparison = compare_texts(export, before, after)

    assert MARKED in render_comparison(comparison)


def test_plain_changes_stay_certain(export: Export) -> None:
    after = BY_ID + ROWS.replace("ben", "bea") + KEY

    comparison = compare_texts(export, BY_ID + ROWS, after)

    text = render_comparison(comparison)
    assert MARKED not in text
    assert "key1: not there before" in text
    assert "may not be real changes" not in text
    assert all(one["certain"] for one in comparison_as_json(comparison)["changes"])


HIDDEN = {
    "a filter": ('{"filter": "isActive eq true", "items": [%s]}', "before.json"),
    "a next page": ('{"pageDetails": {"nextPageUrl": "p2"}, "items": [%s]}', "b.json"),
}


@pytest.mark.parametrize(("answer", "name"), HIDDEN.values(), ids=HIDDEN)
def test_what_an_answer_leaves_out_may_have_been_there(
    export: Export, answer: str, name: str
) -> None:
    user = '{"id": %d, "userName": "%s", "licenseType": 7}'
    old, new = user % (29682885, "key1"), user % (29682892, "key2")

    comparison = compare(
        export(answer % old, name), export(f"[{old}, {new}]", "after.json")
    )

    assert not any(map(comparison.is_certain, comparison.changes))
    assert "key2: not seen before, but names may be missing there" in render_comparison(
        comparison
    )


def test_a_name_that_was_not_stored_as_text_may_not_have_changed(
    export: Export,
) -> None:
    rows = '[{"id": 29682885, "userName": %s}, {"id": 29682892, "userName": "b1"}]'

    comparison = compare(
        export(rows % '"0123"', "before.json"), export(rows % 123, "after.json")
    )

    (change,) = comparison.changes
    assert (change.old, change.new) == ("0123", "123")
    assert not comparison.is_certain(change)


@pytest.mark.parametrize("twice", [KEY, KEY.replace("User", "user")])
def test_an_expected_user_that_one_export_lists_twice_is_not_there_once(
    export: Export, twice: str
) -> None:
    comparison = compare_texts(export, BY_ID + ROWS, BY_ID + ROWS + KEY + twice)

    once = check_expected(comparison, "key1")[0]

    assert (once.what, once.holds) == ("it is there once", False)
    assert "found 2 times" in once.said
    assert "line 5, record 4" in once.said
    assert "line 6, record 5" in once.said


def test_an_expected_user_that_two_exports_show_is_there_once(export: Export) -> None:
    both = [export(BY_ID + ROWS + KEY, name) for name in ("a.csv", "b.csv")]

    comparison = compare(export(BY_ID + ROWS, "before.csv"), both)

    assert check_expected(comparison, "key1")[0].holds
