"""The sketch of Autotask's page has room for its words in a wide font."""

from typing import TYPE_CHECKING

import pytest

from apiuser.guide import draw_page
from apiuser.howto import Job

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDE = ".apiuser-picture{font-family:'DejaVu Sans',Verdana,sans-serif!important}"
LEAST = 2
"""How far words are from a border at the least, in the units of the picture."""
# Words are in a shape or outside it, and never cross or touch its border.
CROSSING = """least => {
    const shapes = [...document.querySelectorAll("rect, circle:not(.dot)")];
    const found = [];
    for (const text of document.querySelectorAll("text")) {
        const { x, y, width, height } = text.getBBox();
        if (!width) continue;
        for (const shape of shapes) {
            const box = shape.getBBox();
            if (y > box.y + box.height || y + height < box.y) continue;
            const [left, right] = [box.x, box.x + box.width];
            const inside = x >= left + least && x + width <= right - least;
            const outside = x + width <= left - least || x >= right + least;
            if (!inside && !outside) found.push(text.textContent);
        }
    }
    return found;
}"""


@pytest.mark.parametrize("job", Job)
def test_no_word_of_the_sketch_touches_a_border(browser: "Browser", job: Job) -> None:
    page = browser.new_page()
    page.set_content(draw_page(job))
    page.add_style_tag(content=WIDE)

    crossing = page.evaluate(CROSSING, LEAST)

    page.close()
    assert crossing == []
