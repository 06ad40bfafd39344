"""The comparison of two moments in the audit's sheet, as plain data."""

from pathlib import Path
from typing import Any

import pytest

from apiuser.auditing import ChangeKind
from apiuser.auditing.checkup.differences import (
    KINDS_OF_GROUPS,
    describe_changes,
    describe_outcome,
)
from apiuser.auditing.checkup.export_files import ExportFile
from apiuser.auditing.checkup.moments import AFTER, BEFORE, Moments, find_outcome
from apiuser.errors import AccessError, InputError

HEADER = "ID,Username,Status,License Type,Security Level,Integration Vendor,Locked\n"
OLD = (
    "5001,amiller,Active,Professional,Manager,,No",
    "5002,key1,Active,API User,API User (system),Zapier,No",
    "5003,old1,Inactive,API User,API User (system),,No",
)
NEW = "5004,key2,Active,API User,Own level (API-only),Zapier,No"


def gather(folder: Path, before: tuple[str, ...], after: tuple[str, ...]) -> Moments:
    """Write an export for each moment under one name, as people have them."""
    moments = Moments(folder=folder)
    for moment, rows in ((BEFORE, before), (AFTER, after)):
        (folder / moment).mkdir()
        path = folder / moment / "resources.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
        moments.take(moment, ExportFile(name="resources.csv", path=path, tenant=""))
    return moments


def compare(moments: Moments, expected: str = "") -> dict[str, Any]:
    moments.expected = expected
    moments.keep(find_outcome(moments, lambda *_: None))
    return describe_outcome(moments)


def test_a_new_user_that_is_as_expected_is_said_first(tmp_path: Path) -> None:
    shown = compare(gather(tmp_path, OLD, (*OLD, NEW)), "key2")

    assert shown["verdict"] == {
        "level": "ok",
        "text": "key2 was added as expected, and nothing else that is shown changed.",
        "then": "Nothing to do.",
    }
    assert {point["level"] for point in shown["points"]} == {"ok"}
    assert [group["title"] for group in shown["groups"]] == ["Added"]
    assert shown["said"].startswith("Compared 3 records with 4 in ")


def test_what_no_column_shows_is_named_beside_the_verdict(tmp_path: Path) -> None:
    own = NEW.replace("Zapier", "")

    shown = compare(gather(tmp_path, OLD, (*OLD, own)), "key2")

    assert shown["verdict"]["level"] == "ok"
    assert shown["verdict"]["then"] == (
        "The exports do not show that it has an integration vendor."
    )


def test_what_is_not_as_expected_is_in_the_verdict(tmp_path: Path) -> None:
    other = OLD[1].replace("Zapier", "")
    inactive = NEW.replace("Active", "Inactive")

    shown = compare(gather(tmp_path, OLD, (OLD[0], other, OLD[2], inactive)), "key2")

    assert shown["verdict"]["level"] == "error"
    assert shown["verdict"]["text"] == (
        "Not so for key2: that it is active, and that nothing else changed."
    )


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "key2",
            (
                "key2 was added as expected, and nothing else changed in what was given; "
                "there may be other changes."
            ),
        ),
        ("", "1 change (added 1) in what was given; more may have changed."),
    ],
)
def test_half_a_list_proves_nothing_about_the_rest(
    tmp_path: Path, expected: str, text: str
) -> None:
    shown = compare(gather(tmp_path, OLD[:2], (*OLD[:2], NEW)), expected)

    assert (shown["verdict"]["level"], shown["verdict"]["text"]) == ("warning", text)
    assert any(
        "inactive" in said for said in map(str, shown["points"] + shown["missing"])
    )


@pytest.mark.parametrize(
    ("after", "level", "text"),
    [
        (OLD, "ok", "Nothing changed in what both moments show."),
        ((*OLD, NEW), "notice", "1 change (added 1)."),
    ],
)
def test_without_a_name_to_expect_the_changes_are_counted(
    tmp_path: Path, after: tuple[str, ...], level: str, text: str
) -> None:
    shown = compare(gather(tmp_path, OLD, after))

    assert (shown["verdict"]["level"], shown["verdict"]["text"]) == (level, text)
    assert shown["points"] == []


def test_changes_are_grouped_by_what_happened(tmp_path: Path) -> None:
    after = (
        OLD[0].replace("amiller", "amuller").replace("Manager", "Admin"),
        OLD[1].replace("Active", "Inactive"),
        NEW,
    )

    shown = compare(gather(tmp_path, OLD, after))

    rows = {
        group["title"]: [(row["name"], row["what"]) for row in group["rows"]]
        for group in shown["groups"]
    }
    assert rows == {
        "Added": [("key2", "")],
        "Deactivated": [("key1", "active, now inactive")],
        "Renamed": [("amuller", "amiller, now amuller")],
        "Changed": [("amuller", "security level: Manager, now Admin")],
        "Not seen after": [("old1", "")],
    }
    assert shown["groups"][0]["rows"][0]["place"] == "resources-2.csv, line 4, record 3"


def test_every_kind_of_change_is_in_one_group() -> None:
    grouped = [kind for kinds in KINDS_OF_GROUPS.values() for kind in kinds]

    assert sorted(grouped) == sorted(ChangeKind)


def test_changes_come_page_by_page_and_can_be_searched(tmp_path: Path) -> None:
    many = tuple(NEW.replace("5004,key2", f"{6000 + n},new{n}x") for n in range(60))
    moments = gather(tmp_path, OLD, (*OLD, *many))
    shown = compare(moments)

    last = describe_changes(moments, "Added", start=50)
    found = describe_changes(moments, "Added", text=" NEW7X")
    none = describe_changes(moments, "No such group")

    assert (len(shown["groups"][0]["rows"]), shown["groups"][0]["total"]) == (50, 60)
    assert (last["start"], len(last["rows"])) == (50, 10)
    assert [row["name"] for row in found["rows"]] == ["new7x"]
    assert none["total"] == 0


def test_invisible_characters_of_a_change_are_spelt_out(tmp_path: Path) -> None:
    odd = NEW.replace("key2", "key\N{ZERO WIDTH SPACE}2")

    shown = compare(gather(tmp_path, OLD, (*OLD, odd)), "key\N{ZERO WIDTH SPACE}2")

    assert shown["groups"][0]["rows"][0]["name"] == "key<U+200B>2"
    assert "\N{ZERO WIDTH SPACE}" not in shown["verdict"]["text"]


def test_a_file_that_cannot_be_read_stops_the_comparison(tmp_path: Path) -> None:
    moments = gather(tmp_path, OLD, (*OLD, NEW))
    odd = tmp_path / "more.csv"
    odd.write_bytes("Username\ncafé2go\n".encode("cp1252"))
    moments.change({"do": "add", "moment": AFTER, "path": "more.csv"})

    refused = compare(moments, "key2")
    moments.change(
        {
            "do": "give",
            "moment": AFTER,
            "name": "more.csv",
            "values": {"encoding": "cp1252"},
        }
    )
    read = compare(moments)

    assert refused["verdict"] == {
        "level": "error",
        "text": "1 file could not be read, so nothing was compared.",
        "then": "See what the file needs.",
    }
    assert refused["groups"] == []
    assert read["groups"][0]["total"] == 2


def test_which_half_an_export_is_can_be_said_of_each(tmp_path: Path) -> None:
    moments = Moments(folder=tmp_path)
    for moment in (BEFORE, AFTER):
        for half in ("active", "inactive"):
            name = f"{moment}-{half}.csv"
            text = f"Username,License Type\n{half}1,7\n{half},1\n"
            (tmp_path / name).write_text(text, "utf-8")
            moments.change({"do": "add", "moment": moment, "path": name})
            given = {"moment": moment, "name": name, "values": {"half": half}}
            moments.change({"do": "give", **given})

    assert compare(moments)["verdict"]["level"] == "ok"


def test_a_folder_may_hold_the_exports_of_a_moment(tmp_path: Path) -> None:
    moments = gather(tmp_path, OLD, (*OLD, NEW))
    for moment in (BEFORE, AFTER):
        (name,) = moments.sides[moment]
        moments.change({"do": "remove", "moment": moment, "name": name})
        moments.change({"do": "add", "moment": moment, "path": moment})

    assert [[*side] for side in moments.sides.values()] == [
        ["before/resources.csv"],
        ["after/resources.csv"],
    ]
    assert compare(moments, "key2")["verdict"]["level"] == "ok"


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"do": "add", "path": "before/resources.csv"}, "is already under Before"),
        ({"do": "add", "path": ""}, "Enter the path of a file or folder."),
        (
            {"do": "add", "path": "none.csv"},
            "none.csv: does not exist; check the path.",
        ),
        ({"do": "give", "name": "other"}, "The window sent something unknown"),
        (
            {"do": "add", "path": "a", "moment": "x"},
            "The window sent something unknown",
        ),
    ],
)
def test_what_cannot_be_added_is_refused(
    tmp_path: Path, event: dict[str, object], said: str
) -> None:
    moments = gather(tmp_path, OLD, OLD)

    with pytest.raises((InputError, AccessError), match=said):
        moments.change({"moment": AFTER} | event)


def test_a_file_given_twice_to_one_moment_is_in_it_once(tmp_path: Path) -> None:
    moments = gather(tmp_path, OLD, OLD)

    moments.change({"do": "add", "moment": BEFORE, "path": "before/resources.csv"})

    assert [*moments.sides[BEFORE]] == ["resources.csv"]


def test_a_moment_without_an_export_is_asked_for(tmp_path: Path) -> None:
    moments = gather(tmp_path, OLD, OLD)
    moments.sides[AFTER].clear()

    with pytest.raises(InputError, match="Add an export under After"):
        compare(moments)


def test_a_file_that_comes_anew_clears_what_was_found(tmp_path: Path) -> None:
    moments = gather(tmp_path, OLD, OLD)
    before, edition = compare(moments), moments.edition
    path = tmp_path / "more.csv"
    path.write_text(f"{HEADER}{NEW}\n", "utf-8")

    moments.change({"do": "add", "moment": AFTER, "path": "more.csv"})

    assert before["checked"] is True
    assert describe_outcome(moments)["checked"] is False
    assert moments.edition > edition


def test_a_name_without_a_user_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing before the @"):
        compare(gather(tmp_path, OLD, OLD), "@sample.example.com")


def test_what_is_shown_is_stale_once_the_exports_changed(tmp_path: Path) -> None:
    moments = gather(tmp_path, OLD, OLD)
    before = describe_outcome(moments)["checked"]
    compare(moments)
    fresh = moments.stale

    moments.change({"do": "remove", "moment": BEFORE, "name": "resources.csv"})

    assert (before, fresh, moments.stale) == (False, False, True)


def test_a_large_export_is_compared_record_by_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apiuser.auditing.checkup.export_files.HUGE", 1)

    shown = compare(gather(tmp_path, OLD, OLD[:2]))

    assert [group["title"] for group in shown["groups"]] == ["Not seen after"]
