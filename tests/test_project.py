"""Facts about the project's own files."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_pinned_versions_have_hashes_and_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^\S+==\S+", text, flags=re.MULTILINE)

    assert "://" not in text
    assert len(pins) > 100
    assert text.count("--hash=sha256:") >= len(pins)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"\w+:", link)]
    # The site takes the notebooks from the folder beside docs/.
    missing = [
        link
        for link in local
        if not (page.parent / link).exists() and not (ROOT / link).exists()
    ]

    assert missing == []


def test_every_dependency_has_its_reason_on_the_contributor_page() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = set(re.findall(r'"([\w-]+)[><=]=[^"]*"', project)) | {"types-tqdm"}
    pages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    names |= set(pages["dependencies"]) | set(pages["devDependencies"])
    reasons = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")

    assert names - {"hatchling"}
    assert sorted(n for n in names - {"hatchling"} if n not in reasons) == []


def test_the_readme_and_the_continuous_check_run_the_same_tests() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "pip install uv && uv run --group test pytest" in readme
    assert "uv run --group test pytest" in check


def test_the_strict_build_of_the_site_hears_its_warnings() -> None:
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    (build,) = re.findall(r"^[^#\n]*mkdocs build.*", check, flags=re.MULTILINE)

    assert "--strict" in build
    assert not re.search(r"--quiet|\s-q\b", build)
