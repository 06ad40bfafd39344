"""The sheets ask which column is what, and whether there is a header at all."""

from pathlib import Path
from typing import Any

import pytest

from apiuser.auditing.checkup.inquiry import Inquiry
from apiuser.auditing.checkup.sheet_view import describe_inquiry
from apiuser.checklist.names_file import read_names_file
from apiuser.errors import InputError
from apiuser.exports import ReadOptions
from apiuser.exports.asked_options import (
    describe_asks,
    take_options,
)
from tests.auditing.checkup.inquiring import look

NO_HEADER = "sync2it,on,robot\nlink3up,off,robot\n"
ODD = (
    "Konto,Lage,Art,Rolle\nsync2it,Active,API User,x\nlink3up,Inactive,API User,x\n"
    "aarcher,Active,Professional,x\n"
)
HALF_KNOWN = (
    "Username,Status,Art\nsync2it,Active,API User\nlink3up,Inactive,API User\n"
    "aarcher,Active,Professional\n"
)
COLUMNS = [
    *("Username column", "First line"),
    *("Status column", "Licence type column", "Security level column"),
]


def choose(tmp_path: Path, text: str) -> Inquiry:
    (tmp_path / "acme.csv").write_text(text, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path)
    inquiry.change({"do": "tick", "name": "acme.csv", "on": True})
    return inquiry


def list_asked(inquiry: Inquiry) -> list[str]:
    (file,) = describe_inquiry(inquiry)["files"]
    return [ask["label"] for ask in file["asks"]]


def give(inquiry: Inquiry, **values: str) -> dict[str, Any]:
    inquiry.change({"do": "give", "name": "acme.csv", "values": values})
    look(inquiry)
    inquiry.change({"do": "co_managed", "on": False})
    return look(inquiry)


@pytest.mark.parametrize("text", [ODD, NO_HEADER])
def test_a_refusal_that_names_a_column_asks_for_all_that_matter(
    tmp_path: Path, text: str
) -> None:
    inquiry = choose(tmp_path, text)

    shown = look(inquiry)

    (file,) = describe_inquiry(inquiry)["files"]
    assert shown["verdict"]["level"] == "error"
    assert list_asked(inquiry) == COLUMNS
    assert "Name the username column with the field “Username column”" in file["text"]
    assert "is a record already, say so with the field “First line”" in file["text"]


def test_columns_that_were_named_prove_what_they_say(tmp_path: Path) -> None:
    inquiry = choose(tmp_path, ODD)
    look(inquiry)

    shown = give(inquiry, column="Konto", status="Lage", license_type="3")

    assert shown["verdict"]["level"] == "ok"
    assert list_asked(inquiry) == [*COLUMNS[:1], *COLUMNS[2:4]]


def test_columns_that_contradict_each_other_are_asked_for(tmp_path: Path) -> None:
    inquiry = choose(
        tmp_path,
        "Username,Status,Is Active,License Type\nsync2it,Active,No,API User\n"
        "aarcher,Inactive,Yes,Professional\n",
    )

    shown = look(inquiry)

    assert shown["verdict"]["level"] == "warning"
    assert list_asked(inquiry) == ["Status column"]
    points = {point["label"]: point for point in shown["points"]}
    assert points["Columns"]["text"] == "two contradict each other"
    assert "Status and Is Active contradict" in points["Columns"]["lines"][0]
    assert points["Active resources"]["how"] == points["Columns"]["how"]
    assert give(inquiry, status="Is Active")["verdict"]["level"] == "ok"


@pytest.mark.parametrize(
    ("text", "asked", "how"),
    [
        (
            "Username,Username.1,Status\nada,cora,Active\nben,ben,Inactive\n",
            ["Username column"],
            "Put all usernames below each other",
        ),
        (
            "ID,ID.1,Username,Status\n29682001,29682009,ada,Active\n",
            [],
            "Export again with only the right one.",
        ),
    ],
)
def test_no_field_is_named_that_the_sheet_does_not_show(
    tmp_path: Path, text: str, asked: list[str], how: str
) -> None:
    inquiry = choose(tmp_path, text)

    shown = look(inquiry)

    (point,) = [point for point in shown["points"] if point["label"] == "Columns"]
    assert point["how"].startswith(how)
    assert [one for one in list_asked(inquiry) if one in COLUMNS[:1]] == asked


def test_a_table_without_a_header_loses_no_record(tmp_path: Path) -> None:
    inquiry = choose(tmp_path, NO_HEADER)
    look(inquiry)

    shown = give(inquiry, column="1", no_header="yes")
    (file,) = describe_inquiry(inquiry)["files"]

    assert file["text"] == "2 records"
    assert shown["verdict"]["level"] == "warning"
    assert list_asked(inquiry) == [*COLUMNS, "Which half is it?"]
    first = next(ask for ask in file["asks"] if ask["option"] == "no_header")
    assert first["value"] == "yes"
    assert ["yes", "Is a record"] in first["choices"]


def test_a_kind_that_no_column_says_is_asked_for(tmp_path: Path) -> None:
    inquiry = choose(tmp_path, HALF_KNOWN)

    before = look(inquiry)
    asked = list_asked(inquiry)
    after = give(inquiry, license_type="Art")

    assert before["verdict"]["level"] != "ok"
    assert asked == COLUMNS[3:]
    assert after["verdict"]["level"] == "ok"


@pytest.mark.parametrize(
    "text",
    ["Username,Status\na1,Active\n", "Username,Status,License Type,x\na1,Active,7,1\n"],
)
def test_nothing_is_asked_if_no_column_is_left_or_all_are_known(
    tmp_path: Path, text: str
) -> None:
    inquiry = choose(tmp_path, text)

    look(inquiry)

    assert list_asked(inquiry) == []


def test_a_column_that_is_not_there_is_refused_and_asked_for_again(
    tmp_path: Path,
) -> None:
    inquiry = choose(tmp_path, HALF_KNOWN)

    shown = give(inquiry, license_type="Gattung")
    (file,) = describe_inquiry(inquiry)["files"]

    assert shown["verdict"]["level"] == "error"
    assert "there is no column Gattung for the licence type" in file["text"]
    assert "Username, Status, Art. Name one of these." in file["text"]
    assert list_asked(inquiry) == ["Licence type column"]


def test_the_work_sheet_asks_for_what_it_needs_alone(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(NO_HEADER, "utf-8")

    refused = read_names_file(path, {})
    read = read_names_file(path, {"column": "1", "no_header": "yes", "status": "2"})

    assert refused.asks == ("column", "no_header", "status")
    assert (read.names, read.refusal) == (("sync2it", "link3up"), "")


def test_what_is_asked_is_described_with_what_was_given() -> None:
    column, first = describe_asks(("column", "no_header"), {"column": "who"})

    assert column == {
        "option": "column",
        "label": "Username column",
        "value": "who",
        "choices": [],
    }
    assert (first["value"], first["choices"][1]) == ("", ["yes", "Is a record"])


def test_what_was_typed_becomes_options() -> None:
    most = "9" * 15
    typed = {"no_header": "yes", "max_size": f" {most} ", "status": "2", "column": " "}

    assert take_options(typed) == ReadOptions(
        no_header=True, max_size=int(most), columns={"status": "2"}
    )
    for text in (f"{most}9", "-1", "\u0661", "x"):
        with pytest.raises(InputError) as caught:
            take_options({"max_size": text})
        assert str(caught.value) == "Enter “Most bytes” as a whole number, such as 2."
