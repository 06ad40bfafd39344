"""Facts over every rule: form, message, reason, sources, and an example each way."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

import apiuser
from apiuser import POLICIES, check_secret, check_username
from apiuser.auditing.judgement import judge_states, make_case
from apiuser.credentials.credential import Secret
from apiuser.credentials.validation import check_text
from apiuser.rules.case import Subject, UserState
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.policies import DEFAULT_POLICY, Policy, limit_for_target
from apiuser.rules.rule import Finding, Rule, Severity
from tests.planted import SECRETS

EVERY = [
    *((f"catalogue-{code}", rule) for code, rule in RULES.items()),
    *((f"{p.name}-{r.code}", r) for p in POLICIES.values() for r in p.rules),
    *((f"generation-{rule.code}", rule) for rule in GENERATION_RULES),
]
EACH_RULE = pytest.mark.parametrize(
    "rule", [rule for _, rule in EVERY], ids=[name for name, _ in EVERY]
)
CODE = re.compile(r"(USR|SEC|NAM|EML|VEN|TRK|AUD|HYG|GEN)\d{3}")
SUBJECTS = {
    "USR": {Subject.LOCAL_PART, Subject.FULL_USERNAME, Subject.SUFFIX},
    "SEC": {Subject.SECRET},
    "GEN": {Subject.SECRET},
    "NAM": {Subject.FIRST_NAME, Subject.LAST_NAME},
    "EML": {Subject.EMAIL},
    "VEN": {Subject.IDENTIFIER},
    "TRK": {Subject.TRACKING_IDENTIFIER},
    "AUD": {Subject.TABLE},
    "HYG": {Subject.STATE},
}


@EACH_RULE
def test_a_code_has_three_letters_for_the_field_and_three_digits(rule: Rule) -> None:
    assert CODE.fullmatch(rule.code)
    assert rule.subject in SUBJECTS[rule.code[:3]]


@EACH_RULE
def test_a_message_is_a_full_instruction_without_a_gap(rule: Rule) -> None:
    message = rule.message

    assert not re.search(r"[{}]", message)
    assert message[0].isupper()
    assert message.endswith(".") or re.search(r": (\S )+\S$", message)


@EACH_RULE
def test_a_rule_says_why_in_one_sentence_and_where_it_comes_from(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z].+[^.]\.", rule.reason)
    assert rule.sources
    for source in rule.sources:
        assert source.title
        assert source.kind in {"official", "vendor", "code", "inference", "ours"}
        assert source.certainty in {"high", "medium", "low"}
        assert bool(source.url) == bool(source.date)
        assert source.url.startswith("https://") or not source.url


# Errors are all but these.
WARNINGS = {
    "USR008",
    "USR009",
    "USR014",
    "USR010",
    "USR011",
    "SEC007",
    "SEC008",
    "SEC010",
    "SEC011",
    "EML004",
    "TRK001",
    "AUD001",
    "AUD002",
}
NOTICES = {
    "USR013",
    "AUD003",
    "AUD004",
    "AUD005",
    "HYG001",
    "HYG002",
    "HYG003",
    "HYG004",
}
OWN_ADVICE = {"USR005", "USR010", "USR011", "SEC009", "SEC010", "EML004"}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_weighs_what_is_known_about_it(rule: Rule) -> None:
    weights = dict.fromkeys(WARNINGS, Severity.WARNING)
    weights |= dict.fromkeys(NOTICES, Severity.NOTICE)

    assert rule.severity is weights.get(rule.code, Severity.ERROR)


def test_severities_are_ranked_and_all_but_notices_matter() -> None:
    assert [severity.rank for severity in Severity] == [0, 1, 2]
    assert [severity for severity in Severity if severity.matters] == [
        Severity.ERROR,
        Severity.WARNING,
    ]


def test_rules_that_are_our_own_advice_say_so() -> None:
    assert {code for code, rule in RULES.items() if rule.ours} == OWN_ADVICE
    assert all(rule.ours for rule in GENERATION_RULES)


def test_a_rule_with_one_source_of_others_is_not_ours() -> None:
    rule = RULES["SEC009"]
    backed = replace(rule, sources=(*rule.sources, *RULES["SEC006"].sources))

    assert rule.ours
    assert not backed.ours


@EACH_RULE
def test_a_rule_carries_a_constraint_or_a_judge_unless_it_is_about_a_table(
    rule: Rule,
) -> None:
    ways = (rule.constraint is not None) + (rule.judge is not None)

    assert ways == (rule.subject is not Subject.TABLE)


def test_no_file_outside_the_catalogue_names_a_code() -> None:
    package = Path(apiuser.__file__).parent
    catalogue = package / "rules" / "catalogue"
    files = [path for path in package.rglob("*.*") if catalogue not in path.parents]

    assert {".py", ".toml", ".js", ".html"} <= {path.suffix for path in files}
    named = {
        path.name: code.group()
        for path in files
        if path.suffix != ".pyc" and path.is_file()
        for code in CODE.finditer(path.read_text(encoding="utf-8"))
    }
    assert named == {}


def test_codes_are_unique_within_a_policy() -> None:
    for policy in POLICIES.values():
        codes = [rule.code for rule in policy.rules]

        assert len(codes) == len(set(codes))


def test_a_finding_shows_severity_place_message_and_code() -> None:
    finding = Finding(RULES["USR003"], "line 7")

    assert str(Finding(RULES["USR003"])) == (
        "Error: Use at least one digit in the username. (USR003)"
    )
    assert str(finding) == (
        "Error: line 7: Use at least one digit in the username. (USR003)"
    )
    assert (finding.code, finding.severity) == ("USR003", Severity.ERROR)


Judge = Callable[[str], tuple[Finding, ...]]


class Example(NamedTuple):
    """A text that keeps to a rule and one that does not."""

    judge: Judge
    good: str
    bad: str


def judge_username(text: str) -> tuple[Finding, ...]:
    return check_username(text, taken=["Taken1@example.com"], email="mail1@example.com")


def judge_secret(text: str) -> tuple[Finding, ...]:
    policy: Policy = limit_for_target(POLICIES["autotask-2025.6"], 30)
    return check_secret(
        text, policy=policy, username="sample1@example.com", email="mail1@example.com"
    )


def judge_state(text: str) -> tuple[Finding, ...]:
    states = frozenset(state for state in UserState if state.name == text)
    found = judge_states([make_case("a1", states=states)], DEFAULT_POLICY)
    return tuple(Finding(rule) for rule, _ in found)


def judge_text(subject: Subject) -> Callable[[str], tuple[Finding, ...]]:
    return partial(check_text, subject)


GOOD = "free7@example.com"
GOOD_SECRET = SECRETS[4]
FILLER = GOOD_SECRET * 4
NO_MARKS = str.maketrans("", "", ".-")
EXAMPLES = {
    "USR001": Example(judge_username, GOOD, "@example.com"),
    "USR002": Example(judge_username, GOOD, "123@example.com"),
    "USR003": Example(judge_username, GOOD, "abc@example.com"),
    "USR004": Example(judge_username, "a-7@example.com", "a;7@example.com"),
    "USR005": Example(judge_username, "a~7@example.com", "a 7@example.com"),
    "USR006": Example(
        judge_username, f"{'a' * 31}7@example.com", f"{'a' * 32}7@example.com"
    ),
    "USR007": Example(judge_username, GOOD, "tAKEN1 @EXAMPLE.com"),
    "USR008": Example(judge_username, GOOD, "taken1@example.org"),
    "USR009": Example(judge_username, GOOD, "Mail1@example.com"),
    "USR010": Example(judge_username, GOOD, "a$7@example.com"),
    "USR011": Example(judge_username, GOOD, "takenl@example.com"),
    "USR012": Example(judge_username, GOOD, "free7@example@com"),
    "USR013": Example(judge_username, GOOD, "free7"),
    "USR014": Example(judge_username, GOOD, "jane.doe@example.com"),
    "SEC001": Example(judge_secret, GOOD_SECRET, ""),
    "SEC002": Example(judge_secret, GOOD_SECRET[:12], GOOD_SECRET[:11]),
    "SEC003": Example(judge_secret, FILLER[:64], FILLER[:65]),
    "SEC004": Example(judge_secret, GOOD_SECRET, GOOD_SECRET.translate(NO_MARKS)),
    "SEC005": Example(judge_secret, GOOD_SECRET, GOOD_SECRET[:12].lower()),
    "SEC006": Example(judge_secret, GOOD_SECRET, f"{GOOD_SECRET} "),
    "SEC007": Example(judge_secret, GOOD_SECRET, SECRETS[0]),
    "SEC008": Example(judge_secret, FILLER[:30], FILLER[:31]),
    "SEC009": Example(judge_secret, GOOD_SECRET, f"{GOOD_SECRET}é"),
    "SEC010": Example(judge_secret, GOOD_SECRET, f"{GOOD_SECRET}SAMPLE1"),
    "SEC011": Example(judge_secret, f"{GOOD_SECRET}#", f"{GOOD_SECRET}$"),
    "NAM001": Example(judge_text(Subject.FIRST_NAME), "a" * 50, "a" * 51),
    "NAM002": Example(judge_text(Subject.LAST_NAME), "a", " "),
    "EML001": Example(judge_text(Subject.EMAIL), "a@example.com", " "),
    "EML002": Example(judge_text(Subject.EMAIL), "a@example.local", "a@example"),
    "EML003": Example(
        judge_text(Subject.EMAIL),
        f"a@{'.'.join(['b' * 60] * 4)}.example",
        f"a@{'.'.join(['b' * 60] * 4)}.example.com",
    ),
    "EML004": Example(
        judge_text(Subject.EMAIL), "reply@example.com", "No-Reply@example.com"
    ),
    "VEN001": Example(judge_text(Subject.IDENTIFIER), "Zapier", " "),
    "HYG001": Example(judge_state, "INACTIVE", "SYSTEM_LEVEL"),
    "HYG002": Example(judge_state, "LOCKED", "INACTIVE"),
    "HYG003": Example(judge_state, "SHARED", "LOCKED"),
    "HYG004": Example(judge_state, "SYSTEM_LEVEL", "SHARED"),
    "TRK001": Example(
        judge_text(Subject.TRACKING_IDENTIFIER), "A1" * 13, "A1" * 12 + "Z"
    ),
}


def test_a_rule_about_a_secret_holds_if_there_is_none() -> None:
    case = make_case("sample1")

    assert case.text(Subject.SECRET) == ""
    assert RULES["SEC010"].holds(case)


def test_a_case_shows_no_secret() -> None:
    case = make_case("sample1@x.example.com")._replace(secret=Secret(SECRETS[0]))

    assert repr(case) == "Case(sample1@x.example.com)"


def test_every_rule_about_one_user_has_an_example() -> None:
    judged = {code for code, rule in RULES.items() if rule.subject != Subject.TABLE}

    assert judged == set(EXAMPLES)


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_rule_is_silent_on_its_good_example_and_finds_its_bad_one(code: str) -> None:
    example = EXAMPLES[code]

    kept = [finding.code for finding in example.judge(example.good)]
    broken = [finding.code for finding in example.judge(example.bad)]

    assert code not in kept
    assert code in broken


@pytest.mark.parametrize(
    "rule",
    [r for r in RULES.values() if r.code[:3] in {"USR", "AUD", "HYG"} and r.in_audits],
    ids=lambda rule: rule.code,
)
def test_each_problem_that_audits_find_has_a_name(rule: Rule) -> None:
    assert 0 < len(rule.problem) <= 30
    assert not rule.problem.endswith(".")


def test_no_message_guesses_at_what_an_export_may_show() -> None:
    guessed = [code for code, rule in RULES.items() if "perhaps" in rule.message]

    assert guessed == []
