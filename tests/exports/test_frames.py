"""Resources given as a pandas frame."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from apiuser.auditing import audit
from apiuser.errors import InputError, SourceError
from apiuser.exports import read_frame, read_resources

SAMPLES = Path(__file__).parents[2] / "notebooks" / "data"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.csv")), ids=lambda p: p.name)
def test_a_frame_gives_the_findings_of_the_file_it_was_read_from(path: Path) -> None:
    table = read_resources(path)
    encoding = "utf-16" if "16" in table.encoding else "utf-8-sig"
    frame = pd.read_csv(
        path, dtype=str, keep_default_na=False, sep=table.delimiter, encoding=encoding
    )
    wanted = ["code", "severity", "record", "username", "group", "level"]
    by_file = audit(table).findings[wanted]
    by_frame = audit(read_frame(frame, name="frame")).findings[wanted]
    pd.testing.assert_frame_equal(by_file, by_frame)


def test_findings_name_the_frame_and_the_place_in_it() -> None:
    frame = pd.DataFrame({"Username": ["abc1", "other2", "ABC1"]})
    rows = [r for r in audit(read_frame(frame, name="mine")).rows() if r.group]
    assert [(r.file, r.record) for r in rows] == [("mine", 1), ("mine", 3)]


@pytest.mark.parametrize(
    ("names", "kind"), [(["abc1", 7], "int"), (["abc1", None], "NoneType")]
)
def test_a_username_that_is_not_text_is_refused(names: list[object], kind: str) -> None:
    frame = pd.DataFrame({"Username": pd.Series(names, dtype=object)})
    with pytest.raises(SourceError, match=rf"^mine: record 2: .* {kind}.*dtype=str"):
        read_frame(frame, name="mine")


def test_a_column_that_pandas_made_numbers_of_is_refused() -> None:
    frame = pd.DataFrame({"Username": [7, 8]})
    with pytest.raises(SourceError, match=r"record 1: .*int"):
        read_frame(frame, name="mine")


def test_whole_numbers_and_missing_values_of_other_columns_are_taken() -> None:
    frame = pd.DataFrame({"Username": ["abc1", "other2"], "Resource ID": [7, None]})
    assert list(read_frame(frame, name="mine").frame["resource_id"]) == ["7", ""]


def test_values_of_other_types_are_taken_as_they_are_written() -> None:
    frame = pd.DataFrame({"Username": ["abc1"], "Resource ID": [Decimal("7.10")]})
    assert list(read_frame(frame, name="mine").frame["resource_id"]) == ["7.10"]


@pytest.mark.parametrize(
    "seven", [7, 7.0, np.float32(7), np.int8(7), Decimal("7.00")], ids=repr
)
def test_a_whole_number_of_any_type_is_the_licence_of_api_users(seven: object) -> None:
    frame = pd.DataFrame({"Username": ["a1"], "License Type": [seven]}, dtype=object)

    table = read_frame(frame, name="frame")

    assert list(table.columns["license_type"]) == ["7"]
    assert list(table.kinds) == [1]


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (["Name"], "no username column (Name)"),
        (
            ["Username", "ID"] * 2,
            "2 username columns (Username, ID, Username, ID)",
        ),
    ],
)
def test_a_missing_or_doubled_username_column_is_refused(
    headers: list[str], said: str
) -> None:
    frame = pd.DataFrame([["abc1"] * len(headers)], columns=headers)
    with pytest.raises(SourceError) as caught:
        read_frame(frame, name="mine")

    assert str(caught.value) == (
        f"mine: has {said}. Name one header with column=..., and give no two columns "
        "the same."
    )


@pytest.mark.parametrize("half", [0xD800, 0xDFFF])
def test_half_a_character_is_refused_with_its_record(half: int) -> None:
    frame = pd.DataFrame({"Username": pd.Series(["abc1", chr(half)], dtype=object)})
    with pytest.raises(SourceError, match=r"^mine: record 2: .*incomplete character"):
        read_frame(frame, name="mine")


def test_a_missing_date_is_blank() -> None:
    dates = [pd.Timestamp(2026, 1, 2), pd.NaT]
    frame = pd.DataFrame({"Username": ["abc1", "other2"], "Email": dates})

    emails = read_frame(frame, name="mine").columns["email"]

    assert list(emails) == ["2026-01-02T00:00:00", ""]


def test_a_frame_without_rows_has_no_resources() -> None:
    table = read_frame(pd.DataFrame({"Username": []}, dtype=str), name="mine")
    assert table.encoding == "pandas frame"
    assert table.records == 0
    assert "no resources" in table.notices[0]


def test_the_examples_of_the_guide_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
    examples = re.findall(r"```python\n((?:from|import) .*?)```", guide, re.DOTALL)
    assert len(examples) == 2
    shutil.copy(SAMPLES / "sample-active.csv", tmp_path / "active.csv")
    monkeypatch.chdir(tmp_path)
    for example in examples:
        exec(compile(example, "docs/python.md", "exec"), {})  # noqa: S102
    printed = capsys.readouterr().out
    assert "USR003" in printed
    assert "from the PSA" in printed


@pytest.mark.parametrize("listed", [False, True], ids=["alone", "in a list"])
def test_a_frame_itself_is_refused_with_how_to_make_a_table(*, listed: bool) -> None:
    frame = pd.DataFrame({"Username": ["abc1"]})
    with pytest.raises(InputError, match=r"DataFrame .*read_frame"):
        audit([frame] if listed else frame)  # type: ignore[list-item,arg-type]


def test_a_table_and_its_audit_show_no_names() -> None:
    frame = pd.DataFrame({"Username": ["zoe7", "ZOE7"]})

    table = read_frame(frame, name="frame")

    assert "zoe7" not in (repr(table) + repr(audit(table))).casefold()
