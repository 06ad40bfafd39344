"""Nothing that steers a line reaches the screen by way of the audit sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apiuser.auditing.checkup.differences import describe_changes, describe_outcome
from apiuser.auditing.checkup.export_files import ExportFile
from apiuser.auditing.checkup.inquiry import Inquiry
from apiuser.auditing.checkup.moments import AFTER, BEFORE, Moments, find_outcome
from apiuser.auditing.checkup.sheet_view import (
    describe_answer,
    describe_inquiry,
    describe_moments,
    describe_page,
)
from apiuser.checklist import NamesFile, describe
from apiuser.forms import show_audit
from tests.auditing.checkup.inquiring import HEADER, look
from tests.checklist.sheet_driver import open_session
from tests.forms.windows import BrowserWindow, Sent

ODD = "ev\x1b[31mil\N{RIGHT-TO-LEFT OVERRIDE}"
ROWS = (
    f"{ODD}1,,API User,Active\n"
    f"{ODD.upper()}1,,API User,Inactive\n"
    f"key2,,Professional,{ODD}\n"
    "c0de,,API User,Active\n"
    "code,,API User,Active\n"
)
BROKEN = f"{HEADER}{ROWS}short{ODD}\n"
CUT = HEADER + "".join(f"name{at},,,Active\n" for at in range(5_000))
_KEYS = {"name", "tenant", "names_text", "expected_text"}
"""What a file, a tenant and a box are known by; a window sends it back."""


def list_texts(shown: Any, *, keys: set[str]) -> Iterator[str]:  # noqa: ANN401  # plain data
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, dict):
        for key, value in shown.items():
            if key not in keys:
                yield from list_texts(value, keys=keys)
    elif isinstance(shown, list):
        for value in shown:
            yield from list_texts(value, keys=keys)


def find_raw(shown: Any, *, keys: set[str] = _KEYS - {"name"}) -> list[str]:  # noqa: ANN401
    texts = [*list_texts(shown, keys=keys)]
    assert any("<U+001B>" in text for text in texts)
    return [text for text in texts if not text.isprintable()]


@pytest.fixture
def inquiry(tmp_path: Path) -> Inquiry:
    """Two exports, one cut and one with a record that cannot be read, and four names."""
    for name, text in (("broken", BROKEN), ("cut", CUT)):
        (tmp_path / f"{name}{ODD}.csv").write_text(text, encoding="utf-8")
    names = (f"{ODD}1", f"new{ODD}", "code", "c0de2")
    inquiry = Inquiry(folder=tmp_path, names="\n".join(names))
    for file in inquiry.files.values():
        file.chosen = True
    return inquiry


def test_an_answer_spells_out_what_steers_a_line(inquiry: Inquiry) -> None:
    shown = look(inquiry)

    assert len(shown["groups"]["rows"]) == 2
    assert any(point["label"].startswith("Cut") for point in shown["points"])
    assert find_raw(shown) == []
    assert find_raw(describe_page(inquiry)) == []
    assert find_raw(describe_page(inquiry, code="USR005")) == []


def test_a_listed_file_is_known_by_its_name_and_shown_spelt_out(
    inquiry: Inquiry,
) -> None:
    look(inquiry)

    shown = describe_inquiry(inquiry)

    assert [*inquiry.files] == [file["name"] for file in shown["files"]]
    assert [file["label"] for file in shown["files"]] == [
        "broken" + "ev<U+001B>[31mil<U+202E>.csv",
        "cut" + "ev<U+001B>[31mil<U+202E>.csv",
    ]
    assert find_raw(shown, keys=_KEYS) == []


def test_tenants_and_refused_files_are_spelt_out(tmp_path: Path) -> None:
    for tenant in (f"one{ODD}", f"two{ODD}"):
        (tmp_path / "all" / tenant).mkdir(parents=True)
    (tmp_path / "all" / f"one{ODD}" / f"a{ODD}.csv").write_text(HEADER + ROWS)
    (tmp_path / "all" / f"one{ODD}" / f"b{ODD}.csv").write_text(f"{ODD}\n{ODD}\n")
    inquiry = Inquiry(folder=tmp_path)
    inquiry.change({"do": "many", "on": True})
    inquiry.change({"do": "add", "path": "all"})

    shown = look(inquiry)

    assert len(shown["tenants"]) == 2
    assert shown["points"][0]["lines"]
    assert find_raw(shown, keys=_KEYS) == []
    inquiry.change({"do": "tenant", "tenant": f"two{ODD}"})
    assert [*describe_answer(inquiry)["points"]] == []


def test_a_sheet_spells_out_what_it_reads_and_refuses(
    inquiry: Inquiry, sent: Sent
) -> None:
    window = BrowserWindow(show_audit(inquiry.folder), sent)
    assert window.greet() == "paired"
    told: list[str] = []
    window.widget.observe(
        lambda change: told.append(change.new.get("text", "")), "work"
    )

    for name in inquiry.files:
        window.act(do="tick", name=name, on=True)
    window.work(do="check", names="")
    refused = window.act(do="add", path=f"no{ODD}")

    assert any(text.startswith("reading broken") for text in told)
    assert find_raw([*told, refused["message"]]) == []


@pytest.mark.parametrize("expected", ["", f"{ODD}3", "key2"])
def test_a_comparison_spells_out_what_steers_a_line(
    tmp_path: Path, expected: str
) -> None:
    moments = Moments(folder=tmp_path, expected=expected)
    later = ROWS.replace("key2,,Professional", f"key2,a{ODD},API User") + f"{ODD}3,,,\n"
    for moment, text in ((BEFORE, HEADER + ROWS), (AFTER, HEADER + later)):
        path = tmp_path / f"{moment}{ODD}.csv"
        path.write_text(text, encoding="utf-8")
        moments.take(moment, ExportFile(name=path.name, path=path, tenant=""))

    moments.keep(find_outcome(moments, lambda *_: None))

    assert find_raw(describe_outcome(moments)) == []
    assert find_raw(describe_changes(moments, "Added")) == []
    assert find_raw(describe_moments(moments), keys=_KEYS) == []
    assert describe_moments(moments)["sides"][0]["files"][0]["label"].isprintable()


def test_the_form_for_a_new_user_spells_out_the_names_of_exports() -> None:
    session = open_session()
    session.names.add(NamesFile(name=f"{ODD}.csv", refusal=f"{ODD}.csv: no table."))

    shown = describe(session)

    assert find_raw(shown, keys={"name"}) == []
    assert "U+202E" in str(shown)
