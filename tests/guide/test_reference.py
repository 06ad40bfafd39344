"""The pages written from the code are current, and every rule has its anchor."""

import re
from dataclasses import replace

import pytest

from apiuser.guide import render_rules
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.policies import DEFAULT_POLICY
from apiuser.rules.rule import Rule
from tests.make_pages import DOCS, render_pages

pytestmark = pytest.mark.many

EVERY_RULE = (*RULES.values(), *GENERATION_RULES)


@pytest.mark.parametrize("name", render_pages())
def test_a_page_written_from_the_code_is_current(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")

    # Releases of Python break the lines of a help text differently.
    assert committed.split() == render_pages()[name].split()


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.code)
def test_every_rule_has_its_anchor_name_reason_and_source(rule: Rule) -> None:
    before, section = render_rules().split(f" {{ #{rule.code.lower()} }}\n")
    section = section.split("### ")[0]

    assert before.rpartition("### ")[2] == f"{rule.code}: {rule.problem}"
    assert "Why: " in section
    assert "Source: " in section


def test_the_errors_of_secrets_are_listed_first() -> None:
    listed = render_rules().split("{ #secret-rules }")[1].split("### ")[0]

    assert "- Use at least 12 characters in the secret.\n" in listed
    assert RULES["SEC008"].message not in listed


def test_a_policy_that_differs_says_so_at_the_rule() -> None:
    section = render_rules().split("### SEC002")[1].split("### ")[0]

    assert "Policy autotask-legacy" in section
    assert "at least 7 characters" in section


def test_a_rule_of_a_family_that_nobody_named_is_shown() -> None:
    new = replace(DEFAULT_POLICY.rule("USR001"), code="NEW001")

    page = render_rules([DEFAULT_POLICY, DEFAULT_POLICY.with_rules(new)])

    assert "## NEW\n\n### NEW001" in page


def test_no_anchor_is_used_twice() -> None:
    anchors = re.findall(r"\{ #(\w+) \}", render_rules())

    assert sorted(anchors) == sorted(set(anchors))
    assert len(anchors) == len(EVERY_RULE)
