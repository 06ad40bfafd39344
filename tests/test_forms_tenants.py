"""The audit form over many tenants, files elsewhere, conflicts and new names."""

import json
import tempfile
from pathlib import Path

import pytest
from ipywidgets import Button, Checkbox, Dropdown, Text, Textarea, Widget

from apiuser.auditing import PROPOSED, audit_tenants, find_tenants
from apiuser.errors import ApiuserError
from apiuser.exports import ReadOptions
from apiuser.forms import show_audit
from apiuser.forms.audit.audit_form import AuditForm
from apiuser.forms.audit.export_choice import name_tenant
from apiuser.forms.audit.export_files import Export, read_export
from apiuser.forms.widgets.rows_table import RowsTable
from apiuser.forms.widgets.transfer import Download, Upload
from apiuser.reports import TENANT_FORMATS
from tests.form_driver import Sent, deliver, find, press, read, send, walk
from tests.make_hostile_table import INPUTS

HEADER = "Username,License Type,Status\n"
MANY = "many tenants, each for itself"


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Two tenants whose names differ, each with one name taken twice, and a bad file."""
    folder = tmp_path / "exports"
    for tenant, name in (("acme", "sync2it"), ("bolt", "link3up")):
        (folder / tenant).mkdir(parents=True)
        for part, row in (
            ("active", f"{name},API User,Active\n{name}l1,API User,Active\n"),
            ("inactive", f"{name.upper()},API User,Inactive\n"),
        ):
            export = folder / tenant / f"{part}.csv"
            export.write_text(HEADER + row, encoding="utf-8")
    (folder / "bolt" / "broken.csv").write_text("", encoding="utf-8")
    return folder


def check(folder: Path, *added: str, many: bool = False) -> AuditForm:
    form = show_audit(folder)
    if many:
        find(form, Dropdown, "Exports of").value = MANY
    for path in added:
        find(form, Text, "Another file or folder").value = path
        find(form, Button, "Add").click()
    press(form, "Check")
    return form


def list_rows(form: AuditForm, name: str, sent: Sent) -> list[list[str]]:
    """Ask a table for its first page, as its view does."""
    (table,) = (
        widget
        for widget in walk(form.view)
        if isinstance(widget, RowsTable) and widget.name == name
    )
    send(table, kind="ask", nonce="n", values={}, text="", start=0)
    rows: list[list[str]] = sent[-1][0]["rows"]
    return rows


def test_each_subfolder_of_an_added_folder_is_audited_for_itself(
    exports: Path,
) -> None:
    form = check(exports.parent, "exports", many=True)

    assert form.found is not None
    ours = [(one.tenant, one.report) for one in form.found.outcome.audits]
    theirs = audit_tenants(find_tenants(exports))
    assert [(tenant, dict(report.counts)) for tenant, report in ours if report] == [
        (one.tenant, dict(one.report.counts)) for one in theirs if one.report
    ]


def test_a_bad_file_is_named_and_stops_no_other(exports: Path) -> None:
    form = check(exports.parent, "exports", many=True)

    assert form.status.text.endswith("; 1 refused.")
    assert "of 4 exports of 2 tenants" in form.status.text
    assert "exports/bolt/broken.csv: holds no data." in read(form)
    assert "1 file could not be read" in read(form)


def test_the_summary_has_a_row_for_each_tenant(exports: Path) -> None:
    form = check(exports.parent, "exports", many=True)

    text = read(form)
    assert "2 tenants, " in text
    for tenant in ("acme", "bolt"):
        assert f"<th scope='row'>{tenant}</th><td>2</td>" in text


def test_another_tenants_findings_are_shown_when_chosen(
    exports: Path, sent: Sent
) -> None:
    form = check(exports.parent, "exports", many=True)
    before = {row[2] for row in list_rows(form, "Names in conflict", sent)}

    press(form, lambda: setattr(find(form, Dropdown, "Show the"), "value", "bolt"))

    after = {row[2] for row in list_rows(form, "Names in conflict", sent)}
    assert before == {"sync2it", "SYNC2IT"}
    assert after == {"link3up", "LINK3UP"}


def test_the_tenant_shown_stays_when_names_are_checked(
    exports: Path, sent: Sent
) -> None:
    form = check(exports.parent, "exports", many=True)
    choice = find(form, Dropdown, "Show the")
    first = choice.value
    press(form, lambda: setattr(choice, "value", "bolt"))
    find(form, Textarea, "Proposed names").value = "fresh4name"

    press(form, "Check these names")

    members = {row[2] for row in list_rows(form, "Names in conflict", sent)}
    assert (first, choice.value) == ("acme", "bolt")
    assert members == {"link3up", "LINK3UP"}


@pytest.mark.parametrize("ending", [".csv", ".json", ".html", ".xlsx"])
def test_the_report_over_tenants_can_be_downloaded(
    exports: Path, sent: Sent, ending: str
) -> None:
    form = check(exports.parent, "exports", many=True)

    deliver(find(form, Download, f"Save as {ending[1:].upper()}"), kind="ask", nonce="")

    assert form.found is not None
    content, buffers = sent[-1]
    assert content["name"] == f"username-audit{ending}"
    assert buffers == [TENANT_FORMATS[ending](form.found.outcome.audits)]


def test_new_names_are_judged_for_every_tenant(exports: Path) -> None:
    form = check(exports.parent, "exports", many=True)
    find(form, Textarea, "Proposed names").value = "link3up"

    press(form, "Check these names")

    assert form.found is not None
    reports = [one.report for one in form.found.outcome.audits]
    assert [report.counts["USR007"] for report in reports if report] == [2, 3]
    assert "1 file could not be read" in read(form)
    assert "<code>link3up</code>: nothing found." in read(form)


def test_files_of_tenants_are_told_apart_as_the_command_does(tmp_path: Path) -> None:
    for name in ("acme_active.csv", "acme_b_c.csv", "solo.csv", "_odd.csv"):
        (tmp_path / name).write_text(HEADER, encoding="utf-8")

    ours = {path: name_tenant(path) for path in tmp_path.iterdir()}

    tenants = find_tenants(tmp_path)
    assert ours == {path: t for t, paths in tenants.items() for path in paths}


def test_no_file_that_can_be_read_leaves_the_summary_alone(tmp_path: Path) -> None:
    (tmp_path / "acme_active.csv").write_text("", encoding="utf-8")
    form = show_audit(tmp_path)
    find(form, Dropdown, "Exports of").value = MANY
    find(form, Checkbox, "acme_active.csv").value = True

    press(form, "Check")

    assert "No file could be read." in read(form)
    assert form.status.text == (
        "Checked 0 records of 0 exports of 1 tenant: 0 findings; 1 refused."
    )


def test_a_file_given_by_its_path_is_audited_under_that_path(exports: Path) -> None:
    path = str(exports / "acme" / "active.csv")

    form = check(exports.parent, path)

    assert form.status.text == "Checked 2 records of 1 export: 2 findings."
    assert f"<b>{path}</b>" in read(form)


def test_a_file_chosen_twice_is_read_once(exports: Path) -> None:
    form = check(exports, "acme/active.csv", "acme", "acme")

    assert form.status.text.startswith("Checked 3 records of 2 exports")


def test_a_path_that_is_not_there_is_refused_in_the_form(tmp_path: Path) -> None:
    form = check(tmp_path, "gone.csv")
    find(form, Text, "Another file or folder").value = "gone.csv"

    find(form, Button, "Add").click()

    assert form.status.text == "gone.csv: is not there; check the path."


def test_add_without_a_path_asks_for_one(tmp_path: Path) -> None:
    form = show_audit(tmp_path)

    find(form, Button, "Add").click()

    assert form.status.text == "Enter the path of a file or folder, then press Add."


def test_a_folder_without_exports_is_refused_in_the_form(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    form = check(tmp_path, "empty")

    assert form.status.text.startswith("empty: holds no export")


def test_all_bearers_of_a_name_are_listed_with_level_status_and_kind(
    exports: Path, sent: Sent
) -> None:
    form = check(exports.parent, "exports/acme")

    conflict, place = ("1", "capitals"), ("2", "1")
    active, inactive = (f"exports/acme/{half}.csv" for half in ("active", "inactive"))
    assert list_rows(form, "Names in conflict", sent) == [
        [*conflict, "sync2it", "active", "api user", active, *place],
        [*conflict, "SYNC2IT", "inactive", "api user", inactive, *place],
    ]


def test_each_level_of_nearness_is_shown_with_the_table_it_rests_on(
    tmp_path: Path, sent: Sent
) -> None:
    rows = (
        "a1same\nA1SAME\nb2wide\n\N{FULLWIDTH LATIN SMALL LETTER B}2wide\nc0de\ncode\n"
    )
    (tmp_path / "names.csv").write_text("Username\n" + rows, encoding="utf-8")

    form = check(tmp_path, "names.csv")

    members = list_rows(form, "Names in conflict", sent)
    assert {(row[1], row[2]) for row in members} == {
        ("capitals", "a1same"),
        ("capitals", "A1SAME"),
        ("compatibility", "b2wide"),
        ("compatibility", "\N{FULLWIDTH LATIN SMALL LETTER B}2wide"),
        ("look-alike", "c0de"),
        ("look-alike", "code"),
    }
    assert "confusable characters of Unicode 17.0.0" in read(form)


def test_a_proposed_name_shows_its_conflict_its_level_and_a_free_name(
    exports: Path, sent: Sent
) -> None:
    form = check(exports.parent, "exports/acme")
    find(form, Textarea, "Proposed names").value = "Sync2It"

    press(form, "Check these names")

    text = read(form)
    verdict = text[text.index("<code>Sync2It</code>") :]
    assert "(USR007) It is in conflict " in verdict
    assert ", capitals: sync2it (active, api user), " in verdict
    assert "Free instead: <code>sync2it2</code>" in verdict
    members = list_rows(form, "Names in conflict", sent)
    assert PROPOSED in {row[5] for row in members}


def test_the_state_of_api_users_is_said_beside_the_counts(exports: Path) -> None:
    form = check(exports.parent, "exports/acme")

    text = read(form)
    assert "<h3>State of the API users</h3>" in text
    assert "1 record: " in text
    assert "(HYG002)" in text


def test_what_cannot_be_proved_is_not_claimed_and_the_reasons_are_said(
    exports: Path,
) -> None:
    form = check(exports.parent, "exports/acme/active.csv")

    text = read(form)
    assert "No conflict was found in what was given" in text
    assert "The audit is incomplete: no inactive resource was seen" in text


def test_a_refusal_names_the_upload_and_the_field_of_the_form(tmp_path: Path) -> None:
    form = show_audit(tmp_path)
    upload(form, "names.csv", b"Username\ncaf\xe92go\n")

    press(form, "Check")

    assert form.status.text == (
        "names.csv: line 2, column 4: the byte 0xE9 is not UTF-8. Export as UTF-8, or "
        "give the encoding, such as cp1252 in the field “Encoding”."
    )
    assert find(form, Checkbox, "Show options").value is True


@pytest.mark.parametrize("kind", sorted(INPUTS))
def test_no_refusal_in_the_form_names_an_option_or_a_folder(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / ("a.xlsx" if "workbook" in kind else "a.csv")
    path.write_bytes(INPUTS[kind])
    export = Export(path=path, name="a.csv", tenant="a")
    choices = (
        ReadOptions(),
        ReadOptions(column="Nobody"),
        ReadOptions(skip_lines=1),
        ReadOptions(skip_lines=9),
        ReadOptions(encoding="cp1252"),
    )

    for reading in choices:
        try:
            read_export(export, reading)
        except ApiuserError as error:
            said = str(error).replace("apiuser audit --max", "")
            assert "--" not in said
            assert str(tmp_path) not in said


def test_what_is_said_of_an_upload_never_names_its_temporary_folder(
    sent: Sent,
) -> None:
    form = show_audit("notebooks")
    upload(form, "names.csv", b"Username\n\n" + b"ab1\n" * 5_000)
    press(form, "Check")

    deliver(find(form, Download, "Save as JSON"), kind="ask", nonce="n")

    text = read(form)
    assert "names.csv: 1 blank line passed over." in text
    assert "names.csv holds exactly 5000 rows" in text
    (data,) = sent[-1][1] or [b""]
    assert json.loads(data)["files"][0]["path"] == "names.csv"
    assert tempfile.gettempdir() not in data.decode()
    assert tempfile.gettempdir() not in text


def test_two_uploads_of_one_name_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("Username\nab1\n", encoding="utf-8")
    form = show_audit(tmp_path)
    find(form, Checkbox, "names.csv").value = True
    upload(form, "names.csv", b"Username\nab2\n")
    upload(form, "names.csv", b"Username\nab3\n")
    find(form, Button, "Look again").click()

    press(form, "Check")

    assert form.found is not None
    assert form.found.results is not None
    tables = form.found.results.report.tables
    assert [str(table.path) for table in tables] == [
        "names.csv",
        "names.csv (2)",
        "names.csv (3)",
    ]


def upload(form: AuditForm, name: str, data: bytes) -> None:
    part: Widget = find(form, Upload, "Upload exports")
    send(part, kind="start", id="u", name=name, size=len(data))
    send(part, memoryview(data), kind="part", id="u", at=0)
