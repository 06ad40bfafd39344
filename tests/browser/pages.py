"""What the browser tests do with a page of JupyterLab."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

SCREEN: "ViewportSize" = {"width": 1280, "height": 900}
PATIENCE = 120_000
"""Milliseconds: a machine with other work starts a kernel late."""

_IS_OPEN = """([name, mode]) => {
  const { context, sessionContext } = window.jupyterapp?.shell?.currentWidget ?? {};
  return location.pathname.startsWith(`/${mode}/`) && context?.path === name
    && Boolean(sessionContext.session?.kernel);
}"""

_LAID_OUT = """width => new Promise((done) => {
  let former = "";
  let same = 0;
  const look = () => {
    const parts = [...document.querySelectorAll(".jp-MainAreaWidget, .apiuser-sheet")];
    const now = JSON.stringify(parts.map((part) => part.getBoundingClientRect()));
    same = now === former && innerWidth === width ? same + 1 : 0;
    former = now;
    if (same < 10) requestAnimationFrame(look);
    else done(null);
  };
  look();
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """A running JupyterLab: its address, its token and the folder it shows."""

    url: str
    token: str
    folder: Path


def prepare_page(page: "Page", lab: Lab) -> None:
    """Log in."""
    page.set_default_timeout(PATIENCE)
    page.request.get(f"/api/status?token={lab.token}")


def write_notebook(lab: Lab, name: str, cells: Sequence[str]) -> None:
    """Write a notebook of code cells into the folder of the lab."""
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3",
                "language": "python",
            }
        },
        "cells": [
            {
                "id": f"cell-{number}",
                "cell_type": "code",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
            for number, source in enumerate(cells)
        ],
    }
    (lab.folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def open_notebook(
    page: "Page", name: str, *, theme: str = "Light", mode: str = "lab"
) -> None:
    """Open a notebook of the lab's folder, in a mode of JupyterLab, with a new kernel.

    Where JupyterLab is open it stays, for it takes longer to load than all else.
    """
    close_notebook(page)
    if (
        mode == "lab"
        and page.evaluate("() => !!window.jupyterapp")
        and "/lab" in page.url
    ):
        run_command(page, "docmanager:open", {"path": name})
    else:
        page.goto(f"/{mode}/tree/{name}?reset")
    page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.sessionContext"
        "?.session?.kernel?.status === 'idle'"
    )
    choose_theme(page, theme)


def renew_notebook(
    page: "Page", name: str, *, theme: str = "Light", mode: str = "lab"
) -> None:
    """Open a notebook, or clear its outputs if it is open, and run all its cells.

    Its sheet is made anew in the kernel that is there, which takes a second, not five.
    """
    if page.evaluate(_IS_OPEN, [name, mode]):
        run_command(page, "notebook:clear-all-cell-outputs")
        choose_theme(page, theme)
    else:
        open_notebook(page, name, theme=theme, mode=mode)
    run_all(page)


def choose_theme(page: "Page", theme: str) -> None:
    """Choose JupyterLab's light or dark theme, and wait until it is there."""
    run_command(page, "apputils:change-theme", {"theme": f"JupyterLab {theme}"})
    page.locator(f"body[data-jp-theme-light={str(theme == 'Light').lower()}]").wait_for(
        state="attached"
    )


def run_command(page: "Page", command: str, options: object = None) -> None:
    """Run one of JupyterLab's commands and wait until it has ended."""
    page.evaluate(
        "([command, options]) => window.jupyterapp.commands.execute(command, options)"
        ".then(() => null)",
        [command, options or {}],
    )


def run_all(page: "Page") -> None:
    """Run all cells, as Run > Run All Cells does, and wait for the last one."""
    run_command(page, "notebook:run-all-cells")


def save(page: "Page") -> None:
    """Save the notebook."""
    run_command(page, "docmanager:save")


def count_cells(page: "Page") -> int:
    """Return the number of cells of the open notebook."""
    return int(
        page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
        )
    )


def end_kernel(page: "Page") -> None:
    """Shut down the kernel of the open notebook, where there is one."""
    page.evaluate(
        "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.shutdown()"
    )


def close_notebook(page: "Page") -> None:
    """Close what is open, and its kernel, as if the page were new."""
    end_kernel(page)
    leave_notebook(page)


def leave_notebook(page: "Page") -> None:
    """Close what is open, and leave its kernel."""
    page.evaluate(
        "() => { for (const one of [...(window.jupyterapp?.shell.widgets('main') ?? [])])"
        " one.dispose(); window.jupyterapp && sessionStorage.clear(); }"
    )


def resize(page: "Page", width: int, height: int = 900) -> None:
    """Give the window a size, and wait until it is laid out.

    JupyterLab lays its panels out some frames after the window has changed.
    """
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(_LAID_OUT, width)


def shoot(page: "Page", name: str, *, widths: Sequence[int] = (1280, 800)) -> None:
    """Take pictures of the form in the page, where APIUSER_SHOTS names a folder."""
    folder = os.environ.get("APIUSER_SHOTS")
    if not folder:
        return
    before = page.viewport_size
    for width in widths:
        # The form is measured at its width, then the window made as high as it needs.
        resize(page, width)
        form = page.locator(".apiuser-sheet").first
        height = form.evaluate("form => Math.ceil(form.getBoundingClientRect().height)")
        resize(page, width, height + 500)
        form.scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / f"{name}-{width}.png")
    if before:
        page.set_viewport_size(before)


def depict(page: "Page", name: str) -> None:
    """Take the guide's pictures of the form, where APIUSER_PICTURES names a folder."""
    folder = os.environ.get("APIUSER_PICTURES")
    if not folder:
        return
    before = page.viewport_size
    form = page.locator(".apiuser-sheet").first
    resize(page, 1280)
    height = form.evaluate("form => Math.ceil(form.getBoundingClientRect().height)")
    resize(page, 1280, height + 500)
    for theme in ("Dark", "Light"):
        choose_theme(page, theme)
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        form.scroll_into_view_if_needed()
        form.screenshot(path=Path(folder) / f"{name}-{theme.lower()}.png")
    if before:
        page.set_viewport_size(before)
