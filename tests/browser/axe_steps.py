"""What axe finds in a page, light and dark."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.pages import choose_theme, shoot

if TYPE_CHECKING:
    from playwright.sync_api import Page

# While colours change, axe would find those in between.
_RUN = """async ({ within, seen }) => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
  const where = within
    ? document.querySelector(within)
    : { exclude: seen.map((part) => [part]) };
  return axe.run(where, { resultTypes: ["violations"] });
}"""


def prepare_axe(page: "Page", site_parts: Path) -> None:
    """Load what looks for faults, whatever the policy of the page."""
    page.evaluate((site_parts / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))


def list_faults(
    page: "Page", within: str = "", *, seen: Sequence[str] = ()
) -> list[str]:
    """Return the serious faults, each with the first elements that have it.

    Args:
        page: The page, with axe prepared.
        within: The element to look at; blank for the whole page.
        seen: Parts of the page to leave out.
    """
    result = page.evaluate(_RUN, {"within": within, "seen": [*seen]})
    return [
        f"{fault['id']} {[node['html'][:200] for node in fault['nodes'][:3]]}"
        for fault in result["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]


def list_faults_of_sheet(
    page: "Page", name: str, *, widths: Sequence[int] = (1280, 390)
) -> list[str]:
    """Return the serious faults of the sheet in JupyterLab, light and dark.

    Args:
        page: The page, with axe prepared.
        name: What is seen, for the faults and for pictures.
        widths: The widths of the pictures.
    """
    found = []
    for theme in ("Dark", "Light"):
        choose_theme(page, theme)
        shoot(page, f"{name}-{theme.lower()}", widths=widths)
        faults = list_faults(page, ".apiuser-sheet")
        found += [f"{name}, {theme}: {fault}" for fault in faults]
    return found
