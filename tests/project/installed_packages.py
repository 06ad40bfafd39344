"""What an installation brings, and why: read from the remarks of constraints.txt."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def read_reasons() -> dict[str, list[str]]:
    """Return each pinned package with what asks for it."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    reasons: dict[str, list[str]] = {}
    for block in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]:
        asking = re.findall(r"^    #(?: via)? +([\w.-]+)", block, re.MULTILINE)
        known = reasons.setdefault(block.partition("==")[0], [])
        known += [name for name in asking if name not in {*known, "via"}]
    return reasons


def list_asked() -> dict[str, str]:
    """Return what the project itself asks for, with the extra that does."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    asked = {
        name: f"apiuser[{extra}]"
        for extra, part in extras.items()
        for name in _name(part)
    }
    return asked | dict.fromkeys(_name(project["project"]["dependencies"]), "apiuser")


def list_installed() -> dict[str, list[str]]:
    """Return what comes with the package and its extras, with what asks for it."""
    reasons, asked = read_reasons(), list_asked()
    installed: set[str] = set()
    waiting = list(asked)
    while waiting:
        name = waiting.pop()
        if name not in installed:
            installed.add(name)
            waiting += [other for other, names in reasons.items() if name in names]
    return {
        name: [*filter(None, (asked.get(name),))]
        + [other for other in reasons[name] if other in installed]
        for name in sorted(installed)
    }


def render_installed() -> str:
    """Write the packages as a table."""
    rows = (f"| {name} | {', '.join(r)} |" for name, r in list_installed().items())
    return "\n".join(("| package | asked for by |", "| --- | --- |", *rows))


def _name(requirements: list[str]) -> list[str]:
    return [canonicalize_name(Requirement(text).name) for text in requirements]
