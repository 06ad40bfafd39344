"""Texts are judged by all rules at once, and findings say where without a secret."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser import POLICIES, Finding, Secret, Username, check_secret, check_username
from apiuser.credentials.matching import TakenNames
from apiuser.credentials.validation import (
    check_text,
    find_worst,
    locate_characters,
)
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.constraints import ConsistsOf, Length
from apiuser.rules.policies import DEFAULT_POLICY, Policy
from apiuser.rules.rule import Rule, Severity
from tests.planted import SECRETS

LENGTHS = [
    pytest.param(policy, rule, id=f"{name}-{rule.code}")
    for name, policy in POLICIES.items()
    for rule in policy.rules
    if isinstance(rule.constraint, Length)
    and rule.subject in {Subject.LOCAL_PART, Subject.SECRET}
]


LONGEST_DOMAIN = f"{'.'.join(['a' * 60] * 4)}.example.c"  # 253 characters


def list_codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_all_findings_are_returned_in_the_order_of_the_policy() -> None:
    findings = check_username("é; $@a@b", taken=["é; $@a@b"], email="é; $@a@b")

    order = [rule.code for rule in DEFAULT_POLICY.rules]
    codes = list_codes(findings)
    assert codes == sorted(codes, key=order.index)
    assert {
        *("USR002", "USR003", "USR004", "USR005"),
        *("USR007", "USR009", "USR010", "USR012"),
    } <= set(codes)
    assert not {"USR001", "USR006", "USR008", "USR011", "USR013"} & set(codes)


def test_a_username_may_be_given_as_text_or_in_parts() -> None:
    assert check_username("abc@example.com") == check_username(
        Username("abc", "example.com")
    )


def test_an_empty_username_is_one_finding() -> None:
    assert list_codes(check_username("")) == ["USR001"]
    assert list_codes(check_username("@")) == ["USR001"]


def test_an_empty_secret_is_one_finding() -> None:
    assert list_codes(check_secret("")) == ["SEC001"]


@pytest.mark.parametrize(("policy", "rule"), LENGTHS)
def test_lengths_are_checked_at_their_very_limits(policy: Policy, rule: Rule) -> None:
    assert isinstance(rule.constraint, Length)
    least, most = rule.constraint.minimum, rule.constraint.maximum
    edges = {least: True, max(least - 1, 1): least <= 1}
    if most is not None:
        edges |= {most: True, most + 1: False}

    for size, good in edges.items():
        if not size:
            continue
        text = (SECRETS[4] * 8)[:size]
        found = list_codes(
            check_secret(text, policy=policy)
            if rule.subject is Subject.SECRET
            else check_username(text, policy=policy)
        )

        assert (rule.code in found) != good


def test_odd_characters_of_a_username_are_named_with_their_places() -> None:
    findings = check_username("é\tb:7")
    where = {finding.code: finding.where for finding in findings}

    assert where["USR005"] == (
        "position 1: U+00E9 latin small letter e with acute, "
        "position 2: U+0009 character without a name"
    )
    assert where["USR004"] == "position 4: U+003A colon"


def test_many_odd_characters_are_counted_after_the_third() -> None:
    (finding,) = (f for f in check_username("a7;;;;;") if f.code == "USR004")

    assert finding.where.startswith("position 3: U+003B semicolon, ")
    assert finding.where.endswith(", and 2 more")
    (three,) = (f for f in check_username("a7;;;") if f.code == "USR004")
    assert three.where.endswith("position 5: U+003B semicolon")


@pytest.mark.parametrize(
    ("blanks", "where"), [(" ", "1 character"), (" '", "2 characters")]
)
def test_only_the_number_of_odd_characters_in_a_secret_is_reported(
    blanks: str, where: str
) -> None:
    findings = check_secret(SECRETS[4] + blanks)

    assert [f.where for f in findings if f.code == "SEC006"] == [where]


@given(text=st.text(min_size=1, max_size=30), username=st.none() | st.text(min_size=4))
@pytest.mark.many
def test_findings_on_a_secret_hold_no_part_of_it(
    text: str, username: str | None
) -> None:
    for finding in check_secret(text, username=username):
        assert finding.message == DEFAULT_POLICY.rule(finding.code).message
        assert finding.where in {"", *(_counted(n) for n in range(1, 31))}


@given(text=st.text(min_size=1, max_size=40), email=st.text(max_size=10))
def test_findings_on_a_username_name_characters_by_code_point_only(
    text: str, email: str
) -> None:
    place = re.compile(r"position \d+: U\+[0-9A-F]{4,6} [a-z0-9 -]+")
    for finding in check_username(text, taken=[text, "other1"], email=email):
        assert finding.message == DEFAULT_POLICY.rule(finding.code).message
        if finding.rule.relation:
            assert finding.where in {f"{text} is in use", "other1 is in use"}
            continue
        for part in finding.where.split(", ") if finding.where else ():
            assert place.fullmatch(part) or re.fullmatch(r"and \d+ more", part)


def _counted(number: int) -> str:
    return f"{number} character{'s' if number > 1 else ''}"


def test_a_rule_that_misses_characters_has_no_place_to_name() -> None:
    assert locate_characters(RULES["USR003"], "abc") == ""
    assert locate_characters(RULES["USR012"], "abc") == ""


@pytest.mark.parametrize(
    "suffix",
    [
        "example.com",
        "xn--bcher-kva.example",
        "a-b.example",
        "a.example",
        f"{'a' * 63}.example",
        LONGEST_DOMAIN,
    ],
)
def test_domains_are_good_suffixes(suffix: str) -> None:
    assert check_username(f"free7@{suffix}") == ()


@pytest.mark.parametrize(
    "suffix",
    [
        "",
        ".",
        "example..com",
        "-a.example",
        "a-.example",
        "a_b.example",
        "exämple.com",
        "a b.example",
        f"{'a' * 64}.example",
        f"a{LONGEST_DOMAIN}",
        "example.com@example.com",
    ],
)
def test_what_is_not_a_domain_is_not_a_suffix(suffix: str) -> None:
    assert list_codes(check_username(f"free7@{suffix}")) == ["USR012"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Taken1@example.com", ["USR007"]),
        ("taken1@example.com ", ["USR007", "USR012"]),
        ("ｔａｋｅｎ1@example.com", ["USR002", "USR005", "USR007"]),  # noqa: RUF001
        ("taken1", ["USR007", "USR013"]),
        ("taken1@example.org", ["USR008"]),
        ("bare1@example.org", ["USR007"]),
        ("takenl@example.com", ["USR014", "USR003", "USR011"]),
        ("free7@example.com", []),
    ],
)
def test_a_name_is_taken_as_autotask_may_compare_it(
    name: str, codes: list[str]
) -> None:
    taken = TakenNames(["taken1@example.com", "bare1"])

    assert list_codes(check_username(name, taken=taken)) == codes


@pytest.mark.parametrize(
    ("local", "found"),
    [("jane", True), ("jane.doe", True), ("jane-doe", True), ("jane_doe", False)],
)
def test_a_full_name_of_letters_may_be_a_mailbox(local: str, *, found: bool) -> None:
    codes = list_codes(check_username(f"{local}@sample.example.com"))

    assert ("USR014" in codes) == found


def test_a_secret_object_is_checked_like_its_text() -> None:
    for text in (*SECRETS, "short"):
        assert check_secret(Secret(text)) == check_secret(text)


@pytest.mark.parametrize(
    ("username", "found"),
    [
        ("samp", True),
        ("SAMP@example.com", True),
        (Username("samp"), True),
        ("sam", False),
        ("other", False),
        (None, False),
    ],
)
def test_a_secret_must_not_contain_a_username_of_four_or_more(
    username: str | Username | None, *, found: bool
) -> None:
    findings = check_secret(SECRETS[0], username=username)

    assert ("SEC010" in list_codes(findings)) == found


@pytest.mark.parametrize(
    "address",
    [
        "someone@example.com",
        "some.one+tag@mail.example.com",
        "some.one@tenant.local",
        f"someone@{'.'.join(['a' * 59] * 4)}.local",  # as long as an address may be
        "someone@mail.test",
        "jürgen@exämple.com",
        " someone@example.com ",
    ],
)
def test_well_formed_addresses_pass(address: str) -> None:
    assert check_text(Subject.EMAIL, address) == ()


@pytest.mark.parametrize(
    "address",
    [
        "someone",
        "someone@",
        "@example.com",
        "some one@example.com",
        "someone@example",
        "someone@local",
        "someone@example..com",
        "a@b@example.com",
        "someone@192.0.2.1",
        "Some One <someone@example.com>",
    ],
)
def test_malformed_addresses_are_found(address: str) -> None:
    assert list_codes(check_text(Subject.EMAIL, address)) == ["EML002"]


def test_an_address_that_is_too_long_says_so() -> None:
    address = f"someone@{'.'.join(['a' * 60] * 4)}.example"

    assert list_codes(check_text(Subject.EMAIL, address[:254])) == []
    assert "EML003" in list_codes(check_text(Subject.EMAIL, address + "s"))


@pytest.mark.parametrize(
    "local",
    ["noreply", "No-Reply", "no_reply7", "donotreply", "do-not-reply", "noreply+a"],
)
def test_addresses_that_nobody_reads_get_a_warning(local: str) -> None:
    (finding,) = check_text(Subject.EMAIL, f"{local}@example.com")

    assert (finding.code, finding.severity) == ("EML004", Severity.WARNING)


def test_names_are_checked_without_surrounding_blanks() -> None:
    assert check_text(Subject.FIRST_NAME, "  " + "a" * 50 + "  ") == ()
    assert list_codes(check_text(Subject.FIRST_NAME, "   ")) == ["NAM001"]


@pytest.mark.parametrize("size", [26, 27])
def test_a_tracking_identifier_is_custom_or_published_by_a_vendor(size: int) -> None:
    assert check_text(Subject.TRACKING_IDENTIFIER, "A" * size) == ()


@pytest.mark.parametrize("size", [25, 28])
def test_a_tracking_identifier_has_one_of_two_lengths(size: int) -> None:
    (finding,) = check_text(Subject.TRACKING_IDENTIFIER, "A" * size)

    assert finding.message == (
        "Check the tracking identifier: 26 or 27 capitals and digits are expected."
    )


def test_odd_characters_of_a_tracking_identifier_are_named() -> None:
    (finding,) = check_text(Subject.TRACKING_IDENTIFIER, "A" * 26 + "b")

    assert finding.where == "position 27: U+0062 latin small letter b"


def test_a_constraint_on_one_set_and_length_saturates_above_its_length() -> None:
    constraint = RULES["TRK001"].constraint

    assert isinstance(constraint, ConsistsOf)
    assert constraint.cap == 28


def test_the_worst_finding_has_the_highest_severity() -> None:
    error, warning, notice = (
        Finding(RULES[code]) for code in ("USR001", "USR008", "USR013")
    )

    assert find_worst(()) is None
    assert find_worst([notice, warning]) is Severity.WARNING
    assert find_worst([notice, error, warning]) is Severity.ERROR
