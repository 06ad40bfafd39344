"""Facts about the project's own files."""

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def read_project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def list_requirements() -> list[Requirement]:
    project = read_project()
    lists = [
        project["build-system"]["requires"],
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    texts = {item for part in lists for item in part if isinstance(item, str)}
    return [Requirement(text) for text in sorted(texts)]


def test_every_pinned_version_has_its_hashes_and_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")

    pins = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]

    assert "://" not in text
    assert [pin for pin in pins if not re.match(r"[\w.-]+==\S+ ", pin)] == []
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("requirement", list_requirements(), ids=str)
def test_what_the_project_asks_for_is_pinned(requirement: Requirement) -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    name = canonicalize_name(requirement.name)

    pinned = re.findall(rf"^{name}==(\S+)", text, flags=re.MULTILINE)

    assert pinned
    assert all(requirement.specifier.contains(version) for version in pinned)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#?\s]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"\w+:", link)]
    # The site takes the notebooks from the folder beside docs/.
    missing = [
        link
        for link in local
        if not (page.parent / link).exists() and not (ROOT / link).exists()
    ]

    assert missing == []


def test_every_dependency_has_its_reason_on_the_contributor_page() -> None:
    names = {requirement.name for requirement in list_requirements()}
    pages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    names |= set(pages["dependencies"]) | set(pages["devDependencies"])
    reasons = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    table = reasons.split("| package | why | licence |")[1].split("\n\n")[0]

    cells = re.findall(r"^\| ([^|]*) \|", table, flags=re.MULTILINE)
    given = [re.sub(r" \([^)]*\)", "", cell).split(", ") for cell in cells]

    listed = [name for row in given for name in row if name.strip("- ")]
    assert sorted(listed) == sorted(names)


def list_sessions() -> set[str]:
    module = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    return {part.name for part in module.body if isinstance(part, ast.FunctionDef)}


def test_the_readme_and_the_continuous_check_run_the_same_tests() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "pip install uv && uv run --group test pytest" in readme
    assert "--require-hashes -r" in check
    assert "uv run --group test pytest" in check


def test_a_folder_that_the_readme_lets_people_work_in_is_kept_out_of_git() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    named = re.findall(r"apiuser (?:lab|form) --no-browser (\S+)", readme)
    assert named
    assert {f"/{name}/" for name in [*named, "apiuser-notebooks"]} <= {*ignored}


def test_an_audit_that_the_readme_shows_names_its_exports() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    shown = re.findall(r"uv run [^`\n]*?apiuser audit([^`#\n]*)", readme)
    assert len(shown) > 1
    assert all(".csv" in words or "--tenants " in words for words in shown), shown


def test_the_continuous_check_runs_every_session_that_the_tests_leave() -> None:
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    named = re.findall(r"nox -s ([a-z ]+)", check)

    # The tests build the guide, with the same warnings as errors; mutation takes ten
    # minutes.
    others = {"tests", "notebooks", "browser", "docs", "mutation"}
    assert set(" ".join(named).split()) == list_sessions() - others


def test_the_contributor_page_lists_every_session() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    table = page.split("| session | what it checks |")[1].split("\n\n")[0]

    shown = re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)

    assert set(shown) == list_sessions()


def test_the_contributor_page_names_every_module_that_is_run_by_hand() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (ROOT / "tests").glob("*.py")
    }

    run = [name for name, text in texts.items() if "\nif __name__ ==" in text]

    assert len(run) > 10
    missing = [name for name in run if not re.search(rf"tests[./]{name}\b", page)]
    assert sorted(missing) == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_what_is_pinned_and_nothing_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    actions = re.findall(r"uses: (.*)", text)
    installs = re.findall(r".*(?:pip|pipx) install.*", text)

    assert [
        a for a in actions if not re.match(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v", a)
    ] == []
    assert installs
    assert [
        line
        for line in installs
        if not re.search(
            r"--require-hashes -r|-c constraints.txt -b constraints.txt", line
        )
    ] == []
    assert "UV_NO_SYNC" in text or "uv run --no-sync" in text


def test_the_hooks_before_a_commit_fetch_nothing_from_elsewhere() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")

    assert set(re.findall(r"repo: (.*)", hooks)) == {"local"}
    assert set(re.findall(r"language: (.*)", hooks)) == {"system"}


def test_the_hooks_before_a_commit_run_the_quick_sessions() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")

    entries = re.findall(r"entry: (.*)", hooks)

    sessions = {entry for entry in entries if " nox " in entry}
    quick = ("lint", "types", "imports", "javascript")
    assert sessions == {f"uv run --group dev nox -s {name}" for name in quick}
    assert list_sessions() >= set(quick)
    # What no session does: one file of tests, and the program itself.
    assert set(entries) - sessions == {
        "uv run --group test pytest -q tests/project/test_notebooks.py",
        "uv run apiuser scan",
    }


def list_modules() -> list[Path]:
    return sorted((ROOT / "apiuser").rglob("*.py"))


def test_each_folder_of_two_or_more_modules_has_floors() -> None:
    contracts = read_project()["tool"]["importlinter"]["contracts"]
    modules = (path for path in list_modules() if path.stem != "__init__")
    numbers = Counter(path.parent.relative_to(ROOT).parts for path in modules)

    floors = [
        folder
        for contract in contracts
        if contract["type"] == "layers" and contract["exhaustive"]
        for folder in contract["containers"]
    ]

    several = [".".join(parts) for parts, number in numbers.items() if number > 1]
    assert len(several) > 15
    assert sorted(floors) == sorted(several)


def find_repeated(names: Iterable[str]) -> list[str]:
    return [name for name, number in Counter(names).items() if number > 1]


def test_no_two_modules_or_folders_share_a_name() -> None:
    folders = [path.parent.name for path in list_modules() if path.stem == "__init__"]
    modules = [path.stem for path in list_modules() if path.stem != "__init__"]

    assert find_repeated(folders) == []
    assert find_repeated(modules) == []


def list_type_names(tree: ast.Module) -> list[str]:
    """Return the classes of a module, and what it gives a name like a class's."""
    found = (part.name for part in ast.walk(tree) if isinstance(part, ast.ClassDef))
    classes = [name.lstrip("_") for name in found]  # private ones, too
    named = [
        target.id
        for part in tree.body
        if isinstance(part, (ast.Assign, ast.AnnAssign))
        for target in getattr(part, "targets", None) or [getattr(part, "target", None)]
        if isinstance(target, ast.Name)
    ]
    return classes + [
        name for name in named if name[0].isupper() and not name.isupper()
    ]


def test_no_two_classes_or_aliases_of_types_share_a_name() -> None:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in list_modules())

    names = [name for tree in trees for name in list_type_names(tree)]

    assert len(names) > 100
    assert {"Shown", "Commands", "AuditReport"} <= set(names)
    assert find_repeated(names) == []


@pytest.mark.parametrize("folder", ["apiuser", "tests"])
def test_no_module_is_longer_than_400_lines(folder: str) -> None:
    lines = {
        path.relative_to(ROOT).as_posix(): path.read_bytes().count(b"\n")
        for path in (ROOT / folder).rglob("*.py")
    }

    assert {path: number for path, number in lines.items() if number > 400} == {}
