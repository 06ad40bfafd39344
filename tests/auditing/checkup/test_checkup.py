"""What the audit sheet shows of what was found, as plain data."""

from pathlib import Path
from typing import Any

import pytest

from apiuser.auditing import audit
from apiuser.auditing.checkup.inquiry import Inquiry
from apiuser.auditing.checkup.name_groups import tell_apart
from apiuser.auditing.checkup.sheet_view import describe_answer, describe_page
from tests.auditing.checkup.inquiring import CLEAN, ask, look, show

FAULTY = ("sample-faulty-active.csv", "sample-faulty-inactive.csv")
ROOT = Path(__file__).parents[3]
NOTEBOOKS = ROOT / "notebooks"
HEADINGS = ROOT / "apiuser/forms/widgets/audit_findings.js"


def test_a_complete_list_without_conflict_says_so_in_green(tmp_path: Path) -> None:
    shown = show(tmp_path, clean=CLEAN)

    assert shown["verdict"] == {
        "level": "ok",
        "text": "No conflict: no name is taken twice. The list is complete.",
        "then": "Nothing to do.",
    }
    assert {point["level"] for point in shown["points"]} == {"ok"}
    assert shown["groups"]["total"] == 0


def test_what_cannot_be_proved_is_not_claimed(tmp_path: Path) -> None:
    shown = show(tmp_path, half="ada1,a@example.com,Professional,Active\n")

    assert shown["verdict"] == {
        "level": "warning",
        "text": "No conflict was found in what was given; that does not prove there is "
        "none.",
        "then": "What is missing is below, under “Is the list complete?”.",
    }
    assert '"Is the list complete?"' in HEADINGS.read_text(encoding="utf-8")


def test_each_open_point_says_how_to_close_it(tmp_path: Path) -> None:
    shown = show(tmp_path, half="ada1,a@example.com,Professional,Active\n")

    points = {point["label"]: point for point in shown["points"]}
    assert list(points) == [
        "Active resources",
        "Inactive resources",
        "Co-managing users",
        "Cut off",
    ]
    assert points["Active resources"]["text"] == "1 seen"
    assert points["Inactive resources"]["how"].startswith("Set the filter")
    assert points["Co-managing users"]["tick"] is False
    assert points["Cut off"]["text"] == "no file"


def test_an_answer_that_counts_more_records_is_cut_off_whatever_their_number(
    tmp_path: Path,
) -> None:
    records = ",".join(f'{{"userName": "a{at}"}}' for at in range(3))
    path = tmp_path / "answer.json"
    path.write_text(f'{{"items": [{records}], "pageDetails": {{"count": 9}}}}')
    inquiry = Inquiry(folder=tmp_path)
    inquiry.change({"do": "add", "path": path.name})

    points = look(inquiry)["points"]

    (point,) = (point for point in points if point["label"].startswith("Cut"))
    assert (point["label"], point["text"]) == ("Cut off", "answer.json")
    assert "5,000" not in point["how"]


def test_a_tenant_without_co_managing_users_can_be_proved(tmp_path: Path) -> None:
    both = "a1,a@example.com,API User,Active\nb2,b@example.com,Professional,Inactive\n"
    inquiry = ask(tmp_path, both=both)

    inquiry.change({"do": "co_managed", "on": False})
    shown = look(inquiry)

    assert shown["points"][2]["text"] == "none, as you say"
    assert shown["points"][2]["tick"] is True
    assert shown["verdict"]["level"] == "ok"
    assert "no co-managing users" in shown["notices"][-1]


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        f"{CLEAN}only-one-cell\n",
        f"{CLEAN},x@example.com,API User,Active\n",
        f"{CLEAN}a\N{FULLWIDTH COMMERCIAL AT}b1,x@example.com,API User,Active\n",
        CLEAN.replace("Co-Managed", "Other"),
        CLEAN.replace("Inactive", "Active"),
        "".join(f"name{at},,,Active\n" for at in range(5_000)),
    ],
    ids=["clean", "short", "nameless", "sign", "co-managed", "half", "cut"],
)
def test_all_points_are_closed_if_the_list_is_proved_and_only_then(
    tmp_path: Path, text: str
) -> None:
    inquiry = ask(tmp_path, one=text)

    shown = describe_answer(inquiry)

    one = inquiry.shown
    assert one is not None
    assert one.report is not None
    closed = all(point["level"] != "warning" for point in shown["points"])
    assert closed is one.report.proved


def test_many_unreadable_records_are_listed_in_part(tmp_path: Path) -> None:
    shown = show(tmp_path, short=CLEAN + "only-one-cell\n" * 23)

    (point,) = (point for point in shown["points"] if point["label"] == "Records")
    assert point["text"] == "23 records could not be read"
    assert point["lines"][0].startswith("short.csv, line 5: ")
    assert len(point["lines"]) == 21
    assert point["lines"][-1] == "and 3 more, in the JSON report"


def groups(folder: Path, **rows: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = show(folder, **rows)["groups"]["rows"]
    return found


def test_a_conflict_is_one_entry_with_its_records_under_it(tmp_path: Path) -> None:
    (group,) = groups(
        tmp_path,
        active="sync2it,a@example.com,API User,Active\n",
        inactive="SYNC2IT,b@example.com,API User,Inactive\n",
    )

    assert (group["name"], group["tag"], group["code"]) == (
        "sync2it",
        "different capitals",
        "USR007",
    )
    assert group["records"] == [
        {
            "name": "sync2it",
            "status": "active",
            "kind": "API user",
            "place": "active.csv, line 2",
            "note": "",
        },
        {
            "name": "SYNC2IT",
            "status": "inactive",
            "kind": "API user",
            "place": "inactive.csv, line 2",
            "note": "",
        },
    ]


@pytest.mark.parametrize(
    ("rows", "advice"),
    [
        (
            "a1,,Professional,Active\na1,,Professional,Active\n",
            "An existing person keeps",
        ),
        ("a1,,Professional,Active\na1,,API User,Active\n", "The person keeps the name"),
        ("a1,,API User,Active\na1,,API User,Inactive\n", "An inactive resource keeps"),
        ("a1,,API User,Active\na1,,API User,Active\n", "Give all but one"),
        ("a1,,,Active\na1,,,Active\n", "Find out in Autotask who has"),
        (
            "a1,,API User,Active\nA1,,API User,Active\n",
            "Whether Autotask tells capitals",
        ),
        ("a1,,,Active\n\N{FULLWIDTH LATIN SMALL LETTER A}1,,,Active\n", "The letters"),
        ("a1@x.com,,,Active\na1@y.com,,,Active\n", "Compare the endings"),
        ("c0de,,,Active\ncode,,,Active\n", "People may mix them up"),
        ("c0de,,API User,Active\ncode,,,Active\n", "People will mix them up"),
    ],
)
def test_advice_is_for_the_case(tmp_path: Path, rows: str, advice: str) -> None:
    (group,) = groups(tmp_path, rows=rows)

    assert group["advice"].startswith(advice)
    assert "Choose another username" not in group["advice"]


def test_names_used_twice_come_before_those_that_look_alike(tmp_path: Path) -> None:
    rows = "c0de,,,Active\ncode,,,Active\nz1,,,Active\nz1,,,Active\n"

    shown = show(tmp_path, rows=rows)

    assert [group["tag"] for group in shown["groups"]["rows"]] == [
        "same name",
        "look alike",
    ]
    assert shown["verdict"]["text"] == (
        "1 username is in conflict: 2 records. 1 group of names looks alike: 2 records."
    )


@pytest.mark.parametrize(
    ("first", "other", "said"),
    [
        ("backup01@x", "backup0l@x", "l for 1"),
        (
            "code",
            "c\N{CYRILLIC SMALL LETTER O}de",
            "\N{CYRILLIC SMALL LETTER O} (U+043E) for o",
        ),
        ("abc", "ABC", ""),
        ("abc", "abcd", ""),
        ("abcd", "efgh", ""),
    ],
)
def test_confused_characters_are_named(first: str, other: str, said: str) -> None:
    assert tell_apart(first, other) == said


def test_groups_come_page_by_page_and_can_be_searched(tmp_path: Path) -> None:
    rows = "".join(f"name{at % 25}x,,,Active\n" for at in range(50))
    inquiry = ask(tmp_path, twice=rows)

    last = describe_page(inquiry, start=20)
    found = describe_page(inquiry, text=" NAME7X")
    none = describe_page(inquiry, text=".*", start=40)

    assert (last["start"], len(last["rows"]), last["found"]) == (20, 5, 25)
    assert [group["name"] for group in found["rows"]] == ["name7x"]
    assert (none["rows"], none["found"], none["total"]) == ([], 0, 25)


def test_many_records_with_one_name_are_counted_and_not_all_shown(
    tmp_path: Path,
) -> None:
    (group,) = groups(tmp_path, many="same1,,,Active\n" * 14)

    assert (len(group["records"]), group["more"]) == (10, 4)


@pytest.mark.parametrize(
    ("last", "tag", "advice"),
    [
        ("same1,,Professional,Active\n", "same name", "The person keeps the name"),
        ("same1,,API User,Inactive\n", "same name", "An inactive resource keeps"),
        ("SAME1,,API User,Active\n", "different capitals", "Whether Autotask tells"),
    ],
)
def test_records_that_are_not_shown_count_for_tag_and_advice(
    tmp_path: Path, last: str, tag: str, advice: str
) -> None:
    (group,) = groups(tmp_path, many="same1,,API User,Active\n" * 10 + last)

    assert (len(group["records"]), group["more"]) == (10, 1)
    assert group["tag"] == tag
    assert group["advice"].startswith(advice)


@pytest.mark.parametrize(
    ("rows", "said"), [({}, "Checked in "), ({"clean": CLEAN}, "Checked 3 records in ")]
)
def test_records_are_counted_where_there_were_any(
    tmp_path: Path, rows: dict[str, str], said: str
) -> None:
    assert show(tmp_path, names="dora4", **rows)["said"].startswith(said)


def test_problems_are_counted_by_name_with_what_to_do(tmp_path: Path) -> None:
    rows = "nodigit,,API User,Active\nalso,,API User,Inactive\n"

    problems = show(tmp_path, api=rows)["problems"]

    assert [(one["name"], one["code"], one["number"]) for one in problems] == [
        ("No digit in the name", "USR003", 2),
        ("Inactive, keeps its name", "HYG002", 1),
    ]
    assert problems[0]["do"] == "Use at least one digit in the username."
    assert [one["share"] for one in problems] == [1.0, 0.5]


def test_the_records_of_a_problem_are_asked_for_by_its_code(tmp_path: Path) -> None:
    inquiry = ask(tmp_path, api="nodigit,,API User,Active\nalso,,API User,Active\n")

    page = describe_page(inquiry, code="USR003", text="als")

    assert [row["name"] for row in page["rows"]] == ["also"]
    assert (page["found"], page["total"]) == (1, 2)


def test_a_good_name_is_free_without_objections(tmp_path: Path) -> None:
    shown = show(tmp_path, names="dora4@one.example.com", clean=CLEAN)

    assert shown["names"] == [
        {
            "name": "dora4@one.example.com",
            "level": "ok",
            "text": "Free. It follows every rule.",
            "against": [],
            "free": "",
        }
    ]


def test_free_is_limited_to_what_was_seen_if_the_list_is_incomplete(
    tmp_path: Path,
) -> None:
    shown = show(tmp_path, names="dora4\nnodigit", half="ada1,,API User,Active\n")

    assert [(one["level"], one["text"]) for one in shown["names"]] == [
        (
            "notice",
            "Free among 1 name, and follows every rule, but the list is not complete.",
        ),
        ("error", "Not among 1 name, but:"),
    ]
    assert [one["code"] for one in shown["names"][1]["against"]] == ["USR003"]


def test_a_taken_name_comes_with_its_owner_and_a_free_one(tmp_path: Path) -> None:
    shown = show(tmp_path, names="Ada1\nADA1\nadal", clean=CLEAN)

    first, second, third = shown["names"]
    assert first["text"] == (
        "Taken: ada1@one.example.com, active person, clean.csv, line 2; "
        "ADA1, another of these names."
    )
    assert first["free"] == "ada2"
    assert second["level"] == "error"
    assert third["text"].startswith("Looks like another name: ada1@one.example.com")
    assert shown["groups"]["total"] == 0
    assert shown["verdict"]["text"].startswith("No conflict")


def test_without_exports_names_are_compared_with_nothing(tmp_path: Path) -> None:
    shown = show(tmp_path, names="dora4\nnodigit")

    assert [one["text"] for one in shown["names"]] == [
        "Not compared with any names: tick exports below. It follows every rule.",
        "Not compared with any names: tick exports below; but:",
    ]
    assert shown["verdict"] is None


def test_invisible_characters_are_spelt_out(tmp_path: Path) -> None:
    inquiry = ask(tmp_path, odd="a\N{ZERO WIDTH SPACE}2,,API User,Active\n")

    (row,) = describe_page(inquiry, code="USR005")["rows"]

    assert row["name"] == "a<U+200B>2"


def test_the_samples_show_the_conflicts_of_the_audit() -> None:
    paths = [NOTEBOOKS / "data" / name for name in FAULTY]
    inquiry = Inquiry(folder=NOTEBOOKS)
    for file in inquiry.files.values():
        file.chosen = file.path in paths

    shown = look(inquiry)

    report = audit(paths)
    assert shown["groups"]["total"] == len(report.conflicts)
    alone = sum(mark.row >= 0 and not mark.group for mark in report.found)
    assert sum(problem["number"] for problem in shown["problems"]) == alone


def test_exports_of_several_tenants_are_to_be_checked_apart(tmp_path: Path) -> None:
    other = CLEAN.replace("one.example", "two.example").replace("1@", "5@")
    api = "api7@{}.example.com,x@example.com,API User,Active\n"

    shown = show(
        tmp_path, acme=CLEAN + api.format("one"), beta=other + api.format("two")
    )

    (point,) = (point for point in shown["points"] if point["label"] == "Tenants")
    assert point["level"] == "warning"
    assert shown["verdict"]["level"] != "ok"
    assert "@one.example.com, @two.example.com" in point["text"]
    assert point["how"].startswith("Choose “Many tenants” above")


def test_what_to_do_next_counts_the_files_and_talks_of_no_name(tmp_path: Path) -> None:
    inquiry = ask(tmp_path, one=CLEAN)
    for name in ("bad.csv", "worse.csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
        inquiry.change({"do": "add", "path": name})

    verdict = look(inquiry)["verdict"]

    assert verdict["then"] == "See what the files need."


def test_a_name_that_looks_like_an_address_is_called_so_first(tmp_path: Path) -> None:
    without = look(Inquiry(folder=tmp_path, names="ann@one.example.com"))["names"]
    beside = show(tmp_path, names="ann@one.example.com", one=CLEAN)["names"]

    for (name,) in (without, beside):
        assert [one["code"] for one in name["against"]] == ["USR014", "USR003"]
