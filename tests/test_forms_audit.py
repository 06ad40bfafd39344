"""The audit form without a browser."""

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from ipywidgets import Button, Checkbox, Text, Textarea, Widget

from apiuser.auditing import AuditReport, audit
from apiuser.errors import PolicyError
from apiuser.forms import show_audit
from apiuser.forms.audit.audit_form import AuditForm
from apiuser.forms.widgets.rows_table import (
    RowsTable,
    filter_rows,
    make_cells,
    make_rows,
)
from apiuser.forms.widgets.transfer import Download, Upload
from apiuser.reports import FORMATS
from tests.form_driver import Sent, deliver, find, press, read, send, walk

HEADER = "Username,Email Address,License Type,Status\n"
ROWS = "ok2go@one.example.com,a@example.com,API User,Active\n"
FAULTY = ROWS + "OK2GO@one.example.com,b@example.com,API User,Inactive\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "here.csv").write_text(HEADER + ROWS, encoding="utf-8")
    (tmp_path / "data" / "faulty.csv").write_text(HEADER + FAULTY, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no export", encoding="utf-8")
    return tmp_path


def shown(form: AuditForm) -> AuditReport:
    assert form.found is not None
    assert form.found.results is not None
    return form.found.results.report


def check(folder: Path, *names: str) -> AuditForm:
    form = show_audit(folder)
    for name in names:
        find(form, Checkbox, name).value = True
    press(form, "Check")
    return form


def test_the_exports_of_the_folder_and_of_data_are_listed_by_name(
    folder: Path,
) -> None:
    form = show_audit(folder)

    names = [w.description for w in walk(form.view) if isinstance(w, Checkbox)]

    assert names[:2] == ["here.csv (1 kB)", "data/faulty.csv (1 kB)"]
    assert names[2] == "This tenant has no co-managing users"
    assert len(names) == 4


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    form = show_audit(tmp_path)

    assert "press Look again" in read(form)


def test_look_again_keeps_what_is_ticked(folder: Path) -> None:
    form = show_audit(folder)
    find(form, Checkbox, "here.csv").value = True
    (folder / "another.csv").write_text(HEADER + ROWS, encoding="utf-8")

    find(form, Button, "Look again").click()

    assert find(form, Checkbox, "another.csv").value is False
    assert [name for name, _ in form.choice.chosen] == ["here.csv"]


def test_check_with_nothing_ticked_asks_for_an_export(folder: Path) -> None:
    form = check(folder)

    assert form.status.text == "Tick at least one export, or upload or add one."
    assert form.found is None


def test_what_is_missing_stands_before_the_counts(folder: Path) -> None:
    form = check(folder, "here.csv")

    text = read(form)
    assert form.status.text.startswith("Checked 1 record of 1 export")
    assert 0 < text.index("(AUD002)") < text.index("Findings by code")
    assert "The audit is incomplete" in text


def test_the_counts_are_those_of_the_report(folder: Path) -> None:
    form = check(folder, "data/faulty.csv")

    report = audit(folder / "data" / "faulty.csv")
    assert shown(form).counts == report.counts
    for code, number in report.counts.items():
        assert f"<td>{code}</td>" in read(form)
        assert f"<td>{number}</td>" in read(form)


def test_an_unsuitable_file_is_refused_in_the_form(folder: Path) -> None:
    (folder / "empty.csv").write_text("", encoding="utf-8")

    form = check(folder, "empty.csv")

    assert form.status.text.startswith("empty.csv: holds no data.")
    assert form.status.text.endswith(".")
    assert form.status.total == 0
    assert find(form, Button, "Check").disabled is False


def test_a_file_that_has_gone_is_refused_in_the_form(folder: Path) -> None:
    form = show_audit(folder)
    find(form, Checkbox, "here.csv").value = True
    (folder / "here.csv").unlink()

    press(form, "Check")

    assert "here.csv" in form.status.text
    assert form.found is None


def test_options_for_unusual_exports_reach_the_reader(folder: Path) -> None:
    odd = "A title line\nLogon,Status\ncaf\xe92go,Active\n"
    (folder / "odd.csv").write_bytes(odd.encode("cp1252"))
    form = show_audit(folder)
    find(form, Checkbox, "odd.csv").value = True
    find(form, Widget, "Encoding").value = "Western European (cp1252)"
    find(form, Text, "Username column").value = "Logon"
    find(form, Text, "Lines before the header").value = "1"

    press(form, "Check")

    assert form.found is not None
    (table,) = shown(form).tables
    assert table.usernames == ["caf\xe92go"]


def test_lines_that_are_no_number_are_refused_in_the_form(folder: Path) -> None:
    form = show_audit(folder)
    find(form, Text, "Lines before the header").value = "two"

    press(form, "Check")

    assert form.status.text == (
        "Enter the lines before the header as a number, such as 2."
    )


def test_an_unreadable_record_is_listed_with_its_line(folder: Path) -> None:
    (folder / "short.csv").write_text(
        f"{HEADER}{ROWS}only-one-cell\n{ROWS}", encoding="utf-8"
    )

    form = check(folder, "short.csv")

    assert "line 3, record 2: " in read(form)


def test_many_unreadable_records_are_listed_in_part(folder: Path) -> None:
    (folder / "short.csv").write_text(
        HEADER + ROWS + "only-one-cell\n" * 23, encoding="utf-8"
    )

    form = check(folder, "short.csv")

    text = read(form)
    assert text.count("line ") == 20
    assert "and 3 more, in the JSON report" in text


def test_a_complete_audit_without_findings_says_so(folder: Path) -> None:
    rows = (
        "ada1@one.example.com,a@example.com,Professional,Active\n"
        "ben2@one.example.com,b@example.com,Professional,Inactive\n"
        "cora3@one.example.com,c@example.com,Co-Managed Help Desk,Active\n"
    )
    (folder / "clean.csv").write_text(HEADER + rows, encoding="utf-8")

    form = check(folder, "clean.csv")

    assert "No conflict: no name is taken twice." in read(form)
    assert "0 errors, 0 warnings, 0 notices in 3 records." in read(form)
    assert form.status.text == "Checked 3 records of 1 export: 0 findings."


def test_an_uploaded_export_is_listed_and_ticked(folder: Path) -> None:
    form = show_audit(folder)
    data = (HEADER + ROWS).encode().ljust(1_500_000, b"\n")

    send(
        find(form, Upload, "Upload exports"),
        kind="start",
        id="u",
        name="my.csv",
        size=len(data),
    )
    send(
        find(form, Upload, "Upload exports"),
        memoryview(data),
        kind="part",
        id="u",
        at=0,
    )
    find(form, Button, "Look again").click()

    box = find(form, Checkbox, "my.csv, uploaded")
    assert box.description == "my.csv, uploaded (1.5 MB)"
    assert box.value is True


def test_no_free_key_left_is_said_in_the_form(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = check(folder, "here.csv")

    def refuse(**_options: object) -> NoReturn:
        message = "Every key of this length is taken. Ask for a longer key."
        raise PolicyError(message)

    monkeypatch.setattr("apiuser.forms.audit.proposed_names.generate_username", refuse)

    press(form, "Suggest a free key")

    assert form.status.text.startswith("Every key of this length is taken.")
    assert find(form, Button, "Suggest a free key").disabled is False


def test_proposed_names_are_judged_without_reading_again(folder: Path) -> None:
    form = check(folder, "here.csv")
    (folder / "here.csv").unlink()
    find(form, Textarea, "Proposed names").value = " new2name@one.example.com\n\nOk2Go"

    press(form, "Check these names")

    assert shown(form).proposed == ("new2name@one.example.com", "Ok2Go")
    text = read(form)
    assert "<code>new2name@one.example.com</code>: nothing found." in text
    assert "(USR007)" in text[text.index("<code>Ok2Go</code>") :]


def test_a_suggested_key_is_free(folder: Path) -> None:
    form = check(folder, "here.csv")

    press(form, "Suggest a free key")

    assert form.found is not None
    key = form.found.proposed.suggestion.text
    assert len(key) == 15
    assert not form.found.proposed.report.find_taken([key])


def test_markup_in_an_export_is_shown_as_text(tmp_path: Path) -> None:
    name = "R&amp;D.csv"
    row = "<img src=x>2,a@example.com,API User,Active\n"
    (tmp_path / name).write_text(HEADER + row, encoding="utf-8")
    form = check(tmp_path, name)
    find(form, Textarea, "Proposed names").value = "<i>2"

    press(form, "Check these names")

    text = read(form)
    assert "<img" not in text
    assert "R&amp;amp;D.csv" in text
    assert "<code><i>" not in text


def test_no_username_of_an_export_is_in_the_widget_state(folder: Path) -> None:
    form = check(folder, "data/faulty.csv")

    states = "".join(str(widget.get_state()) for widget in walk(form.view))

    assert "ok2go" not in states.lower()


@pytest.mark.parametrize("ending", ["csv", "json", "html", "xlsx"])
def test_every_format_can_be_downloaded(folder: Path, ending: str, sent: Sent) -> None:
    form = check(folder, "data/faulty.csv")
    sent.clear()

    deliver(find(form, Download, f"Save as {ending.upper()}"), kind="ask", nonce="n")

    (_, (content, buffers)) = sent
    assert content["name"] == f"username-audit.{ending}"
    assert buffers == [FORMATS[f".{ending}"](shown(form))]


def test_the_form_prints_as_its_name(folder: Path) -> None:
    form = show_audit(folder)

    assert repr(form) == "AuditForm()"
    assert form._repr_mimebundle_()["text/plain"] == "AuditForm()"


def test_the_table_sends_only_the_page_asked_for(folder: Path, sent: Sent) -> None:
    frame = audit(folder / "data" / "faulty.csv").findings
    table = RowsTable(
        name="Findings",
        columns={"code": "Code", "record": "Record"},
        filters={"code": ["USR007"]},
    )
    table.page = 1
    table.show(make_rows(frame, ("username",)))
    asked = {"nonce": "n", "values": {"code": "USR007"}, "text": "", "start": 1}

    send(table, kind="something else", **asked)
    send(table, kind="ask", **asked)

    ((answer, _),) = sent
    assert answer["rows"] == [["USR007", "2"]]
    assert (answer["found"], answer["total"]) == (2, len(frame))


def test_findings_are_searched_as_text_and_not_as_a_pattern(folder: Path) -> None:
    frame = audit(folder / "data" / "faulty.csv").findings
    rows = make_rows(frame, ("username", "message"))

    assert len(filter_rows(rows, {}, text=".*")) == 0
    assert len(filter_rows(rows, {"code": "USR007"}, text="OK2GO@ONE")) == 2
    assert len(filter_rows(rows, {"severity": "notice"})) > 0


def test_invisible_characters_are_spelt_out_in_the_table(tmp_path: Path) -> None:
    export = tmp_path / "odd.csv"
    row = "a\N{ZERO WIDTH SPACE}2,a@example.com,API User,Active\n"
    export.write_text(HEADER + row, encoding="utf-8")
    frame = audit(export).findings

    (names,) = {tuple(row) for row in make_cells(frame, ("username",))} - {("",)}

    assert names == ("a<U+200B>2",)


def test_the_form_loads_no_table_library_before_the_first_check(folder: Path) -> None:
    code = (
        "import sys; from apiuser.forms import show_audit; show_audit(sys.argv[1]);"
        "print({'pandas', 'pyarrow', 'numpy'} & set(sys.modules))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == "set()"


def test_a_tenant_without_co_managing_users_can_be_proved(folder: Path) -> None:
    both = "a1,a@example.com,API User,Active\nb2,b@example.com,Professional,Inactive\n"
    (folder / "both.csv").write_text(HEADER + both, encoding="utf-8")
    form = check(folder, "both.csv")
    assert not shown(form).proved

    find(form, Checkbox, "This tenant has no co-managing users").value = True
    press(form, "Check")

    assert shown(form).proved
    assert "no co-managing user" in read(form)
