"""Write a made-up export of resources and names to judge, the same for each seed.

Run: uv run python benchmarks/exports.py FOLDER ROWS
"""

import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

SEED = 20261124
PROPOSED = 1_000
HEADER = "Resource ID,First Name,Last Name,Email Address,Username,Security Level,License Type,Status"
_FIRST = [
    "Alex",
    "Bo",
    "Chris",
    "Dana",
    "Eli",
    "Finn",
    "Gale",
    "Harper",
    "Indra",
    "Jo",
    "Kim",
    "Lee",
    "Mika",
    "Noor",
    "Ola",
]
_LAST = [
    "Archer",
    "Baker",
    "Carver",
    "Draper",
    "Farmer",
    "Gardener",
    "Harper",
    "Ironmonger",
    "Joiner",
    "Keeper",
    "Miller",
    "Naylor",
    "Ostler",
    "Potter",
    "Quilter",
    "Rider",
    "Sawyer",
    "Tanner",
    "Usher",
    "Vintner",
    "Weaver",
]
_KEY = "abcdefghijklmnopqrstuvwxyz0123456789"
_FAULTS = (
    "nodigithere",
    "20261124",
    "sync[1]",
    "two words1",
    "r&d$2026",
    "x" * 40 + "1",
)
_API_SHARE, _FAULT_SHARE, _TWICE_SHARE, _INACTIVE_SHARE = 0.02, 0.1, 0.001, 0.3
_CHUNK = 10_000


def write_export(folder: Path, rows: int, *, seed: int = SEED) -> tuple[Path, Path]:
    """Write an export and proposed names; return both paths.

    One in fifty resources is an API user and one in ten of these breaks a rule; one
    name in a thousand is an earlier one in other case; 30 of 100 are inactive.
    """
    folder.mkdir(parents=True, exist_ok=True)
    export, names = folder / f"export-{rows}.csv", folder / f"names-{rows}.txt"
    draw = random.Random(seed)  # noqa: S311  # made-up data, the same each time
    taken: list[str] = []
    lines = _make_lines(draw, rows, taken)
    with export.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER + "\n")
        while some := list(islice(lines, _CHUNK)):
            file.writelines(some)
    proposed = [
        draw.choice(taken).upper() if at % 10 == 0 else f"{_make_key(draw)}{at}"
        for at in range(PROPOSED)
    ]
    names.write_text("\n".join(proposed) + "\n", encoding="utf-8")
    return export, names


def _make_lines(draw: random.Random, rows: int, taken: list[str]) -> Iterator[str]:
    for at in range(rows):
        first, last = draw.choice(_FIRST), draw.choice(_LAST)
        api = draw.random() < _API_SHARE
        if taken and draw.random() < _TWICE_SHARE:
            name = draw.choice(taken).upper()
        elif api:
            fault = draw.random() < _FAULT_SHARE
            name = f"{draw.choice(_FAULTS)}{at}" if fault else _make_key(draw)
            name = name.removesuffix(str(at)) if fault and draw.random() < 0.5 else name  # noqa: PLR2004
        else:
            name = f"{first[0]}{last}{at}".lower()
        if len(taken) < _CHUNK:
            taken.append(name)
        level, kind = (
            ("Integrations (API-only)", "API User")
            if api
            else ("Technician", "Professional")
        )
        status = "Inactive" if draw.random() < _INACTIVE_SHARE else "Active"
        mail = f"{first}.{last}.{at}@example.com"
        yield f"{at + 1},{first},{last},{mail},{name},{level},{kind},{status}\n"


def _make_key(draw: random.Random) -> str:
    return "".join(draw.choices(_KEY, k=14)) + "7"


if __name__ == "__main__":
    for path in write_export(Path(sys.argv[1]), int(sys.argv[2])):
        print(path)
