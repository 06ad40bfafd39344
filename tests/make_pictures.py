"""Take the guide's pictures of the real forms: `python -m tests.make_pictures`.

The card for shared links is drawn as well, since few places show an SVG.
"""

import os
import sys

import pytest

from tests.browser.browsers import find_browser, open_browser
from tests.guide.pictured_forms import ASSETS, write_hashes


def draw_card() -> None:
    """Draw the card as PNG."""
    path = find_browser()
    assert path, "There is no browser to take pictures with."
    with open_browser(path) as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        page.goto((ASSETS / "card.svg").as_uri())
        page.screenshot(path=ASSETS / "card.png")


if __name__ == "__main__":
    draw_card()
    os.environ["APIUSER_PICTURES"] = str(ASSETS)
    taken = pytest.main(
        [
            "tests/browser",
            "-k",
            "Light or the_verdict_comes_first or beside_the_names",
        ]
    )
    if taken == 0:
        write_hashes()
    sys.exit(taken)
