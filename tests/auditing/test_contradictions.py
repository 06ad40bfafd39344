"""Exports of other tenants or other times contradict each other, and prove nothing."""

from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit
from tests.exports.export_reading import Reader, each_reader

HEADER = "Resource ID,Username,Status,License Type"
PERSON = "29682999,zoe,Active,3"


def audit_halves(
    folder: Path, active: list[str], inactive: list[str], read: Reader
) -> AuditReport:
    paths = []
    for name, rows in (("active.csv", active), ("inactive.csv", inactive)):
        paths.append(folder / name)
        paths[-1].write_text("\n".join([HEADER, *rows, ""]), "utf-8")
    return audit([read(path) for path in paths], co_managed=False)


@each_reader
@pytest.mark.parametrize(
    "other",
    ["29682901,ben,Inactive,3", "29682901,ada,Inactive,3", "29682901,ben,Active,3"],
    ids=["another tenant", "another status", "another name"],
)
def test_an_id_that_is_another_user_elsewhere_leaves_nothing_proved(
    tmp_path: Path, other: str, read: Reader
) -> None:
    report = audit_halves(
        tmp_path,
        [PERSON, "29682901,ada,Active,3"],
        ["29682900,eva,Inactive,3", other],
        read,
    )

    said = (
        f"{tmp_path / 'inactive.csv'}: 1 Resource ID with another username or status in "
        f"{tmp_path / 'active.csv'} (29682901: line 3 there, line 3 here)"
    )
    assert said in report.missing
    assert any(f"{said}. Export both halves again" in one for one in report.notices)
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "rows",
    [
        ["29682901,ada,Active,3", "29682902,eva,Inactive,3"],
        ["29682901,Ada@x.example.com,,3", "29682902,eva,Inactive,3"],
        [",ada,Active,3", ",ben,Inactive,3"],
        ["1,eva,Inactive,3", "2,ben,Inactive,3"],
        [f"{at},x{at}y,Inactive,3" for at in range(1, 7)],
        ["x,eva,Inactive,3", "17,ben,Inactive,3", "17,leo,Inactive,3"],
    ],
    ids=["same", "suffix", "none", "few numbers", "numbers", "codes"],
)
def test_ids_that_agree_or_say_nothing_leave_the_proof(
    tmp_path: Path, rows: list[str], read: Reader
) -> None:
    active = ["29682901,ada,Active,3", "1,leo,Active,3", "17,mia,Active,3"]

    report = audit_halves(tmp_path, active, rows, read)

    assert not any("another username or status" in one for one in report.missing)


@each_reader
@pytest.mark.parametrize(
    ("first", "second"),
    [
        *(("29682901", one) for one in ('"29,682,901"', "29.682.901", " 29682901 ")),
        *(("29682901", one) for one in ("29682901.0", "29682901.000")),
        *(("29683000", one) for one in ('"29,683,000"', "29.683.000", "29683000.00")),
        *((one, one) for one in ('"29,683,000"', "29.683.000", "29682901.000")),
    ],
)
def test_an_id_is_the_same_however_it_is_written(
    tmp_path: Path, first: str, second: str, read: Reader
) -> None:
    report = audit_halves(
        tmp_path,
        [PERSON, f"{first},ada,Active,3"],
        [f"{second},ben,Inactive,3"],
        read,
    )

    assert "1 Resource ID with another username" in report.missing[0]


@each_reader
def test_many_contradictions_are_counted(tmp_path: Path, read: Reader) -> None:
    numbers = range(29682901, 29682910)

    report = audit_halves(
        tmp_path,
        [f"{at},a{at}x,Active,3" for at in numbers],
        [f"{at},b{at}y,Inactive,3" for at in numbers],
        read,
    )

    assert "9 Resource IDs with another" in report.missing[0]
    assert "line 6 here; and 4 more)" in report.missing[0]


@pytest.mark.parametrize("answers", [1, 2])
def test_records_that_share_a_line_are_named_by_their_numbers(
    tmp_path: Path, answers: int
) -> None:
    paths = []
    for name, user, active in (("on", "ada", "true"), ("off", "ben", "false")):
        lines = (
            "".join(
                f',{{"id": {at}, "userName": "{user}{at}", "isActive": {active}}}'
                for at in (29682901 + (active == "true") + move, 29682903 + move)
            )
            for move in range(0, 10 * answers, 10)
        )
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text("\n".join(f'{{"items": [{one[1:]}]}}' for one in lines))

    report = audit(paths)

    assert any("(29682903: record 2 there, record 2 here" in m for m in report.missing)
