"""Before and after in the audit sheet without a browser, as a window asks."""

from pathlib import Path

import pytest

from apiuser.forms import show_audit
from tests.forms.windows import BrowserWindow, Sent

HEADER = b"ID,Username,Status,License Type\n"
OLD = b"1,ada1,Active,Professional\n2,old1,Inactive,API User\n"
NEW = b"3,key2,Active,API User\n"


@pytest.fixture
def window(tmp_path: Path, sent: Sent) -> BrowserWindow:
    window = BrowserWindow(show_audit(tmp_path), sent)
    assert window.greet() == "paired"
    return window


def drop(window: BrowserWindow, moment: str, rows: bytes) -> dict[str, object]:
    data = HEADER + rows
    return window.act(
        data, do="upload", moment=moment, name="resources.csv", size=len(data), at=0
    )


def test_two_exports_of_one_name_are_compared(window: BrowserWindow) -> None:
    drop(window, "before", OLD)
    answer = drop(window, "after", OLD + NEW)

    window.work(do="compare", expected="key2")
    shown = window.work(do="outcome")
    page = window.work(do="changes", title="Added", text="key", start=0)

    assert shown["verdict"]["text"].startswith("key2 was added as expected")
    assert [row["name"] for row in page["rows"]] == ["key2"]
    sides = window.widget.shown["moments"]["sides"]
    assert [[file["name"] for file in side["files"]] for side in sides] == [
        ["resources.csv"],
        ["resources-2.csv"],
    ]
    assert answer["name"] == "resources-2.csv"
    assert window.widget.shown["files"] == []


def test_two_files_of_one_name_may_arrive_at_the_same_time(
    window: BrowserWindow,
) -> None:
    files = {"before": HEADER + OLD, "after": HEADER + OLD + NEW}
    for at in (0, 20):
        for moment, data in files.items():
            part = data[:20] if at == 0 else data[20:]
            more = {"name": "resources.csv", "size": len(data), "at": at}
            answer = window.act(part, do="upload", moment=moment, **more)
            assert answer["kind"] != "refused"

    window.work(do="compare", expected="key2")

    shown = window.work(do="outcome")
    assert shown["said"].startswith("Compared 2 records with 3")


def test_the_sheet_remembers_which_switch_is_pressed(window: BrowserWindow) -> None:
    first = window.widget.shown["comparing"]
    window.act(do="comparing", on=True)
    pressed = window.widget.shown["comparing"]
    window.act(do="comparing", on=False)

    assert (first, pressed, window.widget.shown["comparing"]) == (False, True, False)


def test_no_username_that_was_compared_is_in_a_trait(window: BrowserWindow) -> None:
    drop(window, "before", OLD)
    drop(window, "after", OLD + NEW)

    window.work(do="compare", expected="key2")

    assert "key2" in str(window.work(do="outcome"))
    assert "key2" not in str(window.widget.get_state())


def test_a_comparison_of_nothing_asks_for_an_export(window: BrowserWindow) -> None:
    answer = window.work(do="compare", expected="")

    assert answer["message"] == "Add an export under Before."
    assert window.work(do="outcome")["checked"] is False
    assert window.widget.work == {}


def test_an_upload_for_no_moment_is_refused(window: BrowserWindow) -> None:
    assert drop(window, "later", OLD)["kind"] == "refused"
