"""The low parts of the forms, without a browser."""

import subprocess
import sys
from pathlib import Path

import pytest

from apiuser import forms
from apiuser.errors import AccessError, ApiuserError, InputError
from apiuser.forms.widgets.arrivals import Arrivals, take_name
from apiuser.forms.widgets.scripts import WIDGETS


def send(arrivals: Arrivals, name: str, data: bytes, step: int) -> Path | None:
    arrived = None
    for at in range(0, max(len(data), 1), step):
        event = {"name": name, "size": len(data), "at": at}
        arrived = arrivals.take(event, data[at : at + step])
    return arrived


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    return Arrivals(tmp_path.joinpath, most_bytes=2_000)


@pytest.mark.parametrize("data", [bytes(range(256)) * 5, b""], ids=["some", "none"])
def test_a_file_arrives_whole_under_its_own_name(
    arrivals: Arrivals, data: bytes
) -> None:
    path = send(arrivals, "active users.csv", data, 500)

    assert path is not None
    assert path.name == "active users.csv"
    assert path.read_bytes() == data


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_is_for_its_owner_only(arrivals: Arrivals) -> None:
    path = send(arrivals, "a.csv", b"x", 1)

    assert path is not None
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../outside.csv", "outside.csv"),
        ("C:\\exports\\a.csv", "a.csv"),
        ("..", "export.csv"),
        ("", "export.csv"),
        ("a\n<b>.csv", "a__b_.csv"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_cannot_lead_out_of_the_folder(given: str, kept: str) -> None:
    assert take_name(given) == kept


def refuse(arrivals: Arrivals, part: bytes, **event: object) -> ApiuserError:
    with pytest.raises(ApiuserError) as refusal:
        arrivals.take({"name": "a.csv"} | event, part)
    return refusal.value


def test_a_part_out_of_order_is_refused_in_a_sentence(arrivals: Arrivals) -> None:
    arrivals.take({"name": "a.csv", "size": 9, "at": 0}, b"xx")

    error = refuse(arrivals, b"xxxx", size=9, at=4)

    assert isinstance(error, AccessError)
    assert str(error) == "a.csv: the upload was interrupted. Choose the file again."


@pytest.mark.parametrize("size", [2_001, -1, "9", None])
def test_a_file_of_no_likely_size_is_refused(arrivals: Arrivals, size: object) -> None:
    error = refuse(arrivals, b"", size=size, at=0)

    assert isinstance(error, InputError)
    assert str(error).startswith("The file is too large")


def test_a_folder_that_vanished_midway_is_said_in_a_sentence(tmp_path: Path) -> None:
    arrivals = Arrivals((tmp_path / "gone").joinpath, most_bytes=9)

    error = refuse(arrivals, b"x", size=1, at=0)

    assert str(error) == (
        "a.csv: cannot be kept here (No such file or directory). Make room."
    )


def test_the_forms_offer_two_functions_and_nothing_else() -> None:
    with pytest.raises(AttributeError, match="show_something"):
        forms.show_something  # noqa: B018  # the access is the test


@pytest.mark.parametrize(
    "path",
    sorted([*WIDGETS.glob("*.js"), *WIDGETS.glob("*.css")]),
    ids=lambda path: Path(path).name,
)
def test_no_static_file_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "://" not in text
    assert "@import" not in text


def test_the_forms_load_no_table_library() -> None:
    code = (
        "import sys; from apiuser.forms import show_audit, show_checklist; show_audit();"
        "print({'pandas', 'pyarrow', 'numpy', 'duckdb'} & set(sys.modules))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "set()"
