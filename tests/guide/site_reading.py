"""The built site as its tests read it: the elements of every page."""

from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

# Where the tests' site is published: below the root of its host.
HOST = "https://site.example.com/guide/"
REPOSITORY = "https://github.com/example/apiuser"
PUBLISHED = {"SITE_URL": HOST, "REPO_URL": REPOSITORY}


class Part(NamedTuple):
    """An element of a page: its tag and attributes."""

    tag: str
    values: dict[str, str]


Site = dict[str, list[Part]]
"""The elements of each page by its file name; none for files of other kinds."""


class Parts(HTMLParser):
    """Collects a page's elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(Part(tag, {name: value or "" for name, value in attrs}))


def read_site(folder: Path) -> Site:
    """Read all files of a site."""
    return {
        path.relative_to(folder).as_posix(): (
            Parts(path.read_text("utf-8")).parts if path.suffix == ".html" else []
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
