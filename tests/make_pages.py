"""Write the pages that come from the code: `python -m tests.make_pages`."""

import os
from pathlib import Path

from apiuser.cli import build_parser
from apiuser.reference import render_command_line, render_rules

DOCS = Path(__file__).parents[1] / "docs"


def render_pages() -> dict[str, str]:
    """Return each page's text by its file name."""
    os.environ["COLUMNS"] = "80"  # argparse fits its help to the terminal
    return {
        "rules.md": render_rules(),
        "command-line.md": render_command_line(build_parser()),
    }


if __name__ == "__main__":
    for name, text in render_pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
