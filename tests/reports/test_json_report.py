"""The JSON report is written line by line, and says what `as_json` holds."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from apiuser.auditing import audit, audit_tenants, find_tenants
from apiuser.reports import (
    as_json,
    render_json,
    render_tenants_json,
    tenants_as_json,
)
from apiuser.reports.json_report import write_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    ),
)


@given(value=VALUES, ascii_only=st.booleans())
def test_what_is_written_is_read_again(value: object, *, ascii_only: bool) -> None:
    text = "".join(write_json(value, ascii_only=ascii_only))

    assert json.loads(text) == value
    assert text.isascii() or not ascii_only


@given(values=st.lists(st.dictionaries(st.text(), st.text(), max_size=3)))
def test_a_list_of_rows_has_a_line_for_each(values: list[dict[str, str]]) -> None:
    text = "".join(write_json(value for value in values))

    lines = [line.strip().rstrip(",") for line in text.strip("[]\n").split("\n")]
    assert [json.loads(line) for line in lines if line] == values
    assert text.count("\n") == (len(values) + 2 if values else 1)


def test_a_report_is_written_as_it_is_given_to_programs(tmp_path: Path) -> None:
    export = tmp_path / "north" / "all.csv"
    export.parent.mkdir()
    export.write_text("Username,ID\nab1,1\nAB1,2\né1,3\nshort\n", encoding="utf-8")

    report = audit(export, proposed=["ab1"])
    audits = audit_tenants(find_tenants(tmp_path))

    assert json.loads("".join(render_json(report))) == as_json(report)
    assert json.loads("".join(render_tenants_json(audits))) == tenants_as_json(audits)
