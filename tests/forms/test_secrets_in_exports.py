"""A file whose name or words hold the secret is left out, whichever came first."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from apiuser.checklist import Job, write_html, write_text
from apiuser.checklist.known_tenants import Tenant, read_tenants, write_tenant
from apiuser.forms.work_sheet import WorkSheet
from tests.checklist.sheet_driver import PRESH
from tests.forms.test_tenant_exports import begin, drop, list_files, names_in_use
from tests.forms.windows import BrowserWindow, Sent
from tests.planted import ENCODED, SECRETS

OpenSheet = Callable[..., BrowserWindow]
SECRET = SECRETS[0]
GOOD = b"Username,Status\nabc1,Active\nabc2,Inactive\n"
HOLDING = {
    "name": (f"{SECRET}.csv", GOOD),
    "name with more": (f"key {SECRET}.csv", GOOD),
    "encoded name": (f"{ENCODED['quoted'](SECRET)}.csv", GOOD),
    "name of a list": (f"{SECRET}.txt", b"abc1\n"),
    "name of a refused file": (f"{SECRET}.csv", b""),
    "username": ("a.csv", f"Username\nabc1\n{SECRET}\n".encode()),
    "only username": ("a.csv", f"Username\n{SECRET}\n".encode()),
    "username in pieces": (
        "a.csv",
        f"Username\nabc1\n{SECRET.replace('.', '  ')}\n".encode(),
    ),
    "suffix": ("a.csv", f"Username\nabc1@{SECRET}\n".encode()),
    "header": ("a.csv", f"Username,{SECRET}\nabc1,2\n".encode()),
    "header of a refused file": ("a.csv", f"{SECRET},Foo\nabc1,2\n".encode()),
    "cell of a notice": (
        "a.csv",
        f"Username,Status,Is Active\nabc1,Active,{SECRET}\nabc2,Inactive,No\n".encode(),
    ),
    "cell of no use": ("a.csv", f"Username,Notes\nabc1,{SECRET}\n".encode()),
    "word of the status": ("a.csv", f"Username,Status\nabc1,{SECRET}\n".encode()),
    "JSON key": (
        "a.json",
        json.dumps({"items": [{"userName": "abc1"}], SECRET: SECRET}).encode(),
    ),
    "UTF-16": ("a.csv", f"Username,Notes\nabc1,{SECRET}\n".encode("utf-16")),
}
LEFT_OUT = {
    "name": "A file was left out",
    "text": (
        "Its name or its words hold the secret. Rename it, or take the secret out of "
        "it, and add it again."
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.fixture
def open_sheet(folder: Path, sent: Sent) -> OpenSheet:
    def open_one(tenant: str = "", *, job: Job = Job.CREATE) -> BrowserWindow:
        window = BrowserWindow(WorkSheet(job, folder=folder), sent)
        window.greet()
        if tenant:
            window.act(do="set", key="tenant", value=tenant)
        return window

    return open_one


def find_secret(window: BrowserWindow, folder: Path, sent: Sent) -> list[str]:
    """Tell where the secret is: in the sheet, the messages, the record, the files."""
    sheet = window.widget
    assert isinstance(sheet, WorkSheet)
    kinds = {
        "sheet": json.dumps(sheet.get_state(), default=str),
        "messages": json.dumps([content for content, _ in sent], default=str),
        "text": write_text(sheet.session),
        "page": write_html(sheet.session),
    }
    private = sheet.desk.dropped.path
    for root in (folder, private) if private else (folder,):
        for path in root.rglob("*"):
            kinds[f"name of {path.parent.name}"] = path.name
            if path.is_file():
                kinds[path.name] = path.read_bytes().decode("utf-8", "replace")
    forms = (SECRET, SECRET.casefold(), ENCODED["quoted"](SECRET))
    return [kind for kind, text in kinds.items() if any(one in text for one in forms)]


def show_files(window: BrowserWindow) -> list[dict[str, str]]:
    return [{key: file[key] for key in LEFT_OUT} for file in list_files(window)]


@pytest.mark.parametrize("held", HOLDING)
def test_a_file_that_holds_the_secret_is_not_taken(
    held: str, folder: Path, open_sheet: OpenSheet, sent: Sent
) -> None:
    window = open_sheet("Sample MSP")
    window.type(SECRET)

    drop(window, *HOLDING[held])
    shown = show_files(window)
    begin(window)

    assert shown == show_files(window) == [LEFT_OUT]
    assert find_secret(window, folder, sent) == []
    assert names_in_use(window) == set()
    assert "Compared with: no names\n" in write_text(window.widget.session)


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("held", HOLDING)
def test_a_file_goes_when_what_it_holds_turns_out_to_be_the_secret(
    held: str, folder: Path, open_sheet: OpenSheet, sent: Sent, *, kept: bool
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, *HOLDING[held])
    if kept:
        begin(window)
    before = list_files(window)
    sent.clear()

    window.type(SECRET)

    assert len(before) == 1
    assert before[0]["name"] != LEFT_OUT["name"]
    assert show_files(window) == [LEFT_OUT]
    assert find_secret(window, folder, sent) == []
    assert [one.files for one in read_tenants(folder / "tenants")] == [()] * kept


@pytest.mark.parametrize("known", [True, False])
def test_a_workbook_that_holds_the_secret_is_left_out(
    folder: Path, open_sheet: OpenSheet, *, known: bool
) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("Username", "Notes"), ("abc1", SECRET)):
        book.active.append(row)
    book.save(folder / "own.xlsx")
    window = open_sheet("Sample MSP")
    if known:
        window.type(SECRET)

    drop(window, "a.xlsx", (folder / "own.xlsx").read_bytes())
    begin(window)
    window.type(SECRET)

    assert show_files(window) == [LEFT_OUT]
    assert [*folder.glob("exports/*/*")] == []


def test_other_files_stay_and_the_comparison_says_that_one_was_left_out(
    folder: Path, open_sheet: OpenSheet, sent: Sent
) -> None:
    window = open_sheet("Sample MSP")
    for at, name in enumerate(("a.csv", f"{SECRET}.csv", f"key {SECRET}.csv")):
        drop(window, name, GOOD + f"abc1{at},Active\n".encode())
    begin(window)
    sent.clear()

    window.type(SECRET)
    window.press("stage:fill")
    window.act(do="set", key="username", value="sample4key")
    rows = [row for card in window.widget.shown["cards"] for row in card["rows"]]
    states = next(row["states"] for row in rows if row["key"] == "username")
    window.press("stage:prepare")

    assert [one["name"] for one in show_files(window)] == ["a.csv", LEFT_OUT["name"]]
    assert "incomplete: a file was left out." in states[-1]["text"]
    assert "(from a.csv; a file was left out)" in write_text(window.widget.session)
    assert find_secret(window, folder, sent) == []


def test_a_good_file_stays_when_another_of_its_name_is_left_out(
    open_sheet: OpenSheet,
) -> None:
    window = open_sheet()
    window.type(SECRET)
    drop(window, "a.csv", GOOD)

    drop(window, "a.csv", GOOD + f"{SECRET},Active\n".encode())
    shown = [file["name"] for file in list_files(window)]
    window.press(f"remove:{LEFT_OUT['name']}")

    assert shown == ["a.csv", LEFT_OUT["name"]]
    assert [file["name"] for file in list_files(window)] == ["a.csv"]


@pytest.mark.parametrize("options", [{}, {"half": "active"}, {"column": "Notes"}])
def test_a_file_that_was_changed_is_left_out_when_it_is_read_again(
    options: dict[str, str], folder: Path, open_sheet: OpenSheet, sent: Sent
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "a.csv", b"Username\nabc1\n")
    begin(window)
    window.type(SECRET)
    (path,) = folder.glob("exports/*/a.csv")
    path.write_bytes(f"Username,Notes\nabc1,{SECRET}\n".encode())

    window.press("read:a.csv", values=options)

    assert show_files(window) == [LEFT_OUT]
    assert find_secret(window, folder, sent) == []


@pytest.mark.parametrize("known", [True, False])
def test_what_is_kept_of_a_tenant_is_left_out_too(
    folder: Path, open_sheet: OpenSheet, sent: Sent, *, known: bool
) -> None:
    first = open_sheet("Sample MSP")
    for name in (f"{SECRET}.csv", "a.csv"):
        drop(first, name, f"Username\nabc{len(name)}\n".encode())
    begin(first)
    tenant = read_tenants(folder / "tenants")[0]
    facts = {"menu_word": SECRET, "taken_names": f"abc3\n{SECRET}"}
    write_tenant(
        Tenant(name=tenant.name, values={**tenant.values, **facts}, files=tenant.files),
        folder / "tenants",
    )
    second = open_sheet()
    if known:
        second.type(SECRET)

    second.act(do="set", key="tenant", value="Sample MSP")
    if not known:
        sent.clear()
        second.type(SECRET)

    (kept,) = read_tenants(folder / "tenants")
    assert {one["name"] for one in show_files(second)} == {"a.csv", LEFT_OUT["name"]}
    assert [Path(one.path).name for one in kept.files] == ["a.csv"]
    assert find_secret(second, folder, sent) == []


def test_a_tenant_whose_name_is_the_secret_is_not_offered(
    folder: Path, open_sheet: OpenSheet
) -> None:
    (folder / "tenants").mkdir()
    for name in ("Sample MSP", f"pw {SECRET}"):
        write_tenant(Tenant(name=name), folder / "tenants")
    window = open_sheet()

    window.type(SECRET)

    rows = [row for card in window.widget.shown["cards"] for row in card["rows"]]
    (offered,) = (row["options"] for row in rows if row["key"] == "tenant")
    assert [one["name"] for one in offered] == ["Sample MSP"]


def test_a_replaced_secret_keeps_a_file_out_too(open_sheet: OpenSheet) -> None:
    window = open_sheet()
    window.press(PRESH)
    window.type(SECRET)
    window.type(SECRETS[1])

    drop(window, *HOLDING["cell of no use"])

    assert show_files(window) == [LEFT_OUT]
