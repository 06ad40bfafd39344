"""Write what in the guide comes from the code: `python -m tests.make_pages`.

Some pages are written whole. In the others the text between a mark such as
`<!-- steps create -->` and `<!-- end -->` is written.
"""

import os
import re
import tomllib
from importlib import import_module
from pathlib import Path

from apiuser.cli import build_parser
from apiuser.guide import (
    draw_page,
    render_command_line,
    render_diagnosis,
    render_names,
    render_rules,
    render_steps,
    render_vendors,
    render_words,
)
from apiuser.howto import Job
from apiuser.howto.integrations import load_vendors

DOCS = Path(__file__).parents[1] / "docs"
_MARKED = re.compile(
    r"(<!-- (steps|vendors|names|diagnosis) ?(\S*) -->\n).*?(<!-- end -->)",
    re.DOTALL,
)


def render_pages() -> dict[str, str]:
    """Return the text of each page and picture by its file name."""
    os.environ["COLUMNS"] = "80"  # argparse fits its help to the terminal
    whole = {
        "rules.md": render_rules(),
        "export-words.md": render_words(),
        "command-line.md": render_command_line(build_parser()),
        **{f"assets/page-{job}.svg": draw_page(job) + "\n" for job in Job},
    }
    filled = {
        path.name: _MARKED.sub(_fill, path.read_text(encoding="utf-8"))
        for path in sorted(DOCS.glob("*.md"))
        if path.name not in whole
    }
    return whole | filled


def _fill(mark: "re.Match[str]") -> str:
    begin, kind, name, end = mark.groups()
    if kind == "steps":
        text = render_steps(Job(name))
    elif kind == "diagnosis":
        text = render_diagnosis()
    elif kind == "vendors":
        text = render_vendors(load_vendors(), _read_labels())
    else:
        text = render_names(import_module(name))
    return f"{begin}\n{text.strip()}\n\n{end}"


def _read_labels() -> dict[str, str]:
    return tomllib.loads((DOCS / "labels.toml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    for name, text in render_pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
