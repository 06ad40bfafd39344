"""Exports of many tenants are audited in one call and never mixed up."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from apiuser.auditing import audit_tenants, find_tenants
from apiuser.auditing.tenant_names import is_tenant, name_tenant
from apiuser.cli import main
from apiuser.errors import AccessError, InputError
from apiuser.reports import FORMATS

Output = pytest.CaptureFixture[str]
HEADER = "Username,Active,License Type\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two whole tenants in folders, and one named by its files; all have `same1`."""
    root = tmp_path / "exports"
    for path, rows in {
        "north/active.csv": "same1,Yes,7\nnodigit,Yes,7\nnorth,Yes,9\n",
        "north/old/inactive.csv": "gone1,No,3\n",
        "south/all.csv": "same1,Yes,7\nnodigit,Yes,7\nsouth,Yes,9\nleft,No,3\n",
        "east_active.csv": "same1,Yes,7\neast,Yes,9\n",
        "east_inactive.csv": "Same1,No,3\n",
        "notes.md": "not an export",
        "south/.hidden.csv": "not an export",
        "south/~$all.xlsx": "not an export",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        text = rows if rows.startswith("not") else HEADER + rows
        (root / path).write_text(text)
    return root


def test_subfolders_and_beginnings_of_names_are_tenants(folder: Path) -> None:
    found = find_tenants(folder)

    assert {
        name: [path.relative_to(folder).as_posix() for path in paths]
        for name, paths in found.items()
    } == {
        "east": ["east_active.csv", "east_inactive.csv"],
        "north": ["north/active.csv", "north/old/inactive.csv"],
        "south": ["south/all.csv"],
    }


@pytest.mark.parametrize(
    ("file", "tenant"),
    [
        ("acme-active.csv", "acme"),
        ("acme-inactive.csv", "acme"),
        ("Acme Inactive.csv", "Acme"),
        ("acme.INACTIVE.csv", "acme"),
        ("acme-co-managed.csv", "acme"),
        ("acme-comanaged - active.csv", "acme"),
        ("acme-not-active.csv", "acme"),
        ("acme-inaktiv.csv", "acme"),
        ("acme-désactivés.csv", "acme-désactivés"),
        ("acme-désactivé.csv", "acme"),
        ("acme-corp-active.csv", "acme-corp"),
        ("acme-active_2024.csv", "acme"),
        ("acme-active-2024.csv", "acme"),
        ("acme inactive 2024-11-05.csv", "acme"),
        ("acme-active (1).csv", "acme"),
        ("acme (1).csv", "acme (1)"),
        ("acme-active-2.csv", "acme"),
        ("acme-active2.csv", "acme-active2"),
        ("north_west-active.csv", "north"),
        ("active-care.csv", "active-care"),
        ("interactive.csv", "interactive"),
        ("acme-2024.csv", "acme-2024"),
        ("_odd.csv", "_odd"),
    ],
)
def test_the_word_for_a_half_is_no_part_of_a_tenant(file: str, tenant: str) -> None:
    assert name_tenant(Path(file)) == tenant
    assert is_tenant(tenant)


_HALVES = "active.csv Inactive.csv co-managed.csv -active.csv active-2024-11-05.csv"


@pytest.mark.parametrize(
    "file", [*_HALVES.split(), "not active_2.csv", "inactive (2).csv"]
)
def test_words_for_halves_alone_name_no_tenant(file: str) -> None:
    assert not is_tenant(name_tenant(Path(file)))


def test_halves_with_hyphens_are_compared_with_one_another(tmp_path: Path) -> None:
    (tmp_path / "acme-active.csv").write_text(f"{HEADER}backup01,Yes,7\n")
    (tmp_path / "acme-inactive.csv").write_text(f"{HEADER}BACKUP01,No,7\n")

    (one,) = audit_tenants(find_tenants(tmp_path))

    assert one.tenant == "acme"
    assert one.report is not None
    assert one.report.counts["USR007"] == 2


def test_a_name_in_use_at_another_tenant_is_no_conflict(folder: Path) -> None:
    audits = audit_tenants(find_tenants(folder), proposed=["north"])

    conflicts = {
        one.tenant: one.report.counts.get("USR007", 0) for one in audits if one.report
    }
    assert conflicts == {"east": 2, "north": 1, "south": 0}


def test_one_tenant_is_counted_as_one(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "north.csv").write_text("Username\na1\n")

    main(["audit", "--tenants", str(tmp_path)])

    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith("found. 1 tenant: 1 where the audit is incomplete.")


def test_the_last_line_says_no_more_than_the_tenants_own(
    tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "north.csv").write_text(f"{HEADER}a1,Yes,7\nb1,No,1\n")

    for more, said in {
        "": "every record was read, but names may be in use that were not seen",
        "--no-co-managed": "the audit is complete",
    }.items():
        code = main(["audit", "--tenants", str(tmp_path), *filter(None, [more])])

        last = capsys.readouterr().out.splitlines()[-1]
        assert code == 0
        assert last == f"No conflict was found. 1 tenant: 1 where {said}."


def test_the_last_line_begins_with_the_tenants_in_conflict(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    (folder / "north" / "two.csv").write_text(f"{HEADER}gone1,No,7\nNorth,No,7\n")
    page = tmp_path / "r.html"

    main(["audit", "--tenants", str(folder), f"--report={page}"])

    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("2 of 3 tenants have conflicts: north, east. 3 tenants: ")
    assert f'<p class="verdict">{last}</p>' in page.read_text("utf-8")


def test_one_bad_file_does_not_stop_the_rest(folder: Path, capsys: Output) -> None:
    (folder / "north" / "bad.csv").write_bytes(b"%PDF-1.7")
    (folder / "west_gone.csv").symlink_to("nowhere")

    code = main(["audit", "--tenants", str(folder)])

    out = capsys.readouterr().out
    assert code == 4
    assert "Refused: " in out
    assert "is a PDF document" in out
    assert "is a link to a file that is gone" in out
    assert "1 file could not be read" in out
    assert "4 tenants: 2 where the audit is complete; 2 where the audit is" in out


def test_a_refused_file_ends_with_3_and_makes_the_audit_incomplete(
    folder: Path, capsys: Output
) -> None:
    (folder / "south" / "bad.csv").write_text("")

    code = main(["audit", "--json", "--tenants", str(folder)])

    value = json.loads(capsys.readouterr().out)
    south = value["tenants"][2]
    assert code == 3
    assert (south["tenant"], len(south["refused"])) == ("south", 1)
    assert south["complete"] is south["proved"] is value["complete"] is False


def test_every_report_names_the_tenant(folder: Path, tmp_path: Path) -> None:
    paths = {ending: tmp_path / f"report{ending}" for ending in FORMATS}

    code = main(
        ["audit", f"--tenants={folder}", *(f"--report={p}" for p in paths.values())]
    )

    rows = list(csv.DictReader(io.StringIO(paths[".csv"].read_text("utf-8-sig"))))
    value = json.loads(paths[".json"].read_text("utf-8"))
    page = paths[".html"].read_text("utf-8")
    assert code == 1
    assert next(iter(rows[0])) == "tenant"
    assert {row["tenant"] for row in rows} == {"east", "north", "south"}
    assert [one["tenant"] for one in value["tenants"]] == ["east", "north", "south"]
    assert len(rows) == sum(len(one["findings"]) for one in value["tenants"])
    assert page.count("<tr data-severity") == len(rows)
    assert ">north</a>" in page


def test_a_tenant_without_any_readable_file_is_in_every_report(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "west.csv").write_text("")

    main(["audit", f"--tenants={folder}", f"--report={tmp_path / 'r.html'}"])

    assert "No file could be read." in (tmp_path / "r.html").read_text("utf-8")


@pytest.mark.parametrize("arguments", [[], ["a.csv", "--tenants", "."]])
def test_files_or_tenants_are_given(arguments: list[str], capsys: Output) -> None:
    assert main(["audit", *arguments]) == 2
    assert "give either" in capsys.readouterr().err


def test_a_report_may_not_replace_an_export(folder: Path, capsys: Output) -> None:
    report = folder / "north" / "active.csv"

    code = main(["audit", f"--tenants={folder}", f"--report={report}"])

    assert code == 3
    assert "is one of the inputs" in capsys.readouterr().err


def test_a_folder_without_exports_and_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains no export"):
        find_tenants(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(AccessError, match="is not a folder"):
        find_tenants(tmp_path / "file")


def test_a_folder_that_no_form_has_made_yet_is_said_to_be_missing(
    tmp_path: Path, capsys: Output
) -> None:
    code = main(["audit", "--tenants", str(tmp_path / "exports")])

    error = capsys.readouterr().err
    assert code == 4
    assert "exports: does not exist. Give a folder that contains the exports" in error
    assert "when it keeps the first export of a tenant." in error


def test_progress_is_reported_over_all_files(folder: Path) -> None:
    steps: list[tuple[int, int, str]] = []

    audit_tenants(find_tenants(folder), progress=lambda *step: steps.append(step))

    assert steps[0] == (0, 5, "reading east: east_active.csv")
    assert steps[-1] == (5, 5, "done")


def test_exports_named_after_a_half_and_no_tenant_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "active.csv").write_text("Username\na1\n", encoding="utf-8")

    assert main(["audit", "--tenants", str(tmp_path)]) == 3

    assert "active.csv: is not named after a tenant" in capsys.readouterr().err


def test_a_tenant_that_cannot_be_audited_stops_no_other(tmp_path: Path) -> None:
    for tenant in ("acme", "beta"):
        (tmp_path / tenant).mkdir()
        (tmp_path / tenant / "q.csv").write_text("Username\na1\n", encoding="utf-8")
    (tmp_path / "acme" / "q2.csv").symlink_to("q.csv")

    acme, beta = audit_tenants(find_tenants(tmp_path))

    assert acme.report is None
    assert "is given twice" in acme.refused[0]
    assert beta.report is not None


@pytest.mark.skipif(
    os.geteuid() == 0, reason="the administrator may enter every folder"
)
def test_a_folder_that_may_not_be_entered_is_named(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "q.csv").write_text("Username\na1\n", encoding="utf-8")
    (tmp_path / "gamma").mkdir(mode=0)

    with pytest.raises(AccessError, match="gamma"):
        find_tenants(tmp_path)


def test_a_tenant_whose_folder_is_empty_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full, bare = tmp_path / "full", tmp_path / "bare"
    full.mkdir()
    (full / "a.csv").write_text("Username,Status\na1,Active\n")
    bare.mkdir()
    (bare / ".hidden").touch()

    page = tmp_path / "r.html"
    code = main(["audit", "--tenants", str(tmp_path), f"--report={page}"])

    said = capsys.readouterr().out
    assert code == 3
    assert "Its folder contains no export." in page.read_text("utf-8")
    assert "== bare ==\nRefused: its folder contains no export." in said
    assert "2 tenants: 2 where the audit is incomplete." in said


def test_tenants_that_differ_only_in_capitals_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("sample_active.csv", "Sample_inactive.csv", "other_all.csv"):
        (tmp_path / name).write_text("Username,Status\na1,Active\n")

    code = main(["audit", "--tenants", str(tmp_path)])

    said = capsys.readouterr().out
    assert code == 3
    differs = "another tenant's name differs from this only in capitals"
    assert said.count(f"Refused: {differs}. Put") == 2
    assert said.count(f"The audit is incomplete: {differs}; ") == 2
    assert "could not be read" not in said
