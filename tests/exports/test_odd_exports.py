"""Whatever way an export hides a second resource of a name, nothing is proved."""

from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.errors import ApiuserError
from tests.exports.odd_exports import JSONS, LATER, NAME, SHEETS, TABLES, make_export

pytestmark = pytest.mark.many

NUMBERS = range(400)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_name_that_is_hidden_is_found_or_leaves_nothing_proved(
    tmp_path: Path, number: int
) -> None:
    _, ending, content = make_export(number)
    path = tmp_path / f"export{ending}"
    path.write_bytes(content)

    try:
        report = audit(path, co_managed=False)
    except ApiuserError as error:
        assert error.reason.endswith((".", "=", ";"))  # noqa: PT017  # both are right
        return

    assert report.conflicts or not report.proved
    assert report.conflicts or report.missing
    assert all(one.name == NAME for one in report.conflicts)


def test_the_numbers_stand_for_every_place() -> None:
    places = {make_export(number)[0] for number in NUMBERS}

    assert len(places) == len(TABLES) + len(JSONS) + len(LATER) + len(SHEETS)
