"""Names that nobody sees, or sees as another, and what may be claimed beside them."""

from pathlib import Path

import pytest

from apiuser.credentials.matching import fold_lookalike
from apiuser.exports import read_resources


def test_rows_without_a_local_part_are_nameless(tmp_path: Path) -> None:
    blank = ["", "@x.example.com", " ", "\u00a0@x.example.com", "\u3000", "\t"]
    names = [*blank, "a1", "é1", "\u3042", "\uff411@x.example.com", " a1"]
    path = tmp_path / "blank.csv"
    path.write_text("\n".join(["Username,ID", *(f"{n},1" for n in names)]), "utf-8")

    assert read_resources(path).summary.nameless == len(blank)


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("blank", ["", " ", "@x.example.com"])
def test_a_plain_row_without_a_name_is_seen_wherever_it_stands(
    tmp_path: Path, blank: str, at: int
) -> None:
    names = ["a1", "b1"]
    names.insert(at, blank)
    path = tmp_path / "blank.csv"
    path.write_text("\n".join(["Username,ID", *(f"{n},1" for n in names)]), "utf-8")

    assert read_resources(path).summary.nameless == 1


@pytest.mark.parametrize(
    "name",
    [
        "abc1\U000e0101",
        "abc1\ufe0f",
        "abc1\u2800",
        "abc1 \u200b",
        "a\u034fbc1",
        "ab\u200bc1",
        "ab\u00adc1",
        "ab\u202ec1",
        "\u3164abc1",
    ],
)
def test_invisible_characters_make_no_different_name(name: str) -> None:
    assert fold_lookalike(name) == fold_lookalike("abc1")
