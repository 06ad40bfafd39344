"""Exports of several tenants that are given as those of one are noticed."""

from pathlib import Path

import pytest

from apiuser.auditing import audit, audit_tenants, find_tenants
from apiuser.auditing.report import AuditReport
from apiuser.cli import main
from apiuser.exports import read_resources
from apiuser.reports.wording import conclude
from tests.exports.export_reading import Reader, each_reader

HEADER = "Username,Status,License Type\n"
ACME = "backup01@acme.example.com,Active,API User\n"
BETA = "backup01@beta.example.com,Active,API User\n"
CODE = "AUD005"


def audit_files(folder: Path, *texts: str, header: str = HEADER) -> AuditReport:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.csv")
        paths[-1].write_text(header + text, encoding="utf-8")
    return audit(paths)


def test_exports_whose_api_users_end_differently_are_noticed(tmp_path: Path) -> None:
    report = audit_files(tmp_path, ACME, BETA)

    (row,) = [row for row in report.rows() if row.code == CODE]
    assert row.severity == "notice"
    assert row.message.endswith("Found: @acme.example.com, @beta.example.com.")


@pytest.mark.parametrize(
    "texts",
    [
        (ACME, ACME.replace("01", "02").replace("acme.example", "ACME.Example")),
        (ACME, BETA.replace("API User", "Professional")),
        (ACME, BETA + ACME.replace("01", "02")),
        (ACME, "backup02,Active,API User\n"),
        (ACME, "backup02@{0}\u200b,Active,API User\n"),
        (ACME + BETA,),
        (ACME, BETA, ACME.replace("01", "02") + BETA.replace("01", "02")),
    ],
    ids=["same", "a person", "both", "no suffix", "no domain", "one export", "joined"],
)
def test_what_one_tenant_may_have_is_not_noticed(
    tmp_path: Path, texts: tuple[str, ...]
) -> None:
    assert CODE not in audit_files(tmp_path, *texts).counts


@each_reader
def test_exports_without_api_users_count_if_all_their_names_end_alike(
    tmp_path: Path, read: Reader
) -> None:
    beta = "".join(f"{name}@beta.example.com,Inactive,Professional\n" for name in "ab")
    texts = {"acme": ACME, "beta": beta, "mixed": f"{beta}c@c.example.com,Inactive,x\n"}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(HEADER + text, encoding="utf-8")
    acme, other, mixed = (read(tmp_path / f"{name}.csv") for name in texts)

    assert audit([acme, other]).counts[CODE] == 1
    assert CODE not in audit([acme, mixed]).counts


def test_where_no_kind_of_user_is_said_all_names_count(tmp_path: Path) -> None:
    acme, beta = "ada@acme.example.com\n", "ben@beta.example.com\n"

    several = audit_files(tmp_path, acme, beta, header="Username\n")
    one = audit_files(tmp_path, acme, beta + acme, header="Username\n")

    assert several.counts[CODE] == 1
    assert CODE not in one.counts


@pytest.mark.parametrize("header", [HEADER, "Username\n"])
def test_huge_exports_tell_it_by_api_users_or_by_everybody(
    tmp_path: Path, header: str
) -> None:
    tables = []
    for name, row in {"acme": ACME, "beta": BETA}.items():
        path = tmp_path / f"{name}.csv"
        rows = f"{row}ann-{name}@{name}.example.com,Active,Professional\n"
        if header != HEADER:
            rows = "".join(f"{r.partition(',')[0]}\n" for r in rows.splitlines())
        path.write_text(header + rows, encoding="utf-8")
        tables.append(read_resources(path, narrow_from=0))

    assert audit(tables).counts[CODE] == 1


def test_not_every_suffix_of_many_is_named(tmp_path: Path) -> None:
    texts = [ACME.replace("acme", f"t{number}") for number in range(8)]

    (row,) = [row for row in audit_files(tmp_path, *texts).rows() if row.code == CODE]

    assert row.message.endswith("@t4.example.com and 3 more.")


def test_the_command_says_how_to_audit_them_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit_files(tmp_path, ACME, BETA.replace("backup", "other"))

    code = main(["audit", str(tmp_path / "0.csv"), str(tmp_path / "1.csv")])

    (line,) = [x for x in capsys.readouterr().out.splitlines() if f"{CODE}  " in x]
    assert line.endswith("give the folder around them with --tenants.")
    assert code == 1  # a half is missing: a notice changes nothing


def test_tenants_whose_api_users_end_alike_are_pointed_out(tmp_path: Path) -> None:
    for name, text in {"acme-2023": ACME, "acme-2024": ACME, "beta": BETA}.items():
        (tmp_path / f"{name}.csv").write_text(HEADER + text, encoding="utf-8")

    first, second, other = audit_tenants(find_tenants(tmp_path))

    assert first.report is not None
    assert second.report is not None
    assert other.report is not None
    assert first.report.notes[-1].startswith(
        "The API users of another tenant have the same suffix, @acme.example.com: "
        "acme-2024. "
    )
    assert "acme-2023" in second.report.notes[-1]
    assert other.report.notes == ()


@each_reader
@pytest.mark.parametrize(
    ("header", "halves"),
    [
        (
            HEADER,
            [
                f"{ACME}ada@acme.example.com,Active,Professional\n",
                "ben,Inactive,Professional\nsync@beta.example.com,Inactive,7\n",
            ],
        ),
        (
            "Username,Status\n",
            ["ada@acme.example.com,Active\n", "ben@beta.example.com,Inactive\n"],
        ),
    ],
    ids=["API users", "everybody"],
)
def test_halves_of_two_tenants_prove_nothing(
    tmp_path: Path, header: str, halves: list[str], read: Reader
) -> None:
    paths = [tmp_path / "active.csv", tmp_path / "inactive.csv"]
    for path, rows in zip(paths, halves, strict=True):
        path.write_text(header + rows, encoding="utf-8")

    report = audit([*map(read, paths)], co_managed=False)

    said = (
        "usernames of different exports end differently (@acme.example.com, "
        "@beta.example.com), as those of several tenants do"
    )
    assert report.counts[CODE] == 1
    assert said in report.missing
    assert not report.proved
    assert "that does not prove there is none" in conclude(report)


@each_reader
def test_api_users_of_one_export_that_end_differently_prove_nothing(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    people = "ada@old.example.com,Active,Professional\nben,Inactive,Professional\n"
    path.write_text(f"{HEADER}{ACME}{people}{BETA}", encoding="utf-8")

    report = audit([read(path)], co_managed=False)

    said = (
        f"{path}: API users end differently (@acme.example.com, @beta.example.com), "
        "as those of several tenants do"
    )
    assert (report.missing, report.proved) == ((said,), False)


@each_reader
@pytest.mark.parametrize(
    "ends",
    [
        ("@acme.example.com", "@ACME.example.com"),
        ("@acme.example.com", ""),
        ("", ""),
    ],
)
def test_api_users_of_one_export_that_end_alike_leave_the_proof(
    tmp_path: Path, ends: tuple[str, str], read: Reader
) -> None:
    path = tmp_path / "export.csv"
    rows = "ada@old.example.com,Active,Professional\nben,Inactive,Professional\n"
    rows += "".join(
        f"sync{at}{end},Active,API User\n" for at, end in enumerate(ends, 1)
    )
    path.write_text(HEADER + rows, encoding="utf-8")

    assert audit([read(path)], co_managed=False).missing == ()
