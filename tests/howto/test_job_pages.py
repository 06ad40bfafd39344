"""The pages of the jobs begin with what people come for."""

import re

import pytest

from apiuser.howto import STAGES, STEPS, Job
from apiuser.howto.integrations import load_integrations
from tests.make_pages import DOCS

PATH = "Admin > Organization Settings & Users"
# The fields that the how-to names, in its order; the copy of it lost Active.
FIELDS = [
    "First/Last Name",
    "Email Address",
    "Active",
    "Security Level",
    "Generate Key",
    "Username (Key)",
    "Generate Secret",
    "Password (Secret)",
    "Integration Vendor",
]
# Words that point into a form, which the reader of a page has not opened.
POINTING = re.compile(r"\b(generated here|listed here|: here,|paste .{0,20} here)\b")


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8").split("---\n", 2)[-1]


def read_section(text: str, anchor: str) -> str:
    return text.split(f"{{ #{anchor} }}\n")[1].split("\n## ", maxsplit=1)[0]


def test_create_begins_with_eight_lines_and_the_menu_path() -> None:
    text = read("create.md")

    lines = re.findall(r"^\d\. ", read_section(text, "short"), flags=re.MULTILINE)

    assert len(lines) == 8
    assert len(text.split(PATH)[0].split()) < 40


def test_create_has_a_row_for_each_field_of_the_how_to_in_its_order() -> None:
    rows = re.findall(
        r"^\| ([^|]*) \|", read_section(read("create.md"), "fields"), re.MULTILINE
    )

    assert [row for row in rows if row not in {"Field", "---"}] == FIELDS


def test_create_shows_the_values_of_the_preset() -> None:
    table = read_section(read("create.md"), "fields")
    preset = load_integrations()["presh-zapier"]

    assert f"`{preset.first_name}` / `{preset.last_name}`" in table
    assert f"`{preset.email}`" in table
    assert "an address that you create for Presh under your own domain name" in table
    assert f"`{preset.vendor}`" in table


@pytest.mark.parametrize("name", ["create.md", "edit.md", "rotate.md"])
def test_no_words_of_a_job_point_into_a_form(name: str) -> None:
    assert POINTING.findall(read(name)) == []


@pytest.mark.parametrize("name", ["create.md", "edit.md", "rotate.md"])
def test_the_reasons_of_a_step_are_folded(name: str) -> None:
    steps = read(name).split("<!-- steps ")[1].split("<!-- end -->")[0]

    assert steps.count("??? note") >= 4
    assert re.findall(r"^- ", steps, flags=re.MULTILINE) == []


def test_edit_begins_with_what_people_come_for() -> None:
    text = read("edit.md")
    wanted = (
        "deactivate",
        "unlock",
        "e-mail",
        "security-level",
        "username",
        "new-secret",
    )

    begins = [text.index(f"{{ #{anchor} }}") for anchor in wanted]

    assert len(text.split(PATH)[0].split()) < 40
    assert max(begins) < text.index("<!-- steps edit -->")
    assert "Clear **Locked**" in read_section(text, "unlock")
    assert "Clear **Active**" in read_section(text, "deactivate")


def test_rotate_begins_with_the_order_of_saving() -> None:
    section = read_section(read("rotate.md"), "short")

    assert section.index("do not save yet") < section.index("password store")
    assert section.index("password store") < section.index(
        "**Save & Close** in Autotask"
    )


def find_way(job: Job) -> str:
    """Return the way to the page that the form of a job shows."""
    (way,) = (
        row.says
        for stage in STAGES[job]
        for section in stage.sections
        for row in section.rows
        if row.key == "open"
    )
    return way


def test_the_form_the_steps_and_the_guide_name_one_way_to_the_page() -> None:
    way = find_way(Job.CREATE)
    (step,) = (step for step in STEPS[Job.CREATE] if step.code == "open")

    assert f"Open **{way}**" in read_section(read("create.md"), "short")
    assert f"Go to {way};" in step.do[0].text


@pytest.mark.parametrize("job", [Job.EDIT, Job.ROTATE])
def test_the_way_to_a_user_begins_alike_in_form_steps_and_guide(job: Job) -> None:
    way = find_way(job).partition(",")[0]
    (step,) = (step for step in STEPS[job] if step.code == "find")

    assert f"Open **{way}**" in read(f"{job}.md")
    assert f"Go to {way};" in " ".join(note.text for note in step.do)
    assert way == "Admin > Resources (Users)"
    assert f"{way}, in full" in read("audit.md")


@pytest.mark.parametrize("job", ["create", "edit", "rotate"])
def test_the_page_of_a_job_opens_the_form_at_that_job(job: str) -> None:
    assert f"(try.md?job={job}&open)" in read(f"{job}.md")
