"""Take the guide's pictures of the real forms: `python -m tests.make_pictures`.

The card for shared links is drawn as well, since few places show an SVG.
The key in the form is another one each time, so its pictures stay if nothing else in
them changed; delete them to have them taken all the same.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.browser.browsers import find_browser, open_browser
from tests.guide.pictured_forms import ASSETS, hash_forms, read_hashes, write_hashes


def draw_card() -> None:
    """Draw the card as PNG."""
    path = find_browser()
    assert path, "There is no browser to take pictures with."
    with open_browser(path) as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        page.goto((ASSETS / "card.svg").as_uri())
        page.screenshot(path=ASSETS / "card.png")


def read_current(name: str) -> dict[Path, bytes]:
    """Return the pictures of a form that shows what it did when they were taken."""
    if read_hashes().get(name) != hash_forms()[name]:
        return {}
    return {path: path.read_bytes() for path in ASSETS.glob(f"{name}-*.png")}


if __name__ == "__main__":
    draw_card()
    current = read_current("create-form")
    os.environ["APIUSER_PICTURES"] = str(ASSETS)
    taken = pytest.main(
        [
            "tests/browser",
            "-k",
            "Light or the_verdict_comes_first or beside_the_names",
        ]
    )
    if taken == 0:
        for path, picture in current.items():
            path.write_bytes(picture)
        write_hashes()
    sys.exit(taken)
