"""IDs among the usernames, and names among the IDs, leave nothing proved."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports import read_resources
from tests.exports.export_reading import Reader, each_reader

NAMES = ["ada", "ben", "cyd", "dan", "eve", "key1", "gus", "hal"]


def write(path: Path, crossed: Sequence[int], *, first: int = 29682885) -> Path:
    rows = ["Resource ID,Username,Status,License Type"]
    for at, name in enumerate(NAMES):
        pair = [str(first + 7 * at), name]
        cells = pair[::-1] if at in crossed else pair
        rows.append(",".join([*cells, ("Active", "Inactive")[at % 2], "Professional"]))
    path.write_text("\n".join([*rows, ""]), "utf-8")
    return path


@each_reader
@pytest.mark.parametrize("crossed", [range(8), range(7), range(4), range(5), [3], [0]])
@pytest.mark.parametrize("first", [29682885, 101, 10457])
def test_ids_and_usernames_in_each_others_columns_prove_nothing(
    tmp_path: Path, crossed: Sequence[int], first: int, read: Reader
) -> None:
    path = write(tmp_path / "a.csv", crossed, first=first)

    report = audit([read(path)], co_managed=False)

    assert not report.proved


def test_the_lines_and_what_to_do_are_named(tmp_path: Path) -> None:
    table = read_resources(write(tmp_path / "a.csv", range(5)))

    assert table.doubts == (
        (
            "5 records have a number in the column Username and a name in the column "
            "Resource ID (lines 2, 3, 4, 5, 6)"
        ),
    )
    assert "Export the resources again without moving any column." in "".join(
        table.notices
    )


@each_reader
def test_ids_copied_over_the_usernames_prove_nothing(
    tmp_path: Path, read: Reader
) -> None:
    path = write(tmp_path / "a.csv", ())
    path.write_text(path.read_text().replace("29682892,ben", "29682892,29682892"))

    report = audit([read(path)], co_managed=False)

    assert not report.proved
    assert "1 username is the Resource ID of the same record (line 3)" in "".join(
        report.missing
    )


@each_reader
@pytest.mark.parametrize(
    ("ids", "names"),
    [
        ([29682885, 29682892, 29682899], ["ada", "29682885", "ben"]),
        ([29682885, 29682892, 29682899], ["29682892", "29682899", "29682885"]),
        (["29682885.0", "29682892.0"], ["ada", "29682885"]),
        (["29682885", "29682892"], ["29682892.0", "ben"]),
        (["29682885.000", "29682892"], ["ada", "29682885000"]),
        ([10**20 - 1, 29682892], ["ada", str(10**20 - 1)]),
    ],
)
def test_ids_of_other_records_for_usernames_prove_nothing(
    tmp_path: Path, ids: Sequence[object], names: Sequence[str], read: Reader
) -> None:
    path = tmp_path / "a.csv"
    rows = [
        f"{number},{name},{state},Professional\n"
        for number, name, state in zip(
            ids, names, ["Active", "Inactive", "Active"], strict=False
        )
    ]
    path.write_text(f"Resource ID,Username,Status,License Type\n{''.join(rows)}")

    report = audit([read(path)], co_managed=False)

    assert "the Resource ID of another record (line" in "".join(report.missing)


@each_reader
@pytest.mark.parametrize(
    "form", ["29,682,892", "29.682.892", "29682892.0", "29 682 892"]
)
def test_an_id_that_is_written_otherwise_is_still_the_username(
    tmp_path: Path, form: str, read: Reader
) -> None:
    path = write(tmp_path / "a.csv", ())
    path.write_text(path.read_text().replace("29682892,ben", f'"{form}",29682892'))

    report = audit([read(path)], co_managed=False)

    assert "1 username is the Resource ID of the same record (line 3)" in "".join(
        report.missing
    )


@each_reader
@pytest.mark.parametrize("number", [2, 3])
def test_some_addresses_and_usernames_in_each_others_columns_prove_nothing(
    tmp_path: Path, number: int, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    rows = [
        ",".join(
            [str(29682885 + 7 * at), *pair[:: -1 if at < number else 1], state, "3\n"]
        )
        for at, name in enumerate(NAMES)
        for pair in [[name, f"{name}@x.example.com"]]
        for state in [("Active", "Inactive")[at % 2]]
    ]
    path.write_text(f"Resource ID,Username,Email,Status,License Type\n{''.join(rows)}")

    report = audit([read(path)], co_managed=False)

    assert f"{number} records have an e-mail address in the column" in "".join(
        report.missing
    )


@each_reader
def test_full_usernames_beside_words_for_no_address_stay_names(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Resource ID,Username,Email,Status,License Type\n"
        "29682885,ada@x.example.com,unknown,Active,Professional\n"
        "29682892,ben@x.example.com,unknown,Inactive,Professional\n"
        "29682899,cyd,cyd@x.example.com,Inactive,Professional\n"
        "29682906,dan,dan@x.example.com,Inactive,Professional\n"
        "29682913,eve,eve@x.example.com,Inactive,Professional\n"
    )

    assert audit([read(path)], co_managed=False).proved


@each_reader
def test_addresses_and_usernames_in_each_others_columns_prove_nothing(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Resource ID,Username,Email,Status,License Type\n"
        "29682885,ada@one.example.com,ada1,Active,Professional\n"
        "29682892,ben@two.example.com,ben1,Inactive,Professional\n"
        "29682899,cyd@x.example.com,,Inactive,Professional\n"
    )

    report = audit([read(path)], co_managed=False)

    assert not report.proved
    assert (
        "2 records have an e-mail address in the column Username and a name in the "
        "column Email (lines 2, 3)"
    ) in "".join(report.missing)


@each_reader
@pytest.mark.parametrize("address", ["", "none@example.com", "unknown", "n/a"])
def test_full_usernames_beside_no_address_stay_names(
    tmp_path: Path, address: str, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Resource ID,Username,Email,Status,License Type\n"
        f"29682885,ada@x.example.com,{address},Active,Professional\n"
        f"29682892,ben@x.example.com,{address},Inactive,Professional\n"
    )

    assert audit([read(path)], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("header", ["Username", "Login"])
def test_most_usernames_that_look_like_ids_prove_nothing(
    tmp_path: Path, header: str, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"Name,{header},Status,License Type\n"
        "ada,29682885,Active,Professional\nben,29682892,Inactive,Professional\n"
        "cyd,29682899,Inactive,Professional\n29682906,key1,Active,API User\n"
    )

    report = audit([read(path)], co_managed=False)

    assert not report.proved
    assert "3 of 4 usernames are long numbers, as IDs are" in "".join(report.missing)


@each_reader
@pytest.mark.parametrize(
    "rows",
    [
        # Numbers of employees, with and without a column of IDs.
        "29682885,1000457,Active,3\n29682892,1000458,Inactive,3\n,1000459,Active,3\n",
        "29682885,10457,Active,3\n29682892,k4p7q2m9x3v6b8n,Inactive,7\n",
        "29682885,ada,Active,3\n29682892,10458,Inactive,3\n29682899,ben,Active,3\n",
        # IDs that only number the rows.
        "1,7,Active,3\n2,2,Inactive,3\n3,ben,Active,3\n",
    ],
)
def test_usernames_that_are_numbers_stay_names(
    tmp_path: Path, rows: str, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Resource ID,Username,Status,License Type\n{rows}")

    report = audit([read(path)], co_managed=False)

    assert (report.missing, report.proved) == ((), True)


@each_reader
def test_few_long_numbers_without_ids_stay_names(tmp_path: Path, read: Reader) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Username,Status,License Type\n1000457,Active,3\nben,Inactive,3\ncyd,Active,3\n"
    )

    assert audit([read(path)], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("crossed", [1, 2, 3])
def test_names_and_states_in_each_others_columns_prove_nothing(
    tmp_path: Path, crossed: int, read: Reader
) -> None:
    rows = ["29682885,ada1x,Active,3", "29682886,ben1x,Inactive,3"]
    rows += ["29682887,rmm2link,Active,7"]
    rows += [f"2968289{at},Inactive,cleo{at}x,3" for at in range(crossed)]
    path = tmp_path / "export.csv"
    path.write_text("\n".join(["ID,Username,Status,License Type", *rows, ""]))

    report = audit([read(path)], co_managed=False)

    assert len(report.tables[0].unreadable) == crossed
    assert not report.proved
