"""What a person does on a way through the work sheet, counted in the page itself."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.browser.pages import resize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Locator, Page

WIDTHS = (1280, 800, 390)
# Only what a person did is trusted. A press of a pointer is one click, also where it
# leads to a second one, as on the label of a box.
_COUNT = """
() => {
  const walk = { clicks: 0, keys: 0, typed: [] };
  window.apiuserWalk = walk;
  const hear = (name, act) =>
    document.addEventListener(name, event => event.isTrusted && act(event), true);
  hear("pointerdown", () => { walk.clicks += 1; });
  hear("keydown", event => { if (event.altKey && event.code === "KeyC") walk.keys += 1; });
  hear("input", ({ target }) => {
    if (target.type !== "checkbox" && !walk.typed.includes(target.id))
      walk.typed.push(target.id);
  });
}
"""
# Everything that can be read in the sheet, a line for each piece of text: labels, what
# stands in boxes that nobody filled in, the option that is chosen.
_READ = """
sheet => {
  const lines = [];
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const around = node.parentElement;
    if (around.closest(".aus-hidden, option") || !around.checkVisibility()) continue;
    if (node.data.trim()) lines.push(node.data.trim());
  }
  for (const input of sheet.querySelectorAll("input, select, textarea")) {
    if (!input.checkVisibility() || input.closest(".aus-hidden")) continue;
    const text = input.selectedOptions?.[0]?.text ?? (input.value ? "" : input.placeholder);
    if (text) lines.push(text);
  }
  return lines;
}
"""
_FIND_WIDE = """
sheet => [...sheet.querySelectorAll("*")]
  .filter(e => e.checkVisibility() && !e.closest(".aus-hidden"))
  .filter(e => e.getBoundingClientRect().right
    > Math.min(sheet.getBoundingClientRect().right, innerWidth) + 1)
  .map(e => e.outerHTML.slice(0, 120))
"""


@dataclass(slots=True)
class Walk:
    """One way through the sheet.

    Attributes:
        name: What the table calls it.
        page: The page with the sheet.
        sheet: The sheet.
        words: The words that could be read in each stage.
        new: Those of them that did not stand in the stage before.
        hidden: Stages whose primary button was out of view.
        wide: Stages and widths at which something stuck out.
        clicks: Presses of the pointer.
        keys: Presses of Alt+C.
        typed: Fields typed into.
        seconds: How long it took without the time of a person.
    """

    name: str
    page: "Page"
    sheet: "Locator"
    words: dict[str, int] = field(default_factory=dict)
    new: int = 0
    hidden: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    clicks: int = 0
    keys: int = 0
    typed: int = 0
    seconds: float = 0.0
    _seen: set[str] = field(default_factory=set)
    _began: float = 0.0

    def begin(self) -> None:
        """Count from now on."""
        self.page.evaluate(_COUNT)
        self._began = time.monotonic()

    def look(self, stage: str) -> None:
        """Read the stage that is about to be left, and look for its primary button."""
        paused = time.monotonic()
        lines: list[str] = list(dict.fromkeys(self.sheet.evaluate(_READ)))
        self.words[stage] = self.words.get(stage, 0) + _count_words(lines)
        self.new += _count_words([line for line in lines if line not in self._seen])
        self._seen.update(lines)
        if not is_primary_in_view(self.sheet):
            self.hidden.append(stage)
        before = self.page.viewport_size
        for width in WIDTHS[1:]:
            resize(self.page, width)
            if find_wide(self.sheet):
                self.wide.append(f"{stage} at {width}")
        if before:
            self.page.set_viewport_size(before)
        self._began += time.monotonic() - paused

    def end(self) -> None:
        """Take the counts."""
        self.seconds = time.monotonic() - self._began
        counted: dict[str, Any] = self.page.evaluate("() => window.apiuserWalk")
        self.clicks, self.keys = counted["clicks"], counted["keys"]
        self.typed = len(counted["typed"])

    def __str__(self) -> str:
        cells = (
            self.name,
            self.clicks,
            self.keys,
            self.typed,
            self.new,
            sum(self.words.values()),
            f"{self.seconds:.1f}",
            ", ".join(self.hidden) or "none",
            ", ".join(self.wide) or "none",
        )
        return f"| {' | '.join(map(str, cells))} |"


HEAD = (
    "| way | clicks | Alt+C | typed fields | words, each once | words, stage by stage "
    "| seconds | primary button out of view | overflow at 800 and 390 |"
)


def render(walks: "Sequence[Walk]") -> str:
    """Return the table of all ways."""
    lines = [HEAD, "| --- " * HEAD.count(" |") + "|", *map(str, walks)]
    return "\n".join(lines) + "\n"


def is_primary_in_view(sheet: "Locator") -> bool:
    """Tell whether the primary button can be pressed without scrolling."""
    return bool(
        sheet.locator("[data-press=primary]").evaluate(
            """button => {
              const { left, right, top, bottom } = button.getBoundingClientRect();
              const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
              return bottom <= innerHeight && top >= 0 && button.contains(at);
            }"""
        )
    )


def find_wide(sheet: "Locator") -> list[str]:
    """Find what sticks out of the sheet or of the window on the right.

    JupyterLab takes a while to follow the size of its window.
    """
    end = time.monotonic() + 30
    while (wide := list(sheet.evaluate(_FIND_WIDE))) and time.monotonic() < end:
        sheet.page.wait_for_timeout(50)
    return wide


def shoot_stage(page: "Page", sheet: "Locator", name: str, folder: "Path") -> None:
    """Take pictures of a stage in every width."""
    before = page.viewport_size
    for width in WIDTHS:
        resize(page, width)
        sheet.scroll_into_view_if_needed()
        page.screenshot(path=folder / f"{name}-{width}.png")
    if before:
        page.set_viewport_size(before)


def _count_words(lines: "Sequence[str]") -> int:
    return sum(
        any(letter.isalpha() for letter in word)
        for line in lines
        for word in line.split()
    )
