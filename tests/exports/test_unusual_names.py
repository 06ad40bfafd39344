"""Names that are taken for ordinary at a glance are, however they are looked at."""

from itertools import product

import pytest

from apiuser.exports.changed_names import (
    is_changed,
    is_masked,
    is_partly_masked,
    is_wrapped,
    list_unusual,
)

pytestmark = pytest.mark.many

_PARTS = "ada jan 12 7 xxx Xx unknown NULL WAHR e + @ . - _ / : = # é"
PARTS = ("", " ", *_PARTS.split())


def test_no_ordinary_name_is_changed_wrapped_or_masked() -> None:
    for parts in product(PARTS, repeat=4):
        name = "".join(parts)
        if not list_unusual([name]):
            changed = is_changed(name) or is_wrapped(name)
            masked = is_masked(name) or is_partly_masked(name)
            assert (changed, masked) == (False, False), name


@pytest.mark.parametrize(
    "name", ["ada", "b.ada@example.com", "ADA_archer12", "12345", "a-b.c-d1@x"]
)
def test_nearly_all_names_are_ordinary(name: str) -> None:
    assert not list_unusual([name])
