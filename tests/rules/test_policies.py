"""Policies carry their numbers with sources; files are refused in plain words."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from apiuser import POLICIES, check_secret, generate_secret
from apiuser.errors import AccessError, PolicyError
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.secret_rules import LONGEST_SECRET
from apiuser.rules.character_sets import VISIBLE_ASCII
from apiuser.rules.constraints import AllowedOnly, Length
from apiuser.rules.policies import (
    DEFAULT_POLICY,
    limit_for_target,
    read_policy,
    tenant_policy,
)
from apiuser.rules.rule import Severity, Source
from tests.planted import SECRETS

TODAY = dt.date(2026, 11, 24)
WHOLE = """\
minimum_length = 14
strong_passwords = true
entered_on = 2026-11-24
"""


def test_the_default_policy_asks_for_twelve_characters() -> None:
    assert DEFAULT_POLICY is POLICIES["autotask-2025.6"]
    assert DEFAULT_POLICY.rule("SEC002").constraint == Length(minimum=12)
    assert DEFAULT_POLICY.rule("SEC007").severity is Severity.WARNING


def test_the_older_policy_asks_for_seven_and_insists_on_the_position() -> None:
    legacy = POLICIES["autotask-legacy"]

    assert legacy.rule("SEC002").constraint == Length(minimum=7)
    assert legacy.rule("SEC007").severity is Severity.ERROR
    assert len(legacy.rules) == len(DEFAULT_POLICY.rules)


def test_a_policy_knows_its_rules_by_code_and_by_subject() -> None:
    secret = DEFAULT_POLICY.rules_for(Subject.SECRET)

    assert [rule.code for rule in secret] == [c for c in RULES if c[:3] == "SEC"]
    with pytest.raises(KeyError, match="AUD001"):
        DEFAULT_POLICY.rule("AUD001")


def test_rules_about_tables_are_in_no_policy() -> None:
    for policy in POLICIES.values():
        assert policy.rules_for(Subject.TABLE) == ()


def test_a_tenants_policy_says_when_its_page_was_read() -> None:
    policy = tenant_policy(minimum_length=9, strong_passwords=True, entered_on=TODAY)

    rule = policy.rule("SEC002")
    assert rule.constraint == Length(minimum=9)
    assert [(s.title, s.kind, s.date) for s in rule.sources] == [
        ("tenant, entered on 2026-11-24", "tenant", "2026-11-24")
    ]
    assert policy.effective == "2026-11-24"
    assert policy.name == "tenant"
    assert policy.title == "The tenant's own, from its Site Setup page"


def test_a_tenants_policy_is_the_first_source_of_what_its_page_asks_for() -> None:
    policy = tenant_policy(minimum_length=9, strong_passwords=True, entered_on=TODAY)

    for code in ("SEC004", "SEC005", "SEC007"):
        own, *others = policy.rule(code).sources
        assert own == Source(
            title="tenant, entered on 2026-11-24",
            kind="tenant",
            certainty="high",
            date="2026-11-24",
        )
        assert tuple(others) == DEFAULT_POLICY.rule(code).sources


@pytest.mark.parametrize(("minimum", "most"), [(9, 25), (40, 40)])
def test_nobody_is_warned_about_a_length_that_the_tenant_asks_for(
    minimum: int, most: int
) -> None:
    policy = tenant_policy(
        minimum_length=minimum, strong_passwords=True, entered_on=TODAY
    )

    text = SECRETS[4] * 4
    assert check_secret(text[:most], policy=policy) == ()
    codes = [f.code for f in check_secret(text[: most + 1], policy=policy)]
    assert codes == ["SEC008"]


def test_a_limit_of_the_target_says_when_it_was_looked_up() -> None:
    policies = (
        limit_for_target(DEFAULT_POLICY, 20, entered_on=TODAY),
        tenant_policy(
            minimum_length=9, strong_passwords=True, entered_on=TODAY, target_limit=20
        ),
    )

    for policy in policies:
        assert policy.rule("SEC008").sources == (
            Source(
                title="target application, entered on 2026-11-24",
                kind="tenant",
                certainty="high",
                date="2026-11-24",
            ),
        )


def test_a_limit_looked_up_on_no_known_day_names_none() -> None:
    (source,) = limit_for_target(DEFAULT_POLICY, 20).rule("SEC008").sources

    assert source == Source(title="target application", kind="tenant", certainty="high")


def test_a_policy_without_a_least_length_takes_a_target_of_one_character() -> None:
    anything = replace(
        DEFAULT_POLICY.rule("SEC002"), constraint=AllowedOnly(characters=VISIBLE_ASCII)
    )
    policy = DEFAULT_POLICY.with_rules(anything)

    assert limit_for_target(policy, 1).secret_length == 1
    with pytest.raises(PolicyError, match="asks for at least 1"):
        limit_for_target(policy, 0)


def test_without_strong_passwords_the_mix_of_characters_is_not_checked() -> None:
    weak = tenant_policy(minimum_length=7, strong_passwords=False, entered_on=TODAY)

    assert check_secret("a" * 7, policy=weak) == ()
    assert [f.code for f in check_secret("a b", policy=weak)] == ["SEC002", "SEC006"]


@pytest.mark.parametrize("minimum", [1, 7, 26, LONGEST_SECRET])
@pytest.mark.parametrize("strong", [True, False])
def test_secrets_for_a_tenant_follow_its_policy(minimum: int, *, strong: bool) -> None:
    policy = tenant_policy(
        minimum_length=minimum, strong_passwords=strong, entered_on=TODAY
    )

    secret = generate_secret(policy=policy)

    assert len(secret) == max(25, minimum)
    assert check_secret(secret, policy=policy) == ()


@pytest.mark.parametrize("minimum", [-1, 0, 65])
def test_a_minimum_outside_the_field_is_refused(minimum: int) -> None:
    with pytest.raises(PolicyError, match=f"{minimum}; enter a number from 1 to 64"):
        tenant_policy(minimum_length=minimum, strong_passwords=True, entered_on=TODAY)


def test_a_target_that_states_its_limit_makes_longer_secrets_an_error() -> None:
    policy = limit_for_target(DEFAULT_POLICY, 16)

    assert policy.secret_length == 16
    assert policy.rule("SEC008").severity is Severity.ERROR
    assert policy.rule("SEC008").message == (
        "Use at most 16 characters: the target accepts no more."
    )
    assert len(generate_secret(policy=policy)) == 16


def test_a_target_that_takes_more_keeps_the_length_of_the_policy() -> None:
    assert limit_for_target(DEFAULT_POLICY, 40).secret_length == 25
    assert limit_for_target(DEFAULT_POLICY, None) is DEFAULT_POLICY


def test_a_target_that_takes_just_what_the_policy_asks_for_is_served() -> None:
    policy = limit_for_target(DEFAULT_POLICY, 12)

    secret = generate_secret(policy=policy)
    assert len(secret) == 12
    assert check_secret(secret, policy=policy) == ()


def test_a_target_that_takes_less_than_the_policy_asks_for_is_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        limit_for_target(DEFAULT_POLICY, 11)

    assert str(caught.value) == (
        "The target application accepts 11 characters, but SEC002 asks for at least "
        "12. Ask the vendor whether it can accept more."
    )


def test_a_policy_file_says_what_the_tenants_page_says(tmp_path: Path) -> None:
    file = tmp_path / "tenant.toml"
    file.write_text(f"{WHOLE}target_limit = 20\n", encoding="utf-8")

    policy = read_policy(file)

    assert policy.rule("SEC002").constraint == Length(minimum=14)
    assert policy.secret_length == 20


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("minimum_length = ", "is not TOML in UTF-8"),
        ("", "minimum_length is missing; write a whole number"),
        (WHOLE + "colour = 1\n", "colour is unknown"),
        (
            "colour = 1\nminimum_length = true\n" + WHOLE.split("\n", 1)[1],
            "colour is unknown; minimum_length must be a whole number.",
        ),
        (WHOLE.replace("14", '"14"'), "minimum_length must be a whole number"),
        (WHOLE.replace("14", "true"), "minimum_length must be a whole number"),
        (WHOLE.replace("true", "1"), "strong_passwords must be true or false"),
        (
            WHOLE.replace("24", "24T10:00:00"),
            "entered_on must be a date such as 2026-11-24",
        ),
        (WHOLE.replace("14", "99"), "The minimum length is 99"),
        (WHOLE + "target_limit = 5\n", "accepts 5 characters"),
        (WHOLE.replace("14", "14.0"), "minimum_length must be a whole number"),
        (WHOLE + "target_limit = []\n", "target_limit must be a whole number"),
        (WHOLE.replace("2026-11-24", '"2026-11-24"'), "entered_on must be a date"),
        (WHOLE.replace("11-24", "13-45"), "is not TOML in UTF-8"),
        (WHOLE + WHOLE, "is not TOML in UTF-8"),
        (WHOLE.replace("14", "9" * 5000), "has a number or a nesting far too long"),
        (f"minimum_length = {'[' * 5000}", "has a number or a nesting far too long"),
    ],
)
def test_a_policy_file_that_is_not_as_described_is_refused(
    tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "tenant.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(PolicyError) as caught:
        read_policy(file)

    assert str(caught.value).startswith(f"{file}: ")
    assert words in str(caught.value)


def test_all_problems_of_a_policy_file_are_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "tenant.toml"
    file.write_text("colour = 1\n", encoding="utf-8")

    with pytest.raises(PolicyError) as caught:
        read_policy(file)

    for key in ("colour", "minimum_length", "strong_passwords", "entered_on"):
        assert key in str(caught.value)
    assert "target_limit" not in str(caught.value)


def test_a_policy_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tenant.toml"
    file.write_bytes("# Größe\n".encode("utf-16"))

    with pytest.raises(PolicyError, match="is not TOML in UTF-8"):
        read_policy(file)


def test_a_policy_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(AccessError, match=r"cannot be read \(.+\)\. Check"):
            read_policy(path)
