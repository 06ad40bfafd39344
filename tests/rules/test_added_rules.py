"""A rule added to a policy shows up everywhere, with no other edit."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from apiuser import check_secret, check_username, generate_secret, generate_username
from apiuser.auditing import audit
from apiuser.checklist import Checklist
from apiuser.checklist.progress import check_field
from apiuser.credentials.credential import Secret
from apiuser.credentials.matching import fold_compatibility
from apiuser.credentials.validation import (
    check_suffix,
    check_text,
)
from apiuser.errors import PolicyError
from apiuser.guide import render_rules
from apiuser.rules.case import Case, Relation, Subject, UserState
from apiuser.rules.citations import OURS
from apiuser.rules.policies import DEFAULT_POLICY
from apiuser.rules.rule import Rule, Severity
from tests.planted import SECRETS


@dataclass(frozen=True, slots=True, kw_only=True)
class AvoidsMailbox:
    """The username does not hold the first `least` characters of the mailbox."""

    least: int

    def __call__(self, case: Case) -> bool:
        box = case.fold(case.email.partition("@")[0])[: self.least]
        return len(box) < self.least or box not in case.fold(case.local)


def count_digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


PAIR = Rule(
    code="USR901",
    subject=Subject.FULL_USERNAME,
    severity=Severity.WARNING,
    template="Leave the first {least} characters of the mailbox out of the username.",
    reason="It is a rule of this test.",
    problem="Added by a test",
    sources=(OURS,),
    judge=AvoidsMailbox(least=4),
)
SECRET = Rule(
    code="SEC901",
    subject=Subject.SECRET,
    severity=Severity.ERROR,
    template="Use a secret with a number of digits that three divides.",
    reason="It is a rule of this test.",
    problem="Added by a test",
    sources=(OURS,),
    judge=lambda case: count_digits(case.text(Subject.SECRET)) % 3 == 0,
)
POLICY = replace(DEFAULT_POLICY.with_rules(PAIR, SECRET), name="added")
FOUR_DIGITS = SECRETS[0]


def test_the_check_of_a_name_and_of_a_secret_shows_it() -> None:
    names = check_username("mailing1@example.com", policy=POLICY, email="mail@x.com")
    secrets = check_secret(FOUR_DIGITS, policy=POLICY)

    assert [f.code for f in names] == ["USR901"]
    assert "SEC901" in [f.code for f in secrets]
    assert "first 4 characters" in names[0].message


def test_the_audit_of_an_export_shows_it(tmp_path: Path) -> None:
    export = tmp_path / "resources.csv"
    export.write_text(
        "Username,Email Address,License Type\n"
        "mailing1@example.com,mailbox@example.com,API User\n"
        "backup22@example.com,mailbox@example.com,API User\n"
    )

    report = audit(export, policy=POLICY)

    found = [(row.line, row.code) for row in report.rows() if row.code == "USR901"]
    assert found == [(2, "USR901")]


def test_the_audit_shows_a_rule_about_the_state_of_an_api_user(tmp_path: Path) -> None:
    state = replace(
        PAIR,
        code="HYG901",
        subject=Subject.STATE,
        template="Unlock this API user, and write to its mailbox.",
        judge=lambda case: UserState.LOCKED not in case.states or not case.email,
    )
    export = tmp_path / "resources.csv"
    export.write_text(
        "Username,Email Address,License Type,Locked\n"
        "abcd1@example.com,mailbox@example.com,API User,Yes\n"
        "efgh2@example.com,,API User,Yes\n"
        "ijkl3@example.com,mailbox@example.com,Contractor,Yes\n"
    )

    report = audit(export, policy=DEFAULT_POLICY.with_rules(state))

    found = [(row.line, row.code) for row in report.rows() if row.code == "HYG901"]
    assert found == [(2, "HYG901")]


def test_the_checklist_shows_it_at_its_field() -> None:
    checklist = Checklist(policies={DEFAULT_POLICY.name: POLICY})
    checklist.set("existing_username", "first1@example.com")
    checklist.set("email", "mail@example.com")
    checklist.set("username", "mailing1")
    checklist.take_secret(FOUR_DIGITS)

    assert [f.code for f in check_field(checklist, "username")] == ["USR901"]
    assert "SEC901" in [f.code for f in check_field(checklist, "secret")]


def test_a_judge_gets_all_that_is_known() -> None:
    told: list[Case] = []

    def note(case: Case) -> bool:
        told.append(case)
        return True

    rules = (
        replace(PAIR, code=f"USR90{at}", subject=subject, judge=note)
        for at, subject in enumerate(
            (
                *(Subject.FULL_USERNAME, Subject.SUFFIX, Subject.SECRET),
                *(Subject.LOCAL_PART, Subject.EMAIL),
            )
        )
    )
    policy = DEFAULT_POLICY.with_rules(*rules)

    check_username("a1@x.example", policy=policy, email="m@x.example", taken=["A1"])
    check_suffix("x.example", policy=policy)
    check_text(Subject.EMAIL, " m@y.example", policy=policy)
    check_secret(
        FOUR_DIGITS, policy=policy, username="a1@x.example", email="m@x.example"
    )
    check_secret(Secret(FOUR_DIGITS), policy=policy)
    check_username("a1", policy=policy)
    generate_secret(policy=policy)
    generate_secret(policy=policy, username="a1@x.example", email="m@x.example")
    key = generate_username(policy=policy, suffix="x.example")

    known = {(c.local, c.suffix, c.email, bool(c.relations)) for c in told}
    assert known == {
        ("a1", "x.example", "m@x.example", True),  # the check of a full username
        ("", "x.example", "", False),  # of a suffix
        ("", None, "m@y.example", False),  # of an address
        ("a1", "x.example", "m@x.example", False),  # of a secret, and its generation
        ("", None, "", False),  # where nothing is known
        ("a1", None, "", False),
        (key.local, "x.example", "", False),
    }
    assert set(told[0].relations) == {Relation.TAKEN}
    assert {case.fold for case in told} == {fold_compatibility}
    assert [case.secret for case in told].count(Secret(FOUR_DIGITS)) == 2


def test_a_suffix_alone_is_checked_by_its_rules() -> None:
    assert check_suffix("x.example") == ()
    assert [f.code for f in check_suffix("no domain")] == ["USR012"]
    assert [f.code for f in check_suffix(None)] == ["USR013"]


def test_generated_secrets_follow_it() -> None:
    for _ in range(50):
        text = generate_secret(policy=POLICY).reveal()

        assert count_digits(text) % 3 == 0


def test_a_rule_that_no_text_can_follow_is_refused_by_its_code() -> None:
    never = replace(SECRET, code="SEC902", judge=lambda _: False)
    never_key = replace(
        PAIR, code="USR902", subject=Subject.LOCAL_PART, judge=lambda _: False
    )

    judged = [
        rule.code for rule in DEFAULT_POLICY.rules_for(Subject.SECRET) if rule.judge
    ]

    with pytest.raises(PolicyError) as caught:
        generate_secret(policy=DEFAULT_POLICY.with_rules(never))
    assert re.fullmatch(
        rf"None of \d+ texts drawn meets {', '.join([*judged, 'SEC902'])}\. Change the "
        r"policy, or give another username\.",
        str(caught.value),
    )
    with pytest.raises(PolicyError, match="USR902"):
        generate_username(policy=DEFAULT_POLICY.with_rules(never_key))


def test_the_page_of_rules_shows_it() -> None:
    page = render_rules([DEFAULT_POLICY, POLICY])

    assert "### USR901" in page
    assert "### SEC901" in page
    assert "first 4 characters" in page


def test_a_rule_about_secret_and_email_is_asked_wherever_both_are_known() -> None:
    pair = replace(
        SECRET,
        code="SEC903",
        judge=lambda case: (
            not case.email or case.email[:1] not in case.text(SECRET.subject)
        ),
    )
    policy = DEFAULT_POLICY.with_rules(pair)
    letter = FOUR_DIGITS[0]

    found = check_secret(FOUR_DIGITS, policy=policy, email=f"{letter}@example.com")
    made = [
        generate_secret(policy=policy, email=f"{letter}@example.com").reveal()
        for _ in range(20)
    ]

    assert "SEC903" in [finding.code for finding in found]
    assert not any(letter in text for text in made)


def test_the_audit_names_the_rule_about_endings_that_is_broken(tmp_path: Path) -> None:
    ending = replace(
        PAIR,
        code="USR903",
        subject=Subject.SUFFIX,
        template="Use no ending in .org.",
        judge=lambda case: not (case.suffix or "").endswith(".org"),
    )
    export = tmp_path / "resources.csv"
    export.write_text(
        "Username,License Type\nabcd1@example.org,API User\nijkl3@a@b,API User\n"
    )

    report = audit(export, policy=DEFAULT_POLICY.with_rules(ending))

    found = [(r.line, r.code) for r in report.rows() if r.code in {"USR012", "USR903"}]
    assert found == [(3, "USR012"), (2, "USR903")]


def test_rules_about_names_and_addresses_can_be_added_too() -> None:
    def add(subject: Subject, code: str) -> Rule:
        return replace(PAIR, code=code, subject=subject, judge=lambda _: False)

    policy = DEFAULT_POLICY.with_rules(
        add(Subject.FIRST_NAME, "NAM901"),
        add(Subject.LAST_NAME, "NAM902"),
        add(Subject.EMAIL, "EML901"),
        add(Subject.IDENTIFIER, "VEN901"),
        add(Subject.TRACKING_IDENTIFIER, "TRK901"),
    )

    found = [
        *check_text(Subject.FIRST_NAME, "Sample", policy=policy),
        *check_text(Subject.LAST_NAME, "Sample", policy=policy),
        *check_text(Subject.EMAIL, "somebody@example.com", policy=policy),
        *check_text(Subject.IDENTIFIER, "Zapier", policy=policy),
        *check_text(Subject.TRACKING_IDENTIFIER, "A1" * 13 + "Z", policy=policy),
    ]

    assert [f.code for f in found] == ["NAM901", "NAM902", "EML901", "VEN901", "TRK901"]
