"""JSON of any shape: what is read and what is listed is all there is."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.errors import SourceError
from apiuser.exports import read_resources
from tests.exports.counting import count_elements

NAMES = st.sampled_from(["userName", "id", "email", "items", "value", "x", "é"])
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner),
    max_leaves=8,
)
USER = {"userName": "a1"}
TEXTS = st.one_of(
    st.builds(lambda some: json.dumps([USER, *some]), st.lists(VALUES)),
    st.builds(lambda some: json.dumps({"items": [USER, *some]}), st.lists(VALUES)),
    st.builds(
        lambda some: "\n".join(json.dumps(one, indent=1) for one in [USER, *some]),
        st.lists(st.dictionaries(NAMES, VALUES)),
    ),
    st.builds(lambda some: "\n".join(map(json.dumps, [USER, *some])), st.lists(VALUES)),
    st.builds(
        lambda some: "\n".join([json.dumps(USER), *some]),
        st.lists(st.text(st.sampled_from('{}[]":,ab1 \r\n\\eu'))),
    ),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("json") / "export.json"


@given(text=TEXTS)
@pytest.mark.many
def test_nothing_of_json_is_lost(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")

    try:
        table = read_resources(path)
    except SourceError as error:
        assert "usernames" in str(error) or "username columns" in str(error)  # noqa: PT017
        return

    assert table.records + len(table.unreadable) == count_elements(text)
    assert len(table.usernames) == table.records


@given(text=TEXTS, at=st.integers(min_value=0), sign=st.sampled_from(' x"]},'))
def test_json_that_is_cut_or_changed_is_refused_or_wholly_read(
    path: Path, text: str, at: int, sign: str
) -> None:
    at %= len(text)
    for broken in (text[: at + 1], text[:at] + sign + text[at:]):
        path.write_text(broken, encoding="utf-8", newline="")
        try:
            table = read_resources(path)
        except SourceError as error:
            assert error.reason  # noqa: PT017
            continue

        assert table.records + len(table.unreadable) == count_elements(broken)
