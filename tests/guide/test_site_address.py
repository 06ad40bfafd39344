"""The site knows where it is published, and says it on every page."""

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from docs.hooks import WRITTEN, choose_commands
from tests.guide.site_reading import HOST, REPOSITORY, Part, Site
from tests.make_pages import DOCS

pytestmark = pytest.mark.timeout(300)  # the first one builds the site


@pytest.mark.parametrize(
    ("repository", "command"),
    [
        (
            "https://git.example.com/us/apiuser/",
            "--from git+https://git.example.com/us",
        ),
        ("", "Open a terminal in your copy of the repository"),
    ],
)
def test_the_commands_to_install_work_where_the_reader_is(
    repository: str, command: str
) -> None:
    text = (DOCS / "index.md").read_text(encoding="utf-8")

    chosen = choose_commands(text, repository)

    assert command in chosen
    assert chosen.count("apiuser lab\n") == 1
    assert "REPOSITORY" not in chosen


def read_meta(parts: list[Part]) -> dict[str, str]:
    """Return what a page says of itself, by name."""
    named = [part.values for part in parts if part.tag == "meta"]
    return {
        values.get("name") or values.get("property", ""): values.get("content", "")
        for values in named
    }


def test_every_page_is_described_in_words_of_its_own(
    site: Site,
) -> None:
    metas = {
        page: read_meta(parts) for page, parts in site.items() if "index.html" in page
    }

    words = [meta["description"] for meta in metas.values()]
    assert len(set(words)) == len(words) > 20
    assert [word for word in words if not word.endswith(".")] == []
    assert [page for page, meta in metas.items() if "og:title" not in meta] == []
    assert {meta["og:image"] for meta in metas.values()} == {f"{HOST}assets/card.png"}


def test_a_page_leads_to_where_it_is_edited_unless_the_code_writes_it(
    site: Site,
) -> None:
    edited = {
        page.removesuffix("/index.html"): part.values["href"].removeprefix(REPOSITORY)
        for page, parts in site.items()
        for part in parts
        if part.values.get("rel") == "edit"
    }

    assert edited["create"] == "/edit/main/docs/create.md"
    assert (
        edited["notebooks/create-api-user"]
        == "/edit/main/notebooks/create-api-user.ipynb"
    )
    assert [name for name in WRITTEN if name.removesuffix(".md") in edited] == []
    assert all(
        (DOCS.parent / path.removeprefix("/edit/main/")).is_file()
        for path in edited.values()
    )


def test_every_page_says_its_version_and_where_to_tell_of_a_fault(
    site_folder: Path,
) -> None:
    for path in site_folder.rglob("index.html"):
        text = path.read_text("utf-8")

        assert f"apiuser {version('apiuser')}." in text
        assert f'href="{REPOSITORY}/issues/new">Tell us</a>' in text


def test_an_unknown_address_is_answered_without_a_file_beside_it(
    site: Site,
) -> None:
    page = site["404.html"]

    assert {part.tag for part in page} & {"script", "img", "svg"} == set()
    loaded = [part.values["href"] for part in page if part.tag == "link"]
    assert loaded == ["data:,"]  # a browser would ask for an icon by itself
    links = [part.values["href"] for part in page if part.tag == "a"]
    assert "/guide/create/" in links
    assert all(link.startswith("/guide/") for link in links)


@pytest.mark.parametrize("name", ["create-api-user", "audit-usernames"])
def test_a_notebook_can_be_downloaded(site: Site, site_folder: Path, name: str) -> None:
    page = f"notebooks/{name}/"
    links = [part.values for part in site[f"{page}index.html"] if part.tag == "a"]

    (link,) = [values["href"] for values in links if "download" in values]

    loaded = json.loads((site_folder / page / link).read_text("utf-8"))
    assert loaded["nbformat"] == 4


def test_the_notebook_of_the_work_sheet_has_the_form_itself(
    site: Site,
) -> None:
    ids = {
        part.values.get("id") for part in site["notebooks/create-api-user/index.html"]
    }

    assert "apiuser-form" in ids


def test_a_guide_without_the_form_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    shutil.copy(DOCS / "try.md", tmp_path / "docs")
    settings = {
        "site_name": "apiuser",
        "hooks": [str(DOCS / "pagefiles.py")],
        "markdown_extensions": ["md_in_html"],
    }
    (tmp_path / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")

    command = [sys.executable, "-m", "mkdocs", "build"]
    built = subprocess.run(
        command, cwd=tmp_path, check=True, capture_output=True, text=True
    )

    page = (tmp_path / "site" / "try" / "index.html").read_text("utf-8")
    assert "built without the form" in page
    assert "<code>npm ci</code>" in page
    assert "uv run apiuser lab" in page
    assert "WebAssembly" not in page
    assert "rotate a secret</a>" in page
    assert "run Node's `npm ci` first" in built.stderr
