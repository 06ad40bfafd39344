"""The checklist knows what is done, what blocks, and never saves the secret."""

import datetime as dt
import json
from pathlib import Path

import pytest

from apiuser.checklist import (
    Checklist,
    Job,
    count_done,
    find_blocks,
    finish_step,
    is_done,
    judge_field,
    resume,
    save,
    write_html,
    write_markdown,
)
from apiuser.errors import AccessError, ApiuserError, PolicyError, SavedWorkError
from apiuser.howto import Step
from apiuser.howto.integrations import Integration, load_integrations
from apiuser.howto.key_and_secret import KEEP, NEW_BOTH, NEW_SECRET
from apiuser.howto.preparing import OWN_POLICY
from tests.planted import SECRETS

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
TICKS = ("page_open", "active_locked", "stored", "pasted", "saved", "tested")


def make_checklist(
    job: Job = Job.CREATE, integration: Integration | None = None
) -> Checklist:
    return Checklist(job, integration=integration, clock=lambda: NOON)


def fill(checklist: Checklist) -> None:
    """Enter what a consultant would, apart from the secret."""
    entries = {
        "existing_username": "abc123@example.com",
        "security_level": "API User (system) (API-only)",
        "username": "sample4key",
        "applications": "Sample application",
        "first_name": "Sample",
        "last_name": "Integration",
        "email": "api@example.com",
        "vendor": "Zapier",
    } | dict.fromkeys(TICKS, True)
    for key, value in entries.items():
        if key in checklist.values:
            checklist.set(key, value)


def find_step(checklist: Checklist, code: str) -> Step:
    return next(step for step in checklist.steps if step.code == code)


def codes(checklist: Checklist, key: str) -> list[str]:
    return [finding.code for finding in judge_field(checklist, key)]


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


def test_saved_work_is_resumed_without_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "work.json"
    checklist = make_checklist()
    fill(checklist)
    checklist.set("saved", value=False)
    checklist.take_secret(SECRETS[1])
    for step in checklist.steps:
        finish_step(checklist, step)

    save(checklist, path)
    again = resume(path)

    assert SECRETS[1] not in path.read_text(encoding="utf-8")
    assert again.values == checklist.values
    assert again.secret is None
    assert again.secret_facts == checklist.secret_facts
    assert not is_done(again, find_step(again, "secret"))
    assert is_done(again, find_step(again, "key"))


def test_after_save_in_autotask_the_secret_may_be_forgotten() -> None:
    checklist = make_checklist()
    fill(checklist)
    checklist.take_secret(SECRETS[1])
    step = find_step(checklist, "secret")
    finish_step(checklist, step)

    checklist.forget_secret()

    assert is_done(checklist, step)
    assert checklist.saved_at == NOON


@pytest.mark.parametrize("key", ["remarks", "tenant", "username", "vendor"])
def test_a_secret_typed_into_another_field_is_never_written(
    tmp_path: Path, key: str
) -> None:
    checklist = make_checklist()
    fill(checklist)
    checklist.take_secret(SECRETS[2])
    checklist.set(key, f"it is {SECRETS[2]}, really")

    for write in (
        lambda: save(checklist, tmp_path / "work.json"),
        lambda: write_markdown(checklist),
        lambda: write_html(checklist),
    ):
        with pytest.raises(SavedWorkError) as caught:
            write()
        assert checklist.field(key).label in str(caught.value)
        assert SECRETS[2] not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    assert checklist.find_secret_in_fields() == (key,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "is not JSON"),
        ("[" * 99_999, "is not JSON"),
        ("[]", "is not a saved checklist"),
        ('{"format": "apiuser checklist", "version": 2}', "newer release"),
        ('{"format": "apiuser checklist", "version": 1}', "damaged"),
    ],
)
def test_a_file_that_is_no_saved_checklist_is_refused(
    tmp_path: Path, text: str, expected: str
) -> None:
    path = tmp_path / "work.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SavedWorkError, match=expected) as caught:
        resume(path)

    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("stored", "yes"),
        ("wait_minutes", 5.5),
        ("policy", "none"),
        ("tenant", 3),
        ("secret", "x"),
        ("colour", "blue"),
    ],
)
def test_saved_values_of_another_kind_are_refused(
    tmp_path: Path, key: str, value: object
) -> None:
    path = tmp_path / "work.json"
    save(make_checklist(), path)
    work = json.loads(path.read_text(encoding="utf-8"))
    work["values"][key] = value
    path.write_text(json.dumps(work), encoding="utf-8")

    with pytest.raises(SavedWorkError, match="damaged"):
        resume(path)


def test_missing_and_unwritable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="cannot be read"):
        resume(tmp_path / "nowhere.json")
    with pytest.raises(AccessError, match="cannot be written"):
        save(make_checklist(), tmp_path / "no folder" / "work.json")


@pytest.mark.parametrize("job", Job)
def test_a_record_tells_the_work_and_not_the_secret(job: Job) -> None:
    checklist = make_checklist(job)
    fill(checklist)
    checklist.set("username", "sample4key@example.com")
    if job is Job.EDIT:
        checklist.set("renewal", NEW_SECRET)
    checklist.take_secret(SECRETS[3])

    for record in (write_markdown(checklist), write_html(checklist)):
        assert "sample4key@example.com" in record
        assert f"{len(SECRETS[3])} characters" in record
        assert "at least 12 characters" in record
        assert SECRETS[3] not in record


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


def test_an_edit_that_keeps_everything_records_no_secret() -> None:
    checklist = make_checklist(Job.EDIT)
    fill(checklist)
    checklist.set("renewal", NEW_SECRET)
    checklist.generate_secret()

    checklist.set("renewal", KEEP)

    assert "| Secret | not changed |" in write_markdown(checklist)


@pytest.mark.parametrize(
    ("secret", "remark"),
    [(f"{SECRETS[0]} ", SECRETS[0]), (SECRETS[0][:5], f" {SECRETS[0][:5]} ")],
    ids=["trailing blank", "short"],
)
def test_a_secret_is_found_in_a_field_whatever_its_blanks_and_length(
    secret: str, remark: str
) -> None:
    checklist = make_checklist()
    checklist.take_secret(secret)

    checklist.set("remarks", remark)

    assert checklist.find_secret_in_fields() == ("remarks",)


def test_a_replaced_secret_is_still_found_in_a_field() -> None:
    checklist = make_checklist()
    checklist.take_secret(SECRETS[0])
    checklist.set("remarks", SECRETS[0])

    checklist.generate_secret()

    assert checklist.find_secret_in_fields() == ("remarks",)


def test_text_in_a_number_field_is_saved_and_blocks_after_resuming(
    tmp_path: Path,
) -> None:
    checklist = make_checklist()
    checklist.set("wait_minutes", "twenty")
    save(checklist, tmp_path / "work.json")

    again = resume(tmp_path / "work.json")

    blocks = find_blocks(again, find_step(again, "test"))
    assert again.values["wait_minutes"] == "twenty"
    assert "wait_minutes" in [block.key for block in blocks]


def test_saved_facts_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "work.json"
    checklist = make_checklist()
    checklist.take_secret(SECRETS[0])
    save(checklist, path)
    work = json.loads(path.read_text(encoding="utf-8"))
    work["secret_facts"]["bits"] = "many"
    path.write_text(json.dumps(work), encoding="utf-8")

    with pytest.raises(SavedWorkError, match="damaged"):
        resume(path)


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

    assert copy_safe is not None
    assert checklist.secret_facts is not None
    assert checklist.secret_facts.bits > copy_safe.bits


def test_a_record_keeps_marked_up_values_as_text() -> None:
    checklist = make_checklist()
    checklist.set("tenant", "<b>Sample</b> | MSP\n*one*")

    markdown, html = write_markdown(checklist), write_html(checklist)

    assert "&lt;b>Sample&lt;/b> \\| MSP<br>\\*one\\*" in markdown
    assert "&lt;b&gt;Sample&lt;/b&gt; | MSP<br>*one*" in html


def test_a_record_says_what_is_still_open() -> None:
    record = write_markdown(make_checklist())

    assert "the login suffix is not known" in record
    assert "not yet" in record
    assert "0 of 15" in record


def test_errors_about_saved_work_are_for_people() -> None:
    assert issubclass(SavedWorkError, ApiuserError)
    assert SavedWorkError.exit_code == 3


def test_the_existing_username_that_was_named_is_taken() -> None:
    checklist = make_checklist()
    fill(checklist)
    checklist.set("existing_username", "sample4key@example.com")

    checklist.set("username", "SAMPLE4KEY")

    assert codes(checklist, "username") == ["USR007"]
