"""What the commands say about options on how exports are read."""

from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.cli import main
from apiuser.exports import Status, assume_status, read_resources
from tests.exports.export_reading import Export

HEADER = "Username,{},License Type\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def halves(export: Export) -> tuple[str, str]:
    """Two exports, one of which has a column RealStat besides a known one."""
    active = f"{HEADER.format('Status,RealStat')}key1,Inactive,Active,7\n"
    inactive = f"{HEADER.format('Status')}key2,Inactive,3\n"
    return str(export(active, "north.csv")), str(export(inactive, "south.csv"))


def refuse(capsys: Output, *words: str) -> str:
    code = main([*words])
    said = capsys.readouterr()
    assert (code, said.out) == (3, "")
    return said.err.removeprefix("apiuser: ").strip()


AUDIT = ("audit", "--no-co-managed")


def test_a_mistyped_column_of_the_only_file_is_refused(
    halves: tuple[str, str], capsys: Output
) -> None:
    said = refuse(capsys, *AUDIT, halves[1], "--column", "status=RealStat")

    assert said == (
        f"{halves[1]}: there is no column RealStat for the status; the headers are: "
        "Username, Status, License Type. Name one of these."
    )


def test_a_column_for_all_files_must_be_in_one_of_them(
    halves: tuple[str, str], capsys: Output
) -> None:
    assert main([*AUDIT, *halves, "--column", "status=RealStat"]) == 0
    said = capsys.readouterr().out
    assert f"{halves[1]}: there is no column RealStat for the status." in said

    for command in (AUDIT, ("compare",)):
        said = refuse(capsys, *command, *halves, "--column", "status=RealStatus")
        assert said == (
            "None of the exports has a column RealStatus for the status; the headers "
            "are: Username, Status, RealStat, License Type. Name one of these."
        )


def test_a_column_for_one_file_must_be_in_that_one(
    halves: tuple[str, str], capsys: Output
) -> None:
    north = "north.csv:status=RealStat"
    assert main([*AUDIT, *halves, "--column", north]) == 0
    assert "there is no column" not in capsys.readouterr().out

    # What is left for one file must be in that one, too.
    for words in (
        ("--column", "south.csv:status=RealStat"),
        ("--column", north, "--column", "status=RealStat"),
    ):
        said = refuse(capsys, *AUDIT, *halves, *words)
        assert said.startswith(f"{halves[1]}: there is no column RealStat for the")


def test_a_column_that_each_file_replaces_need_not_be_there(
    halves: tuple[str, str], capsys: Output
) -> None:
    own = ("north.csv:status=RealStat", "south.csv:status=Status")
    words = [word for value in (*own, "status=Gone") for word in ("--column", value)]

    assert main([*AUDIT, *halves, *words]) == 0
    assert "there is no column" not in capsys.readouterr().out


def test_a_column_for_all_tenants_must_be_in_one_of_their_files(
    halves: tuple[str, str], capsys: Output
) -> None:
    folder = str(Path(halves[0]).parent)

    main([*AUDIT, "--tenants", folder, "--column", "status=RealStat"])
    assert "there is no column RealStat for the status" in capsys.readouterr().out

    said = refuse(capsys, *AUDIT, "--tenants", folder, "--column", "status=Gone")
    assert said.startswith("None of the exports has a column Gone for the status; ")


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("Nothing", ""),
        ("username=Nothing", ""),
        (
            "stat=Status",
            (
                " If stat is meant as a role: the roles are username, resource_id, status, "
                "license_type, security_level, locked, integration, email."
            ),
        ),
        (
            "nofile.csv:Username",
            " If nofile.csv is meant as a file: the files given are south.csv.",
        ),
        (
            "nofile.csv:status=Status",
            " If nofile.csv is meant as a file: the files given are south.csv.",
        ),
    ],
)
def test_a_column_that_is_not_there_is_repeated_with_what_could_be_meant(
    halves: tuple[str, str], capsys: Output, value: str, hint: str
) -> None:
    said = refuse(capsys, *AUDIT, halves[1], "--column", value)

    shown = value.removeprefix("username=")
    assert said == (
        f"{halves[1]}: line 1: there is no column {shown}; the headers are: Username, "
        f"Status, License Type. Name one of these.{hint}"
    )


@pytest.mark.parametrize(
    ("option", "value"), [("--skip-lines", "1"), ("--encoding", "cp1252")]
)
def test_an_option_for_a_file_that_was_not_given_is_refused(
    halves: tuple[str, str], capsys: Output, option: str, value: str
) -> None:
    said = refuse(capsys, *AUDIT, *halves, option, f"nofile.csv:{value}")

    assert said == (
        f"{option} is for nofile.csv, which is not given; the files given are "
        "north.csv, south.csv."
    )


EMPTY = HEADER.format("Status")


def test_an_empty_half_that_was_given_as_one_was_seen(
    export: Export, capsys: Output
) -> None:
    active = export(f"{EMPTY}key1,Active,7\nada,Active,3\n", "a2.csv")
    empty = export(EMPTY, "i2.csv")
    words = ("--active", str(active), "--inactive", str(empty))

    assert main([*AUDIT, *words]) == 0
    said = capsys.readouterr().out
    assert "AUD002" not in said
    assert "i2.csv: contains no resources, so there are no inactive ones" in said

    table = assume_status(read_resources(empty), Status.INACTIVE)
    assert audit([read_resources(active), table], co_managed=False).proved


def test_an_empty_half_proves_nothing_if_nobody_said_so_or_all_is_empty(
    export: Export, capsys: Output
) -> None:
    active = str(export(f"{EMPTY}key1,Active,7\nada,Active,3\n", "a2.csv"))
    empty, other = (str(export(EMPTY, name)) for name in ("i2.csv", "i3.csv"))

    for words in (
        (active, empty),
        ("--active", active, empty),
        ("--inactive", empty),
        ("--active", other, "--inactive", empty),
    ):
        main([*AUDIT, *words])
        assert "AUD002" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--skip-lines", "-1"),
        ("--max-cell", "-5"),
        ("--max-columns", "9" * 20),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_the_bounds(
    capsys: Output, option: str, value: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*AUDIT, "a.csv", option, value])

    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert f"{option}: give a whole number from 0 to 999999999999999999" in said


@pytest.mark.parametrize(
    "words",
    [
        ["audit", ""],
        ["audit", "--active", ""],
        ["audit", "--tenants", ""],
        ["scan", ""],
        ["compare", "", "b.csv"],
    ],
)
def test_an_empty_path_is_refused(capsys: Output, words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)

    assert caught.value.code == 2
    assert "the path is empty; name a file or folder" in capsys.readouterr().err
