"""What a person says about exports in a form holds for these exports, as they were."""

from pathlib import Path

import pytest

from apiuser.auditing.checkup.export_files import ExportFile
from apiuser.auditing.checkup.inquiry import Inquiry
from apiuser.auditing.checkup.moments import AFTER, BEFORE, Moments, find_outcome
from apiuser.auditing.checkup.sheet_view import describe_inquiry, describe_moments
from tests.auditing.checkup.inquiring import HEADER, ask, look

ACME = "a1,a@example.com,API User,Active\nb2,b@example.com,Professional,Inactive\n"
BOLT = "c3,c@example.com,API User,Active\nd4,d@example.com,Professional,Inactive\n"
HALF = "Username,License Type\n{},API User\n"
AGAIN = "“There are none” was ticked for other exports; tick it again"
CHANGED = "it has changed since, so what you said about it no longer counts"


def say_none(inquiry: Inquiry, *, on: bool = True) -> str:
    inquiry.change({"do": "co_managed", "on": not on})
    return tell_level(inquiry)


def tell_level(inquiry: Inquiry) -> str:
    return str(look(inquiry)["verdict"]["level"])


def tick(inquiry: Inquiry, name: str, *, on: bool = True) -> None:
    inquiry.change({"do": "tick", "name": name, "on": on})


def tell_how(inquiry: Inquiry) -> str:
    (how,) = (
        point["how"]
        for point in look(inquiry)["points"]
        if point["label"] == "Co-managing users"
    )
    return str(how)


@pytest.fixture
def sure(tmp_path: Path) -> Inquiry:
    """An inquiry about one tenant, of which a person said that there are none."""
    inquiry = ask(tmp_path, acme=ACME)
    (tmp_path / "bolt.csv").write_text(HEADER + BOLT, encoding="utf-8")
    inquiry.change({"do": "look"})
    assert say_none(inquiry) == "ok"
    return inquiry


def test_that_there_are_none_is_not_said_of_another_tenant(sure: Inquiry) -> None:
    tick(sure, "acme.csv", on=False)
    tick(sure, "bolt.csv")

    level = tell_level(sure)

    assert level == "warning"
    assert describe_inquiry(sure)["co_managed"] is True
    assert tell_how(sure).startswith(AGAIN)
    assert say_none(sure) == "ok"


def test_that_there_are_none_is_asked_again_when_an_export_is_added(
    sure: Inquiry,
) -> None:
    tick(sure, "bolt.csv")
    with_both = tell_level(sure)
    tick(sure, "bolt.csv", on=False)

    assert with_both == "warning"
    assert tell_level(sure) == "ok"


def test_that_there_are_none_is_not_said_of_part_of_the_exports(sure: Inquiry) -> None:
    tick(sure, "bolt.csv")
    look(sure)
    say_none(sure)

    tick(sure, "acme.csv", on=False)

    assert tell_level(sure) == "warning"


def test_that_there_are_none_is_said_of_the_exports_that_were_shown(
    sure: Inquiry,
) -> None:
    say_none(sure, on=False)
    tick(sure, "acme.csv", on=False)
    tick(sure, "bolt.csv")

    assert say_none(sure) == "warning"


def test_that_there_are_none_is_not_said_of_a_file_that_changed(
    sure: Inquiry, tmp_path: Path
) -> None:
    (tmp_path / "acme.csv").write_text(HEADER + BOLT + ACME, encoding="utf-8")

    assert tell_level(sure) == "warning"


def test_that_there_are_none_can_be_taken_back(sure: Inquiry) -> None:
    assert say_none(sure, on=False) == "warning"
    assert tell_how(sure).startswith("Export their pages too")


def test_that_there_are_none_is_said_of_one_of_many_tenants(tmp_path: Path) -> None:
    inquiry = ask(tmp_path, acme=ACME, bolt=BOLT)
    inquiry.change({"do": "many", "on": True})
    look(inquiry)

    inquiry.change({"do": "tenant", "tenant": "bolt"})
    say_none(inquiry)
    shown = look(inquiry)

    assert {one["tenant"]: one["level"] for one in shown["tenants"]} == {
        "acme": "warning",
        "bolt": "ok",
    }


def test_the_tenant_that_has_none_stays_in_sight(tmp_path: Path) -> None:
    inquiry = ask(tmp_path, acme=ACME, bolt=BOLT)
    inquiry.change({"do": "many", "on": True})
    (first, _) = look(inquiry)["tenants"]

    say_none(inquiry)
    shown = look(inquiry)

    (now,) = (one["tenant"] for one in shown["tenants"] if one["now"])
    assert now == first["tenant"]
    assert describe_inquiry(inquiry)["co_managed"] is False


def test_that_there_are_none_is_not_said_while_nothing_is_shown(tmp_path: Path) -> None:
    (tmp_path / "acme.csv").write_text(HEADER + ACME, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path)
    tick(inquiry, "acme.csv")

    assert say_none(inquiry) == "warning"


def test_which_half_a_file_is_is_asked_again_once_the_file_has_changed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "names.csv"
    path.write_text(HALF.format("a1"), encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path)
    tick(inquiry, "names.csv")
    look(inquiry)
    inquiry.change({"do": "give", "name": path.name, "values": {"half": "active"}})
    before = look(inquiry)["points"][0]["text"]
    path.write_text(HALF.format("another1"), encoding="utf-8")

    after = look(inquiry)["points"][0]

    (file,) = describe_inquiry(inquiry)["files"]
    assert before == "1 seen"
    assert after["how"].startswith("Say which half the file is")
    assert file["text"] == f"1 record; {CHANGED}"
    assert [one["value"] for one in file["asks"] if one["option"] == "half"] == [""]
    assert not inquiry.stale


def test_what_was_said_of_a_changed_file_can_be_said_again(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(HALF.format("a1"), encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path)
    tick(inquiry, "names.csv")
    give = {"do": "give", "name": path.name, "values": {"half": "active"}}
    look(inquiry)
    inquiry.change(give)
    path.write_text(HALF.format("another1"), encoding="utf-8")
    look(inquiry)

    inquiry.change(give)

    assert look(inquiry)["points"][0]["text"] == "1 seen"
    assert describe_inquiry(inquiry)["files"][0]["text"] == "1 record"


@pytest.mark.parametrize(
    ("text", "back"), [("", "contains no data"), (HALF.format("a1"), "1 record")]
)
def test_a_file_that_is_not_ticked_needs_nothing(
    tmp_path: Path, text: str, back: str
) -> None:
    (tmp_path / "names.csv").write_text(text, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path, names="a2")
    tick(inquiry, "names.csv")
    look(inquiry)

    tick(inquiry, "names.csv", on=False)
    (without,) = describe_inquiry(inquiry)["files"]
    tick(inquiry, "names.csv")
    (again,) = describe_inquiry(inquiry)["files"]

    assert (without["level"], without["asks"]) == ("", [])
    assert "no data" not in without["text"]
    assert again["text"].startswith(back)
    assert bool(again["asks"]) is bool(text)


def test_a_file_of_a_moment_is_asked_again_too_once_it_has_changed(
    tmp_path: Path,
) -> None:
    moments = Moments(folder=tmp_path)
    for moment in (BEFORE, AFTER):
        path = tmp_path / f"{moment}.csv"
        path.write_text(HALF.format("a1"), encoding="utf-8")
        moments.take(moment, ExportFile(name=path.name, path=path, tenant=""))
    moments.keep(find_outcome(moments, lambda *_: None))
    half = {"half": "active"}
    moments.change({"do": "give", "moment": AFTER, "name": path.name, "values": half})
    path.write_text(HALF.format("another1"), encoding="utf-8")

    moments.keep(find_outcome(moments, lambda *_: None))

    file = describe_moments(moments)["sides"][1]["files"][0]
    assert file["text"] == f"1 record; {CHANGED}"
    assert not moments.stale
