"""The checklist knows what is done and what blocks."""

import pytest

from apiuser.checklist import (
    Job,
    count_done,
    find_blocks,
    finish_step,
    is_done,
    write_markdown,
)
from apiuser.errors import PolicyError
from apiuser.howto.integrations import load_integrations
from apiuser.howto.key_and_secret import KEEP, NEW_BOTH, NEW_SECRET
from apiuser.howto.preparing import OWN_POLICY
from tests.checklist_samples import codes, fill, find_step, make_checklist
from tests.planted import SECRETS


@pytest.mark.parametrize("job", Job)
def test_every_job_can_be_worked_through_to_its_end(job: Job) -> None:
    checklist = make_checklist(job)
    fill(checklist)
    checklist.take_secret(SECRETS[0])

    blocks = [finish_step(checklist, step) for step in checklist.steps]

    assert not any(blocks)
    assert count_done(checklist) == (len(checklist.steps), len(checklist.steps))


def test_a_new_checklist_starts_with_the_presets_values() -> None:
    checklist = make_checklist()

    assert checklist.values["first_name"] == "Presh"
    assert checklist.values["last_name"] == "Integration"
    assert checklist.values["vendor"] == "Zapier"
    assert checklist.values["email"] == "info@preshmarketingsolutions.com"
    assert count_done(checklist) == (0, 15)


def test_an_error_blocks_a_step_and_a_warning_does_not() -> None:
    checklist = make_checklist()
    fill(checklist)
    general = find_step(checklist, "general")

    checklist.set("email", "no-reply@example.com")
    warned = finish_step(checklist, general)
    checklist.set("email", "nobody")
    blocked = finish_step(checklist, general)

    assert warned == ()
    assert [block.key for block in blocked] == ["email"]
    assert not is_done(checklist, general)


def test_a_finished_step_opens_again_when_its_value_turns_wrong() -> None:
    checklist = make_checklist()
    fill(checklist)
    level = find_step(checklist, "level")
    finish_step(checklist, level)

    checklist.set("security_level", " ")

    assert not is_done(checklist, level)
    assert "security level" in find_blocks(checklist, level)[0].message


def test_the_suffix_is_learned_from_an_existing_username() -> None:
    checklist = make_checklist()
    fill(checklist)

    assert checklist.username.full == "sample4key@example.com"
    checklist.set("existing_username", "")
    assert codes(checklist, "username") == ["USR013"]
    checklist.set("username", "sample4key@other.example")
    assert checklist.username.full == "sample4key@other.example"


def test_a_malformed_existing_username_teaches_no_suffix() -> None:
    checklist = make_checklist()

    checklist.set("existing_username", "abc123@two@example.com")

    assert checklist.suffix is None
    assert codes(checklist, "existing_username") == ["USR012"]


def test_a_generated_key_is_free_and_breaks_no_rule() -> None:
    checklist = make_checklist()
    fill(checklist)
    checklist.set("taken_names", "sample4key\nother1name@example.com")
    taken_before = codes(checklist, "username")

    checklist.generate_key()

    assert taken_before == ["USR007"]
    assert codes(checklist, "username") == []
    assert len(checklist.username.local) == 15


def test_names_read_from_an_export_count_as_taken_and_are_named() -> None:
    checklist = make_checklist()
    fill(checklist)

    checklist.add_export("sample-inactive.csv", ["Sample4Key"])

    assert codes(checklist, "username") == ["USR007"]
    assert "2, some from sample-inactive.csv" in write_markdown(checklist)


def test_a_generated_secret_keeps_to_the_tenants_policy_and_limit() -> None:
    checklist = make_checklist()
    checklist.set("policy", OWN_POLICY)
    checklist.set("minimum_length", 16)
    checklist.set("secret_limit", 20)

    checklist.generate_secret()

    assert checklist.secret is not None
    assert len(checklist.secret) == 20
    assert codes(checklist, "secret") == []
    assert checklist.policy.rule("SEC002").sources[0].title == (
        "tenant, entered on 2026-11-24"
    )


def test_an_impossible_policy_blocks_its_step_and_says_why() -> None:
    checklist = make_checklist()
    checklist.set("secret_limit", 8)

    (block,) = find_blocks(checklist, find_step(checklist, "policy"))

    assert "SEC002" in block.message
    with pytest.raises(PolicyError):
        checklist.generate_secret()


def test_an_impossible_policy_leaves_the_secret_to_the_default_one() -> None:
    checklist = make_checklist()
    checklist.set("secret_limit", 8)
    checklist.take_secret("a1")

    assert "SEC002" in codes(checklist, "secret")


def test_a_secret_in_another_field_blocks_the_step_of_that_field() -> None:
    checklist = make_checklist()
    fill(checklist)
    checklist.take_secret(SECRETS[1])
    step = find_step(checklist, "general")
    before = find_blocks(checklist, step)

    checklist.set("last_name", SECRETS[1])

    assert before == ()
    said = [(block.key, block.message) for block in find_blocks(checklist, step)]
    assert ("last_name", "Take the secret out of this field.") in said


def test_a_blank_secret_takes_back_the_one_before() -> None:
    checklist = make_checklist()
    checklist.take_secret(SECRETS[1])

    checklist.take_secret("")

    assert checklist.secret is None
    assert checklist.secret_facts is None


@pytest.mark.parametrize("number", [0, -1])
def test_a_number_below_one_blocks(number: int) -> None:
    checklist = make_checklist()
    checklist.set("wait_minutes", number)

    blocks = find_blocks(checklist, find_step(checklist, "test"))

    assert "wait_minutes" in [block.key for block in blocks]


def test_a_custom_identifier_needs_its_name_and_identifier() -> None:
    checklist = make_checklist(integration=load_integrations()["custom"])
    step = find_step(checklist, "identifier")

    missing = [block.key for block in find_blocks(checklist, step)]
    checklist.set("custom_name", "Sample MSP reports")
    checklist.set("tracking_identifier", "A1B2C3")

    assert missing == ["custom_name", "tracking_identifier"]
    assert codes(checklist, "tracking_identifier") == ["TRK001"]
    assert find_blocks(checklist, step) == ()


def test_an_edit_that_keeps_the_credentials_asks_for_no_secret() -> None:
    checklist = make_checklist(Job.EDIT)
    fill(checklist)
    checklist.set("stored", value=False)
    checklist.set("saved", value=False)

    kept = find_blocks(checklist, find_step(checklist, "renew"))
    stored = find_blocks(checklist, find_step(checklist, "store"))
    checklist.set("renewal", NEW_SECRET)

    assert checklist.values["renewal"] != KEEP
    assert kept == stored == ()
    assert find_blocks(checklist, find_step(checklist, "renew"))
    assert find_blocks(checklist, find_step(checklist, "store"))


def test_a_username_that_stays_is_not_a_conflict_with_itself() -> None:
    checklist = make_checklist(Job.EDIT)
    fill(checklist)
    checklist.set("taken_names", "sample4key@example.com")

    kept = codes(checklist, "username")
    checklist.set("renewal", NEW_BOTH)

    assert kept == []
    assert codes(checklist, "username") == ["USR007"]


def test_the_page_is_not_saved_before_the_secret_is_made_and_stored() -> None:
    checklist = make_checklist()
    fill(checklist)
    checklist.set("stored", value=False)
    save_step = find_step(checklist, "save")

    without_both = [block.message for block in finish_step(checklist, save_step)]
    checklist.take_secret(SECRETS[0])
    checklist.set("stored", value=True)

    assert without_both == [
        "Go back to step 9 first: Make the password (secret).",
        "Go back to step 12 first: Store the key and the secret.",
    ]
    assert finish_step(checklist, save_step) == ()


def test_a_limit_of_the_application_names_its_own_source() -> None:
    checklist = make_checklist()

    checklist.set("secret_limit", 20)

    (source,) = checklist.policy.rule("SEC008").sources
    assert source.title == "target application, entered on 2026-11-24"
    assert source.title in write_markdown(checklist)


def test_the_chosen_alphabet_is_drawn_from() -> None:
    checklist = make_checklist()
    checklist.generate_secret()
    copy_safe = checklist.secret_facts

    checklist.set("alphabet", "full")
    checklist.generate_secret()

    full = checklist.secret_facts
    assert copy_safe is not None
    assert full is not None
    assert (full.bits or 0) > (copy_safe.bits or 0) > 0


def test_the_existing_username_that_was_named_is_taken() -> None:
    checklist = make_checklist()
    fill(checklist)
    checklist.set("existing_username", "sample4key@example.com")

    checklist.set("username", "SAMPLE4KEY")

    assert codes(checklist, "username") == ["USR007"]
