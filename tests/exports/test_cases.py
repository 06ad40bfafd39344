"""Exports as people have them get the audit that is due, or a refusal that helps."""

import pytest

from tests.make_case_table import Case, ask, is_due, read_cases, render

CASES = read_cases()


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{'+'.join(c['files'])}: {c['shape']}" for c in CASES]
)
def test_each_export_is_audited_or_refused_as_the_table_says(case: Case) -> None:
    answer = ask(case)

    assert is_due(case, answer), answer


def test_the_table_shows_every_case() -> None:
    assert render().count("as due |") == len(CASES)
