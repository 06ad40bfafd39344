"""What an audit proves, what it lacks, and how a person fills what files cannot say."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.cli import main
from apiuser.exports import Status, assume_status, read_resources
from apiuser.reports import render_terminal
from apiuser.reports.wording import conclude
from tests.exports.export_reading import Reader, each_reader

Output = pytest.CaptureFixture[str]
Export = Callable[[str, str], Path]
HALVES = "Username,Status,License Type\na1,Active,3\nb1,Inactive,3\n"
PROVED = "No conflict: no name is taken twice. The audit is complete"
OPEN = "No conflict was found in what was given; that does not prove there is none"


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_audit_that_lacks_co_managing_users_only_is_complete_but_proves_nothing(
    export: Export,
) -> None:
    report = audit(export("all.csv", HALVES))

    said = render_terminal(report)
    assert (report.complete, report.proved) == (True, False)
    assert f"{OPEN}. Every record was read (2), but names may be in use" in said
    assert "not seen: no co-managing user was seen." in said
    assert "incomplete" not in said


@each_reader
def test_a_level_of_a_person_named_after_co_managed_accounts_proves_nothing(
    export: Export, read: Reader
) -> None:
    head, *rows = HALVES.splitlines()
    levels = ("Technician (Co-managed accounts)", "Full Access")
    lines = [f"{head},Security Level", *map(",".join, zip(rows, levels, strict=True))]

    report = audit([read(export("all.csv", "\n".join(lines)))])

    assert (report.counts["AUD003"], report.proved) == (1, False)


def test_a_tenant_without_co_managing_users_can_prove(
    export: Export, capsys: Output
) -> None:
    path = export("all.csv", HALVES)

    report = audit(path, co_managed=False)
    code = main(["audit", str(path), "--no-co-managed"])

    said = capsys.readouterr().out
    assert (report.complete, report.proved) == (True, True)
    assert "AUD003" not in report.counts
    assert code == 0
    assert PROVED in said
    assert "the tenant has no co-managing users" in said


def test_an_incomplete_audit_says_what_it_lacks(export: Export) -> None:
    path = export("half.csv", "Username,Status\na1,Active\nb1,Active\n")

    report = audit(path)

    assert (report.complete, report.proved) == (False, False)
    assert f"{OPEN}. The audit is incomplete: no inactive" in render_terminal(report)


@pytest.mark.parametrize(
    "text",
    [
        HALVES,
        "Username\na1\n",
        "Username,Status\na1,Active\nb1,Inactive\nshort\n",
        "Username,Status,License Type\n,Active,9\nb1,Inactive,3\n",
        "Username,Status\n" + "".join(f"n{at}x,Active\n" for at in range(5000)),
        "Username,Status,License Type\na1,Active,9\nb1,Inactive,3\n",
    ],
)
def test_whatever_is_proved_is_complete_and_answers_with_0(
    export: Export, capsys: Output, text: str
) -> None:
    path = export("some.csv", text)

    for option in ([], ["--no-co-managed"]):
        code = main(["audit", str(path), "--json", *option])
        value = json.loads(capsys.readouterr().out)

        assert value["complete"] or not value["proved"]
        assert value["proved"] == (value["missing"] == [])
        assert (code == 0) == value["complete"]


@pytest.mark.parametrize(
    ("kind", "more"), [("3", ""), ("9", ", but the exports show 1")]
)
def test_who_is_co_managing_after_all_is_said(
    export: Export, kind: str, more: str
) -> None:
    rows = f"a1,Active,7\nb1,Inactive,3\nc1,Active,{kind}\n"
    path = export("a.csv", f"Username,Status,License Type\n{rows}")

    notices = audit(path, co_managed=False).notices

    said = "The person who asked said that the tenant has no co-managing users"
    assert notices == (f"{said}{more}.",)


API_ROWS = "".join(f"name{at}x,{at % 2 == 0},9\n" for at in range(500))


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.csv", f"userName,isActive,licenseType\n{API_ROWS}", "1 whole page of 500"),
        ("a.csv", f"UserName,IsActive,LicenseType\n{API_ROWS * 2}", "2 whole pages"),
        ("a.csv", f"user_name,is_active,license_type\n{API_ROWS}", "1 whole page"),
        (
            "a.json",
            '{"items": [{"userName": "a1"}], "pageDetails": {"nextPageUrl": "https"}}',
            "names a page that is not in it",
        ),
    ],
)
def test_whole_pages_of_the_api_are_probably_cut(
    export: Export, name: str, text: str, reason: str
) -> None:
    report = audit(export(name, text), co_managed=False)

    assert (report.counts["AUD001"], report.complete) == (1, False)
    assert reason in " ".join(report.missing)


def test_a_page_of_the_api_that_is_not_full_is_the_last_one(export: Export) -> None:
    users = [
        {"userName": f"name{at}x", "isActive": at % 2 == 0, "licenseType": 9}
        for at in range(500)
    ]
    answer = {"items": users, "pageDetails": {"nextPageUrl": None}}
    assert audit(export("a.json", json.dumps(answer)), co_managed=False).proved
    whole = f"userName,isActive,licenseType\n{API_ROWS}last1,true,9\n"
    grid = f"Username,Active,License Type\n{API_ROWS}"

    for text in (whole, grid):
        assert audit(export("a.csv", text), co_managed=False).proved


def test_the_halves_of_files_without_a_status_can_be_given(
    export: Export, capsys: Output
) -> None:
    one = export("one.csv", "Username,License Type\na1,9\n")
    two = export("two.csv", "Username,License Type\nb1,3\n")

    code = main(["audit", "--active", str(one), "--inactive", str(two), "--json"])
    value = json.loads(capsys.readouterr().out)

    assert (code, value["proved"]) == (0, True)
    assert [file["path"] for file in value["files"]] == [str(one), str(two)]
    assert main(["audit", str(one), str(two)]) == 1


def test_the_half_given_fills_only_what_the_file_leaves_open(export: Export) -> None:
    path = export("a.csv", "Username,Status\na1,Active\nb1,Inactive\nc1,\n")

    table = assume_status(read_resources(path), Status.INACTIVE)

    assert table.frame["status"].tolist() == ["active", "inactive", "inactive"]
    assert table.assumed is Status.INACTIVE
    assert table.summary.statuses == {
        Status.UNKNOWN: 0,
        Status.ACTIVE: 1,
        Status.INACTIVE: 2,
    }
    assert table.notices == (
        (
            f"{path}: 1 record has nothing in the column Status, so it may be active or "
            "inactive. Export again with a status in every row."
        ),
        (
            f"{path}: 1 record marked active, although the file was given as inactive; "
            "the mark counts."
        ),
    )
    other = assume_status(read_resources(path), Status.ACTIVE)
    assert "1 record marked inactive, although" in other.notices[1]
    # One record says that the file is not the half it was given as.
    assert table.doubts == ("1 record taken as inactive beside others marked active",)
    assert audit([table], co_managed=False).proved is False


@each_reader
@pytest.mark.parametrize("kind", ["Co-managed Help Desk", "API User"])
def test_a_list_of_some_users_shows_no_half_of_the_others(
    export: Export, read: Reader, kind: str
) -> None:
    head = "Username,Status,License Type\n"
    people = f"{head}ada1x,Active,Professional\nrmm2link,Active,API User\n"
    some = f"{head}cy1co,Active,{kind}\ndi1co,Inactive,{kind}\n"
    paths = export("active.csv", people), export("some.csv", some)

    report = audit([read(path) for path in paths], co_managed=False)

    assert "no inactive resource was seen" in report.missing
    assert report.counts["AUD002"] == 1


def test_an_inactive_half_may_hold_api_users_only(export: Export) -> None:
    head = "Username,Status,License Type\n"
    active = export("active.csv", f"{head}ada1x,Active,Professional\n")
    inactive = export("inactive.csv", f"{head}rmm2link,Inactive,API User\n")

    assert audit([active, inactive], co_managed=False).proved


def test_halves_of_tenants_cannot_be_given(export: Export, capsys: Output) -> None:
    path = export("a.csv", HALVES)

    code = main(["audit", "--tenants", str(path.parent), "--active", str(path)])

    assert code == 2
    said = capsys.readouterr().err
    assert "give either FILEs or --tenants. " in said
    assert "audit its tenant alone, without --tenants" in said


def test_a_whole_folder_of_tenants_can_be_without_co_managing_users(
    export: Export, capsys: Output
) -> None:
    path = export("a.csv", HALVES)

    main(["audit", "--tenants", str(path.parent), "--no-co-managed", "--json"])

    (tenant,) = json.loads(capsys.readouterr().out)["tenants"]
    assert tenant["proved"] is True


@pytest.mark.parametrize("narrow_from", [None, 0], ids=["rows", "DuckDB"])
def test_api_users_alone_leave_the_usernames_of_people_open(
    export: Export, narrow_from: int | None
) -> None:
    header = "Username,Status,License Type\n"
    halves = [
        export("active.csv", f"{header}a1,Active,API User\n"),
        export("inactive.csv", f"{header}b1,Inactive,API User\n"),
    ]

    report = audit(
        [read_resources(p, narrow_from=narrow_from) for p in halves], co_managed=False
    )

    assert report.missing == ("no person was seen, only API users",)
    assert not report.proved


def test_names_that_only_look_alike_are_said_beside_the_verdict(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    path.write_text(
        "Username,License Type,Status\n"
        "backupl2,API User,Active\nbackupI2,API User,Inactive\nada,3,Active\n",
        encoding="utf-8",
    )

    said = conclude(audit(path, co_managed=False))

    assert said.startswith(
        "No conflict: no name is taken twice. 1 group of names looks alike: 2 records."
    )


@pytest.mark.parametrize("sign", ["\uff20", "\ufe6b"])
def test_a_sign_that_may_stand_for_an_at_leaves_the_result_open(
    tmp_path: Path, sign: str
) -> None:
    path = tmp_path / "both.csv"
    path.write_text(
        "Username,License Type,Status\n"
        f"abc1@x.example.com,API User,Active\nabc1{sign}x.example.com,API User,Inactive\n"
        "ada,3,Active\n",
        encoding="utf-8",
    )

    report = audit(path, co_managed=False)

    assert report.missing == ("1 sign in usernames that may stand for @",)
    assert not report.proved


@pytest.mark.parametrize(("rows", "times"), [(10_000, "2 times"), (15_000, "3 times")])
def test_several_whole_exports_pasted_together_are_probably_cut(
    export: Export, rows: int, times: str
) -> None:
    lines = (f"n{at}x,{('No', 'Yes')[at % 2]},3\n" for at in range(rows))
    path = export("all.csv", "Username,Active,License Type\n" + "".join(lines))

    report = audit(path, co_managed=False)

    assert (report.counts["AUD001"], report.proved) == (1, False)
    assert f"{times} the limit of one export" in " ".join(report.missing)


@pytest.mark.parametrize(
    "level",
    [
        "Not Co-managed",
        "Non-comanaged",
        "no co-managed",
        "Co-managed: No",
        "NonCo-managed",
        "Kein Co-Managed",
        "Keine Co-Managed-Ressource",
        "nicht co-managed",
        "Co-Managed: Nein",
        "Co-managed (nein)",
        "Non co-managed",
        "Pas de co-managed",
        "Co-managed : non",
        "Sin co-managed",
        "Niet co-managed",
        "geen comanaged",
        "Co-managed: nee",
        "Ikke co-managed",
        "Co-managed: nej",
        "Não co-managed",
        "co-managed = falso",
        "Co-managed not",
        "Technician (all but co-managed)",
        "No access to co-managed",
        "Former co-managed",
        "excl. co-managed",
        "isn't co-managed",
        "isn\u2019t co-managed",
        "cannot see co-managed",
        "Co-managed disabled",
        "Co-managed excluded",
        "Co-managed (not used)",
        "Alle au\xdfer Co-managed",
        "Tous sauf co-managed",
        *("Account Manager (co-managed clients)", "Was co-managed", "Un-co-managed"),
        *("Pending co-managed", "Co-managed - n/a", "Co-managed (migrated)"),
        *("Co-managed template", "Vormals Co-managed", "\u2717 Co-managed"),
    ],
)
@pytest.mark.parametrize("header", ["Security Level", "License Type"])
def test_a_word_that_denies_it_makes_no_co_managing_user(
    export: Export, header: str, level: str
) -> None:
    text = f"Username,Active,{header}\na1,Yes,{level}\nb1,No,{level}\n"

    assert not audit(export("all.csv", text)).proved


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (audit, "no column says which users are API users or co-managing ones"),
        (
            partial(audit, co_managed=False),
            "no column says which users are API users",
        ),
    ],
)
def test_without_a_column_for_the_kind_of_user_nothing_is_proved(
    export: Export, of: Callable[[Path], AuditReport], reason: str
) -> None:
    path = export("all.csv", "Username,Active\na1,Yes\nb1,No\n")

    report = of(path)

    assert (report.missing, report.proved) == ((reason,), False)


@pytest.mark.parametrize(
    "level",
    ["Co-managed Help Desk", "Nordic Co-managed", "Co-managed (Now)", "A co-managed"],
)
def test_a_word_that_denies_nothing_leaves_a_co_managing_user(
    export: Export, level: str
) -> None:
    text = f"Username,Active,Security Level\na1,Yes,{level}\nb1,No,{level}\n"

    assert audit(export("all.csv", text)).proved
