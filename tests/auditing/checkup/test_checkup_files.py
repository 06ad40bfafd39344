"""What the audit sheet does with many tenants, and with files of any kind."""

import json
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

import pytest

from apiuser.auditing import audit_tenants, find_tenants
from apiuser.auditing.checkup.export_files import ExportFile
from apiuser.auditing.checkup.inquiry import Inquiry
from apiuser.auditing.checkup.sheet_view import describe_answer, describe_inquiry
from apiuser.auditing.tenant_names import name_tenant
from apiuser.errors import ApiuserError
from tests.auditing.checkup.inquiring import CLEAN, HEADER, look
from tests.make_hostile_table import INPUTS


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Two tenants whose names differ, each with one name taken twice, and a bad file."""
    folder = tmp_path / "exports"
    for tenant, name in (("acme", "sync2it"), ("bolt", "link3up")):
        (folder / tenant).mkdir(parents=True)
        for part, row in (
            ("active", f"{name},,API User,Active\n{name}l1,,API User,Active\n"),
            ("inactive", f"{name.upper()},,API User,Inactive\n"),
        ):
            path = folder / tenant / f"{part}.csv"
            path.write_text(HEADER + row, encoding="utf-8")
    (folder / "bolt" / "broken.csv").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def many(exports: Path) -> Inquiry:
    inquiry = Inquiry(folder=exports.parent)
    inquiry.change({"do": "many", "on": True})
    inquiry.change({"do": "add", "path": "exports"})
    return inquiry


TWICE = "Ada1@one.example.com,d@example.com,API User,Active\n"


def test_each_subfolder_is_a_tenant_audited_on_its_own(
    many: Inquiry, exports: Path
) -> None:
    shown = look(many)

    assert many.result is not None
    ours = [(one.tenant, one.report) for one in many.result.audits]
    theirs = audit_tenants(find_tenants(exports))
    assert [(tenant, dict(report.counts)) for tenant, report in ours if report] == [
        (one.tenant, dict(one.report.counts)) for one in theirs if one.report
    ]
    assert [(one["tenant"], one["now"], one["text"]) for one in shown["tenants"]] == [
        (
            "bolt",
            True,
            "1 username is in conflict: 2 records. 1 file could not be read.",
        ),
        ("acme", False, "1 username is in conflict: 2 records."),
    ]


def test_a_tenant_without_exports_is_shown_as_one(many: Inquiry, exports: Path) -> None:
    (exports / "core").mkdir()
    (exports / ".git").mkdir()
    many.change({"do": "add", "path": "exports"})

    shown = look(many)
    many.change({"do": "tenant", "tenant": "core"})
    one = describe_answer(many)

    assert [(each["tenant"], each["level"]) for each in shown["tenants"]] == [
        ("bolt", "error"),
        ("acme", "error"),
        ("core", "error"),
    ]
    assert one["verdict"] == {
        "level": "error",
        "text": "Tenant core. Its folder contains no export.",
        "then": "Put the tenant's exports into it, or delete it.",
    }


def test_a_folder_that_gets_an_export_is_no_longer_an_empty_tenant(
    many: Inquiry, exports: Path
) -> None:
    (exports / "core").mkdir()
    many.change({"do": "add", "path": "exports"})
    (exports / "core" / "all.csv").write_text(HEADER + CLEAN, encoding="utf-8")

    shown = look(many)
    rmtree(exports)
    gone = look(many)

    names = [[each["tenant"] for each in one["tenants"]] for one in (shown, gone)]
    assert names == [["bolt", "acme"]] * 2


def test_tenants_that_differ_only_in_capitals_are_not_unread_files(
    tmp_path: Path,
) -> None:
    for tenant in ("Acme", "acme"):
        (tmp_path / "all" / tenant).mkdir(parents=True)
        path = tmp_path / "all" / tenant / "all.csv"
        path.write_text(HEADER + CLEAN, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path, many=True)
    inquiry.change({"do": "add", "path": "all"})

    shown = look(inquiry)

    said = shown["verdict"]["text"]
    assert "Another tenant's name differs from this only in capitals" in said
    assert "could not be read" not in said
    assert shown["verdict"]["then"].startswith("Put the exports of one tenant into one")
    assert shown["points"][0]["label"] == "Tenant"


def test_another_tenant_is_shown_when_chosen_and_stays(many: Inquiry) -> None:
    first = look(many)
    many.change({"do": "tenant", "tenant": "acme"})
    many.names = "sync2it"

    second = look(many)

    assert first["groups"]["rows"][0]["name"] == "link3up"
    assert second["groups"]["rows"][0]["name"] == "sync2it"
    assert second["names"][0]["level"] == "error"


def test_a_file_named_after_a_half_and_no_tenant_is_refused(tmp_path: Path) -> None:
    (tmp_path / "active.csv").write_text(HEADER + CLEAN, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path, many=True)
    inquiry.change({"do": "tick", "name": "active.csv", "on": True})

    with pytest.raises(ApiuserError, match="is not named after a tenant"):
        look(inquiry)


def test_how_files_are_named_after_tenants_is_said_where_it_matters(
    many: Inquiry,
) -> None:
    said = describe_inquiry(many)["hint"]
    many.change({"do": "many", "on": False})

    assert "up to the first _ or to a last word such as “active”" in said
    assert describe_inquiry(many)["hint"] == ""


def test_a_file_named_after_a_half_is_said_to_name_no_tenant(tmp_path: Path) -> None:
    for name in ("active.csv", "acme_active.csv"):
        (tmp_path / name).write_text(HEADER + CLEAN, encoding="utf-8")

    files = describe_inquiry(Inquiry(folder=tmp_path, many=True))["files"]

    assert [(file["text"].partition(": ")[0], file["level"]) for file in files] == [
        ("tenant acme", ""),
        ("not named after a tenant", "warning"),
    ]


def test_what_a_file_needs_is_said_before_whose_it_is(tmp_path: Path) -> None:
    for name in ("acme_a.csv", "active.csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path)
    for name in ("acme_a.csv", "active.csv"):
        inquiry.change({"do": "tick", "name": name, "on": True})
    look(inquiry)
    inquiry.change({"do": "many", "on": True})

    files = describe_inquiry(inquiry)["files"]

    assert [file["text"] for file in files] == [
        "contains no data. Export the resources again. Tenant: acme.",
        "contains no data. Export the resources again. Not named after a tenant.",
    ]


def test_what_was_found_begins_with_the_tenant_it_is_about(many: Inquiry) -> None:
    first = look(many)["verdict"]["text"]
    many.change({"do": "tenant", "tenant": "acme"})
    second = describe_answer(many)["verdict"]["text"]

    assert first.startswith("Tenant bolt. 1 username is in conflict: 2 records.")
    assert second == "Tenant acme. 1 username is in conflict: 2 records."


def test_all_tenants_are_summed_up_and_the_worst_comes_first(tmp_path: Path) -> None:
    for name, rows in {"acme": CLEAN, "beta": CLEAN + TWICE, "cord": CLEAN}.items():
        (tmp_path / f"{name}-active.csv").write_text(HEADER + rows, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path, many=True)
    for name in inquiry.files:
        inquiry.change({"do": "tick", "name": name, "on": True})

    shown = look(inquiry)

    assert shown["summary"]["level"] == "error"
    assert shown["summary"]["text"] == (
        "1 of 3 tenants has conflicts: beta. 3 tenants: 3 where the audit is complete."
    )
    assert [one["tenant"] for one in shown["tenants"]] == ["beta", "acme", "cord"]
    assert shown["verdict"]["text"].startswith("Tenant beta. 1 username is in conflict")


def test_exports_that_the_form_for_a_new_user_kept_are_offered(exports: Path) -> None:
    inquiry = Inquiry(folder=exports.parent, many=True)
    (exports / "acme" / "users.json").write_text("[]", encoding="utf-8")
    (exports / "acme" / "notes.md").write_text("", encoding="utf-8")
    (exports / "cord").mkdir()
    (exports / "cord" / "all.csv").write_text(HEADER + CLEAN, encoding="utf-8")

    inquiry.change({"do": "look"})

    offered = {file.name: (file.tenant, file.chosen) for file in inquiry.files.values()}
    assert offered == {
        "exports/acme/active.csv": ("acme", False),
        "exports/acme/inactive.csv": ("acme", False),
        "exports/acme/users.json": ("acme", False),
        "exports/bolt/active.csv": ("bolt", False),
        "exports/bolt/broken.csv": ("bolt", False),
        "exports/bolt/inactive.csv": ("bolt", False),
        "exports/cord/all.csv": ("cord", False),
    }


def test_a_file_that_comes_anew_clears_what_was_found(many: Inquiry) -> None:
    before, edition = look(many), many.edition
    path = many.folder / "cord_active.csv"
    path.write_text(HEADER + CLEAN, encoding="utf-8")

    many.change({"do": "add", "path": "cord_active.csv"})

    assert before["checked"] is True
    assert describe_answer(many)["checked"] is False
    assert many.edition > edition


def test_files_belong_to_the_same_tenants_as_in_the_command(tmp_path: Path) -> None:
    for name in ("acme_active.csv", "acme_b_c.csv", "b-active.csv", "_odd.csv"):
        (tmp_path / name).write_text(HEADER, encoding="utf-8")

    ours = {path: name_tenant(path) for path in tmp_path.iterdir()}

    tenants = find_tenants(tmp_path)
    assert ours == {path: t for t, paths in tenants.items() for path in paths}


def test_a_file_chosen_twice_is_read_once(exports: Path) -> None:
    inquiry = Inquiry(folder=exports)
    for path in ("acme/active.csv", "acme", "acme"):
        inquiry.change({"do": "add", "path": path})

    names = [file["name"] for file in describe_inquiry(inquiry)["files"]]

    assert names == ["acme/active.csv", "acme/inactive.csv"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("gone.csv", "gone.csv: does not exist; check the path."),
        ("", "Enter the path of a file or folder."),
        ("empty", "empty: contains no export"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(
    tmp_path: Path, path: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    inquiry = Inquiry(folder=tmp_path)

    with pytest.raises(ApiuserError) as refusal:
        inquiry.change({"do": "add", "path": path})

    assert str(refusal.value).startswith(said)


@pytest.mark.parametrize("kind", sorted(INPUTS))
def test_no_refusal_names_an_option_or_a_folder(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("a.xlsx" if "workbook" in kind else "a.csv")
    path.write_bytes(INPUTS[kind])
    file = ExportFile(name="a.csv", path=path, tenant="a")

    for given in (
        {},
        {"column": "Nobody"},
        {"skip_lines": "1"},
        {"skip_lines": "9"},
        {"encoding": "cp1252"},
    ):
        file.given = given
        with suppress(ApiuserError):
            file.read()
        assert "--" not in file.refusal
        assert str(tmp_path) not in file.refusal


def test_look_again_keeps_what_is_ticked_and_finds_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "here.csv").write_text(HEADER + CLEAN, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path)
    inquiry.change({"do": "tick", "name": "here.csv", "on": True})
    (tmp_path / "another.csv").write_text(HEADER, encoding="utf-8")

    inquiry.change({"do": "look"})

    files = describe_inquiry(inquiry)["files"]
    assert {file["name"]: file["chosen"] for file in files} == {
        "another.csv": False,
        "here.csv": True,
    }


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "here.csv"
    path.write_text(HEADER + CLEAN, encoding="utf-8")
    inquiry = Inquiry(folder=tmp_path)
    inquiry.change({"do": "tick", "name": "here.csv", "on": True})
    look(inquiry)
    path.write_text(HEADER + CLEAN + "d4,,,Active\n", encoding="utf-8")

    look(inquiry)

    assert describe_inquiry(inquiry)["files"][0]["text"] == "4 records"


def test_records_of_one_line_are_named_by_their_numbers(tmp_path: Path) -> None:
    users = [{"userName": name, "licenseType": 7} for name in ("a1", "b2", "a1")]
    (tmp_path / "all.json").write_text(json.dumps(users), encoding="utf-8")

    inquiry = Inquiry(folder=tmp_path)
    inquiry.change({"do": "add", "path": "all.json"})

    (group,) = look(inquiry)["groups"]["rows"]

    assert [record["place"] for record in group["records"]] == [
        "all.json, record 1",
        "all.json, record 3",
    ]
