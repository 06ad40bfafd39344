"""Every job's steps serve the how-to, and every statement and field is whole."""

import string

import pytest

from apiuser.howto import STAGES, STEPS, Field, Input, Job, Note, Step

EVERY_STEP = [(job, step) for job, steps in STEPS.items() for step in steps]
EVERY = pytest.mark.parametrize(
    ("job", "step"), EVERY_STEP, ids=[f"{job}-{step.code}" for job, step in EVERY_STEP]
)

PRESSED = {"saved", "tested", "identifier"}  # set by what is pressed or chosen

# What the how-to says, each as words that a step of the create job must hold.
STATEMENTS = {
    "there is a guided walk-through": ("prepare", "guided walk-through"),
    "the walk-through needs a log-in": ("prepare", "asks you to log in"),
    "the walk-through needs feature access": ("prepare", "feature access"),
    "the page is opened by its path": ("open", "Resources/Users (HR)"),
    "the page is opened by the short path": ("open", "Admin > Resources (Users)"),
    "the page is opened by its other path": ("open", "Integration Center"),
    "names are filled in": ("general", "first name and the last name"),
    "an address is filled in": ("general", "e-mail address"),
    "an API level is selected": ("level", "Select an API security level"),
    "only active API-only levels are listed": ("level", "active API-only levels"),
    "levels are listed from A to Z": ("level", "from A to Z"),
    "an inactive assigned level stays listed": ("level", "inactive, that one too"),
    "Generate Key makes 15 characters": ("key", "Generate Key makes 15 characters"),
    "Generate Key fills the username": ("key", "which fills the field"),
    "letters and numbers are needed": ("key", "letters and numbers"),
    "some characters are refused": ("key", '@ ( ) ; : [ ] | \\ "'),
    "a username is unique": ("key", "unique, inactive resources included"),
    "Generate Secret makes 25 characters": ("policy", "makes 25 characters"),
    "Generate Secret fills the password": ("secret", "Password (Secret)"),
    "Site Setup sets the requirements": ("policy", "requirements of Site Setup"),
    "a secret may be shortened": ("secret", "shorten or override"),
    "Edit mode hides the secret": ("secret", "In Edit mode the secret is not shown"),
    "a new secret is generated or typed": ("secret", "generated or typed"),
    "the vendor is picked in the drop-down": ("identifier", "drop-down"),
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_of_the_how_to_is_served(statement: str) -> None:
    code, words = STATEMENTS[statement]
    (step,) = [step for step in STEPS[Job.CREATE] if step.code == code]

    assert words in " ".join(note.text for note in (*step.do, *step.know))


@EVERY
def test_a_step_says_what_to_do_in_full_sentences(job: Job, step: Step) -> None:
    assert step.do
    for note in (*step.do, *step.know):
        assert note.text[0].isupper() or note.text[0] in "45“"
        assert note.text.endswith(".")


@EVERY
def test_notes_name_only_fields_of_the_same_job(job: Job, step: Step) -> None:
    keys = {field.key for other in STEPS[job] for field in other.fields}

    for note in (*step.do, *step.know):
        assert _placeholders(note) <= keys


@pytest.mark.parametrize("job", Job)
def test_a_field_is_in_one_place_of_each_stage(job: Job) -> None:
    for stage in STAGES[job]:
        rows = [row for section in stage.sections for row in section.rows]
        keys = [key for row in rows for key in (row.key, *row.more)]

        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("job", Job)
def test_every_field_can_be_reached_on_the_sheet(job: Job) -> None:
    sections = [section for stage in STAGES[job] for section in stage.sections]
    rows = [row for section in sections for row in section.rows]
    fields = {field.key for step in STEPS[job] for field in step.fields}

    assert fields - {key for row in rows for key in (row.key, *row.more)} <= PRESSED


@EVERY
def test_a_choice_offers_its_default(job: Job, step: Step) -> None:
    for field in step.fields:
        if field.input is Input.CHOICE:
            assert field.default in field.options


@EVERY
def test_a_tick_is_needed_with_an_instruction_or_free(job: Job, step: Step) -> None:
    for field in step.fields:
        if field.input is Input.TICK and field.missing:
            assert field.default is False


@pytest.mark.parametrize("job", Job)
def test_keys_of_fields_and_codes_of_steps_are_used_once(job: Job) -> None:
    fields: list[Field] = [field for step in STEPS[job] for field in step.fields]

    assert len({field.key for field in fields}) == len(fields)
    assert len({step.code for step in STEPS[job]}) == len(STEPS[job])


@pytest.mark.parametrize("job", Job)
def test_a_field_depends_on_an_earlier_choice_only(job: Job) -> None:
    seen: dict[str, Field] = {}
    for step in STEPS[job]:
        for field in step.fields:
            everywhere = {field.key for step in STEPS[job] for field in step.fields}
            if field.only_if and field.only_if[0] in everywhere:
                key, wanted = field.only_if
                options = seen[key].options or (True, False)
                assert set(wanted) <= set(options)
            seen[field.key] = field


def test_sourced_statements_know_how_certain_they_are() -> None:
    notes = {note for _, step in EVERY_STEP for note in (*step.do, *step.know)}

    assert all(bool(note.sources) == bool(note.certainty) for note in notes)
    assert any(note.certainty == "medium" for note in notes)


def _placeholders(note: Note) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(note.text) if name}
