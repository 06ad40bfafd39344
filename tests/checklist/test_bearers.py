"""Exports say who has a name, and where it is listed."""

from pathlib import Path

from apiuser.checklist.names_file import read_names_file
from apiuser.rules.case import Relation
from tests.checklist.sheet_driver import enter, open_session

ROWS = """\
Username,License Type,Status
bbirch@x.example,Professional,Active
,,Active
presh1@x.example,API User,Inactive
"""


def test_who_has_a_name_is_known_with_the_place(tmp_path: Path) -> None:
    session = open_session()
    path = tmp_path / "inactive.csv"
    path.write_text(ROWS, encoding="utf-8")
    session.names.add(read_names_file(path, {}))

    enter(session, username="presh1")
    same = session.names.find_bearer(Relation.TAKEN)
    enter(session, username="bblrch")
    alike = session.names.find_bearer(Relation.LOOKALIKE)
    enter(session, taken_names="typed1", username="typed1")
    typed = session.names.find_bearer(Relation.TAKEN)

    assert same == "inactive API user, inactive.csv, line 4"
    assert alike == "active person, inactive.csv, line 2"
    assert typed == ""
