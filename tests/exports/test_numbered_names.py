"""Usernames that are made of Resource IDs or of row numbers are not the real ones."""

from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports import ResourceTable
from tests.exports.export_reading import Reader, each_reader

IDS = [29682885, 29682886, 29682889, 29682901, 29682902, 29682907]
SAME = "6 usernames are the Resource ID of the same record (lines 2, 3, 4, 5, 6, 7)"
BUILT = (
    "6 of 6 usernames are the Resource ID of the same record with the same signs before "
    "it (lines 2, 3, 4, 5, 6, 7)"
)
ROWS = "all usernames just number the records"
NUMBERS = "all usernames are numbers, as IDs are"
STATES = ("Active", "Inactive")


def write(path: Path, names: list[str], *, ids: bool = True) -> Path:
    rows = [
        (*([str(number)] * ids), name, "Professional", STATES[at % 2])
        for at, (number, name) in enumerate(zip(IDS, names, strict=True))
    ]
    head = (*(["Resource ID"] * ids), "Username", "License Type", "Status")
    path.write_text("".join(f"{','.join(row)}\n" for row in [head, *rows]), "utf-8")
    return path


def doubts(table: ResourceTable) -> tuple[str, ...]:
    """Return the doubts of a table, which are there just if nothing is proved."""
    assert audit([table], co_managed=False).proved is not bool(table.doubts)
    return table.doubts


@each_reader
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("{id}", SAME),
        ("{id}@x.example.com", SAME),
        ("u{id}", BUILT),
        ("U-{id}@x.example.com", BUILT),
        ("user.{id:010}", BUILT),
        ("{row}", ROWS),
        ("{row}@x.example.com", ROWS),
    ],
)
def test_names_made_of_numbers_beside_ids_prove_nothing(
    tmp_path: Path, name: str, said: str, read: Reader
) -> None:
    names = [name.format(id=one, row=at) for at, one in enumerate(IDS, start=1)]

    assert doubts(read(write(tmp_path / "export.csv", names))) == (said,)


@each_reader
@pytest.mark.parametrize("end", ["", "@x.example.com"])
def test_numbers_for_names_without_ids_prove_nothing(
    tmp_path: Path, end: str, read: Reader
) -> None:
    path = write(tmp_path / "export.csv", [f"{one}{end}" for one in IDS], ids=False)

    assert doubts(read(path)) == (NUMBERS,)


@each_reader
def test_an_id_with_a_suffix_beside_a_name_among_the_ids_is_named(
    tmp_path: Path, read: Reader
) -> None:
    rows = ["ada,29682885@x.example.com", *(f"{one},key{one % 7}" for one in IDS[1:])]
    path = tmp_path / "export.csv"
    path.write_text("ID,Username\n" + "".join(f"{row}\n" for row in rows), "utf-8")

    table = read(path)

    assert table.doubts or table.unreadable


@each_reader
@pytest.mark.parametrize(
    "names",
    [
        "1 2 3 4 5 17",
        "17 18 19 20 21 22",
        "k1 k2 k3 k4 k5 k6",
        "u29682885 ada ben cora dan eve",
        "u29682885 v29682886 w29682889 ada ben cora",
        "u29682886 u29682885 ada ben cora dan",
    ],
)
def test_numbers_of_employees_and_of_some_are_names(
    tmp_path: Path, names: str, read: Reader
) -> None:
    path = write(tmp_path / "export.csv", names.split())

    assert doubts(read(path)) == ()


@each_reader
@pytest.mark.parametrize("word", ["anon{}", "Deleted{}", "anonym_{}", "verwijderd{}"])
def test_numbered_words_for_no_name_prove_nothing(
    tmp_path: Path, word: str, read: Reader
) -> None:
    names = [word.format(at) for at in range(1, 7)]

    table = read(write(tmp_path / "export.csv", names))

    assert not audit([table], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("name", ["anon", "anon7", "deleted", "deleted7", "delete.key"])
def test_a_single_such_word_may_be_a_name(
    tmp_path: Path, name: str, read: Reader
) -> None:
    path = write(tmp_path / "export.csv", [name, "ada", "ben", "cora", "dan", "eve"])

    assert doubts(read(path)) == ()
