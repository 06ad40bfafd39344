"""A new username is free among the names read only, which may not be all."""

from pathlib import Path

import pytest

from apiuser.checklist import describe, write_text
from apiuser.checklist.names_file import read_names_file
from tests.checklist.sheet_driver import enter, open_session, reach, rows

HEADER = "Resource ID,Username,License Type,Status\n"
BOTH = (
    "1,x1@sample.example.com,API User,Active\n2,y2@sample.example.com,Team,Inactive\n"
)
ODD = "1 username that may be written differently in Autotask"


def describe_free(path: Path) -> tuple[str, str, str]:
    """Return how the form, its first stage and the record speak of a new name."""
    session = open_session()
    session.names.add(read_names_file(path, {}))
    box = rows(describe(session))["names"]["states"]
    reach(session, "fill")
    states = rows(enter(session, username="sample4key"))["username"]["states"]
    (free,) = [one for one in states if one["text"].startswith("Free among")]
    text = free["text"].partition(" Full username")[0]
    return (
        free["level"],
        text,
        " ".join([*(one["text"] for one in box), write_text(session)]),
    )


@pytest.mark.parametrize(
    ("rows_more", "doubt"),
    [
        ("3,sample4key,Active\n", "1 record could not be read"),
        ("3,sample4key; other,API User,Active\n", ODD),
        ("3,<sample4key>,API User,Active\n", ODD),
        ("3,sample4\u200bkey7,API User,Active\n", ODD),
        ("3,1.23E+10,API User,Active\n", ODD),
        ("3,,API User,Active\n", "1 record without a username"),
        (
            "3,sample4key\uff20x.com,API User,Active\n",
            "1 sign in usernames that may stand",
        ),
    ],
)
def test_what_an_export_may_hide_is_said_beside_the_name_and_in_the_record(
    tmp_path: Path, rows_more: str, doubt: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + BOTH + rows_more, encoding="utf-8")

    level, free, elsewhere = describe_free(path)

    assert level == "notice"
    assert f"incomplete: {doubt}" in free
    assert elsewhere.count(doubt) == 2


def test_an_export_that_was_cut_is_no_proof_that_a_name_is_free(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    more = "".join(
        f"{at},u{at}x@sample.example.com,Team,Active\n" for at in range(3, 5001)
    )
    path.write_text(HEADER + BOTH + more, encoding="utf-8")

    level, free, _ = describe_free(path)

    assert level == "notice"
    assert "cut.csv holds exactly 5000 rows" in free


def test_a_page_that_is_not_the_last_is_no_proof_that_a_name_is_free(
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.json"
    path.write_text(
        '{"items": [{"id": 1, "userName": "x1@sample.example.com", "isActive": true,'
        ' "licenseType": 7}, {"id": 2, "userName": "y2@sample.example.com",'
        ' "isActive": false, "licenseType": 1}],'
        ' "pageDetails": {"count": 2, "nextPageUrl": "https://example.com/?paging=2"}}',
        encoding="utf-8",
    )

    level, free, _ = describe_free(path)

    assert level == "notice"
    assert "names a page that is not in it" in free


def test_names_of_both_halves_that_hide_nothing_are_called_free(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + BOTH, encoding="utf-8")

    level, free, _ = describe_free(path)

    assert (level, free) == ("ok", "Free among 2 names.")
