"""Pages quote claims that are defined once, each with its sources and certainty."""

import re
from collections import Counter
from pathlib import Path

import pytest

from apiuser.guide import Claim, join_claims, name_sources, read_claims
from docs.hooks import CERTAINTIES, read_sources
from tests.make_pages import DOCS

TEXT = (DOCS / "claims.toml").read_text(encoding="utf-8")
CLAIMS = read_claims(TEXT, read_sources())
WRITTEN = re.compile(r"<!-- (?:steps|vendors|diagnosis)\b.*?<!-- end -->", re.DOTALL)
MARK = re.compile(r"\[\[(claim: )?([^\]]*)\]\]")
# Pages with tables and lists of who says what, which name the source itself.
WHO_SAYS_WHAT = {"levels.md", "unknown.md", "vendors.md"}
PAGES = sorted(
    path
    for path in DOCS.glob("*.md")
    if path.name not in {"contributing.md", "python.md"}
)


def read_marks(name: str) -> list[tuple[str, str]]:
    """Return the marks that a page has by hand, in its own order."""
    return MARK.findall(WRITTEN.sub("", (DOCS / name).read_text(encoding="utf-8")))


def test_each_claim_is_defined_once_with_its_sources() -> None:
    said = Counter(claim.says for claim in CLAIMS.values())

    assert [text for text, times in said.items() if times > 1] == []
    assert [name for name, claim in CLAIMS.items() if not claim.sources] == []
    certainties = {claim.certainty for claim in CLAIMS.values()}
    assert certainties <= {"high", *CERTAINTIES}


def test_each_claim_is_quoted_and_each_quotation_is_a_claim() -> None:
    quoted = {
        name.strip()
        for page in PAGES
        for claim, names in read_marks(page.name)
        if claim
        for name in names.split(",")
    }

    assert sorted(quoted ^ set(CLAIMS)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_page_gives_a_certainty_of_its_own(page: Path) -> None:
    others = [mark for claim, mark in read_marks(page.name) if not claim]

    if page.name in WHO_SAYS_WHAT:
        assert [mark for mark in others if ":" in mark] == []
    else:
        assert set(others) <= {"advice", "unknown"}


def test_a_claim_is_as_certain_as_its_weakest_source() -> None:
    text = """
        [a]
        says = "A."
        sources = ["how_to", "grid_export"]
        [b]
        says = "B."
        sources = ["how_to"]
        certainty = "inferred"
    """

    claims = read_claims(text, name_sources())

    assert claims["a"].certainty == "medium"
    assert join_claims(claims.values()) == Claim(
        says="A. B.", certainty="inferred", sources=("how_to", "grid_export")
    )


def test_a_claim_of_the_how_to_has_its_certainty_and_sources() -> None:
    claims = read_claims('[a]\nnote = "Colleagues with the same right"', {})

    assert claims["a"].certainty == "inferred"
    assert claims["a"].sources == ("activate", "inference")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ('[a]\nsays = "A."\nsources = ["hearsay"]', "there is no source"),
        ('[a]\nnote = "Nobody says this"', "0 statements begin with"),
        ('[a]\nnote = "A"', "statements begin with"),
    ],
)
def test_a_claim_without_its_source_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(ValueError, match=refusal):
        read_claims(text, name_sources())


def test_the_sources_that_were_read_are_called_stored_copies() -> None:
    assert "stored copy, read on" in (DOCS / "rules.md").read_text(encoding="utf-8")
