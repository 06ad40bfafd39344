"""Statements of the guide name their sources, and every source is of use."""

import re
import tomllib
from html import unescape

import pytest

from apiuser.guide import name_sources, read_claims
from apiuser.howto import STEPS, Job
from apiuser.howto.integrations import load_vendors
from docs.hooks import read_sources
from tests.make_pages import DOCS

PAGES = sorted(set(DOCS.glob("*.md")) - {DOCS / "contributing.md"})
CLAIM = re.compile(r"\[\[claim: ([\w, -]*)\]\]")
MARK = re.compile(r"\[\[(?:\w+: )?([\w, ]*)\]\]")
# Pages about Autotask, where a statement without a source would be hearsay.
FACTS = ["audit.md", "create.md", "levels.md", "troubleshooting.md", "vendors.md"]


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def find_keys(text: str) -> set[str]:
    """Return the keys of the sources that a text names, itself or by claims."""
    named = {key.strip() for keys in MARK.findall(text) for key in keys.split(",")}
    quoted = {
        name.strip() for names in CLAIM.findall(text) for name in names.split(",")
    }
    claims = read_claims(read("claims.toml"), read_sources())
    return named | {key for name in quoted for key in claims[name].sources}


def test_every_source_of_the_guide_is_named_by_a_page() -> None:
    used = {key for page in PAGES for key in find_keys(page.read_text("utf-8"))}

    assert sorted(tomllib.loads(read("sources.toml")).keys() - used) == []


def test_no_source_of_the_guide_is_in_the_program_too() -> None:
    own = tomllib.loads(read("sources.toml"))
    addresses = {source.url for source in name_sources().values()}

    assert own.keys() & name_sources().keys() == set()
    issues = [value["url"] for value in own.values() if "/issues/" in str(value)]
    assert sorted(set(issues) & addresses) == []


def test_every_label_of_the_vendor_list_has_its_source() -> None:
    labels = tomllib.loads(read("labels.toml"))

    assert labels.keys() == {vendor.label for vendor in load_vendors()}


@pytest.mark.parametrize("name", FACTS)
def test_a_page_about_autotask_names_many_sources(name: str) -> None:
    assert len(find_keys(read(name))) > 10


def is_on(page: str, statement: str) -> bool:
    """Tell whether a page says something, with any values for the fields it names."""
    parts = map(re.escape, re.split(r"\{\w+\}", statement))
    return re.search(r"[^\n]+".join(parts), page) is not None


def test_every_statement_of_every_step_is_on_the_page_of_its_job() -> None:
    for job, steps in STEPS.items():
        # Without what keeps Markdown and HTML from taking a character for a mark.
        page = unescape(re.sub(r"\\(\W)", r"\1", read(f"{job}.md")))
        for step in steps:
            shared = job is not Job.CREATE and step in STEPS[Job.CREATE]
            notes = step.do if shared else (*step.do, *step.know)

            assert [n.text for n in notes if not is_on(page, n.text)] == []
            assert f"{{ #{step.code} }}" in page


def test_reasons_shared_with_a_new_user_are_given_once() -> None:
    for job in (Job.EDIT, Job.ROTATE):
        page = read(f"{job}.md")
        shared = [s for s in STEPS[job] if s in STEPS[Job.CREATE] and s.know]

        assert shared
        assert all(f"(create.md#{step.code})" in page for step in shared)
