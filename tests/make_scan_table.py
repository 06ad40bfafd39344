"""Write docs/scan-table.md, what the scan finds: `python -m tests.make_scan_table`."""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from apiuser.leaks import Leak, scan_unknown
from tests.leaks.clean_notebooks import make_clean
from tests.leaks.leaking_notebooks import make_leaking
from tests.leaks.notebook_parts import Part

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "scan-table.md"
_HEAD = """# What the scan finds

`apiuser scan` without `--secret`, on notebooks that a script makes: {leaking} with a made-up secret left in them, and {clean} without one, full of what looks like one at a glance.
The search was improved with these notebooks, so they show what it knows, not how well it does on others.
Written by `python -m tests.make_scan_table`.
"""


def scan(notebook: Part) -> tuple[Leak, ...]:
    """Return what is found in one notebook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.ipynb"
        path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
        return scan_unknown([path]).leaks


def render() -> str:
    """Return the page."""
    clean, leaking = make_clean(), make_leaking()
    head = _HEAD.format(leaking=len(leaking), clean=len(clean))
    tables = (
        *_write_table("A secret left in", "found in", leaking, "nothing"),
        *_write_table("No secret in", "alarm", clean, "none"),
    )
    return "\n".join((head, *tables, ""))


def _write_table(
    title: str, found: str, notebooks: Mapping[str, Part], nothing: str
) -> Iterator[str]:
    hits = {name: scan(notebook) for name, notebook in notebooks.items()}
    yield f"| {title} | {found} |\n| --- | --- |"
    for name, leaks in hits.items():
        yield f"| {name} | {'; '.join(_name(leak) for leak in leaks) or nothing} |"
    yield f"\n{sum(map(bool, hits.values()))} of {len(hits)}.\n"


def _name(leak: Leak) -> str:
    # The ids of widgets are drawn anew each time.
    words = leak.place.split()
    return " ".join(w for w in words if len(w.strip(",")) != len("0" * 32))


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} is written.\n")
