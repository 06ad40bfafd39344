"""Write a made-up export of resources and names to judge, the same for each seed.

Run: uv run python -m benchmarks.exports FOLDER ROWS
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
    "99920261124",  # no Resource ID of the same export, however large it is
    "sync[1]",
    "two words1",
    "r&d$2026",
    "x" * 40 + "1",
)
_API_SHARE, _FAULT_SHARE, _TWICE_SHARE, _INACTIVE_SHARE = 0.02, 0.1, 0.001, 0.3
_CHUNK = 10_000

# The dense kind. Each doubled name concerns two rows. Case folds these letters in one
# way only, so that no program needs more than that to find the same.
_DOUBLED_SHARE, _ALIKE_SHARE, _BEYOND_SHARE = 0.01, 0.002, 0.02
_ALIKE = str.maketrans("lo1", "10l")
_BEYOND = ("åkesson", "čermák", "müller", "núñez", "sørensen", "ковальчук")
_SHOWN_FIRST = ("Åsa", "Chloé", "Дарина", "Jürgen", "Łucja", "Alex", "Bo", "Chris")
_SHOWN_LAST = (
    "Archer",
    "Baker",
    "Núñez",
    "Sørensen",
    "Ковальчук",
    "Potter, Jr.",
    'Rider ("Bo")',
    "Weaver\nnight desk",
)
_LAST_WEIGHTS = (40, 40, 5, 4, 3, 3, 3, 2)


def write_export(
    folder: Path, rows: int, *, dense: bool = False, seed: int = SEED
) -> tuple[Path, Path]:
    """Write an export and proposed names; return both paths.

    One in fifty resources is an API user and one in ten of these breaks a rule; 30 of
    100 are inactive. One name in a thousand is an earlier one in other case.

    Args:
        folder: Where to write them.
        rows: How many resources there are.
        dense: Two rows of a hundred bear a name twice instead, one of 500 looks like
            another, one username of fifty is beyond ASCII, half of the rows have
            other cells that are, one of ten a quoted cell with a comma, doubled
            quotes or a line end.
        seed: Another one makes other names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kind = "dense" if dense else "sparse"
    export, names = folder / f"{kind}-{rows}.csv", folder / f"{kind}-{rows}-names.txt"
    draw = random.Random(seed)  # noqa: S311  # made-up data, the same each time
    taken: list[str] = []
    lines = (_make_dense_lines if dense else _make_lines)(draw, rows, taken)
    with export.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER + "\n")
        while some := list(islice(lines, _CHUNK)):
            file.writelines(some)
    # No name twice: the audit takes a name that is proposed twice for one.
    held = iter(draw.sample(sorted({name.upper() for name in taken}), PROPOSED // 10))
    proposed = [
        next(held) if at % 10 == 0 else f"{_make_key(draw)}{at}"
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
        else:
            name = _make_name(draw, first, last, at, api=api)
        if len(taken) < _CHUNK:
            taken.append(name)
        mail = f"{first}.{last}.{at}@example.com"
        yield f"{at + 1},{first},{last},{mail},{name},{_make_end(draw, api=api)}"


def _make_dense_lines(
    draw: random.Random, rows: int, taken: list[str]
) -> Iterator[str]:
    for at in range(rows):
        api = draw.random() < _API_SHARE
        chance = draw.random()
        name = _make_name(draw, draw.choice(_FIRST), draw.choice(_LAST), at, api=api)
        if chance < _BEYOND_SHARE:
            name = f"{draw.choice(_BEYOND)}{at}"
        if taken and chance > 1 - _DOUBLED_SHARE - _ALIKE_SHARE:
            # A name is taken once more and never again: most conflicts are of two rows.
            other = taken.pop(draw.randrange(len(taken)))
            doubled = chance > 1 - _DOUBLED_SHARE
            name = other.upper() if doubled else other.translate(_ALIKE)
        elif len(taken) < _CHUNK:
            taken.append(name)
        else:
            taken[draw.randrange(_CHUNK)] = name
        first = draw.choice(_SHOWN_FIRST)
        last = draw.choices(_SHOWN_LAST, _LAST_WEIGHTS)[0]
        cells = (str(at + 1), first, last, f"{at}@example.com", name)
        yield f"{','.join(map(_quote, cells))},{_make_end(draw, api=api)}"


def _make_name(
    draw: random.Random, first: str, last: str, at: int, *, api: bool
) -> str:
    if not api:
        return f"{first[0]}{last}{at}".lower()
    if draw.random() >= _FAULT_SHARE:
        return _make_key(draw)
    name = f"{draw.choice(_FAULTS)}{at}"
    return name.removesuffix(str(at)) if draw.random() < 0.5 else name  # noqa: PLR2004


def _make_end(draw: random.Random, *, api: bool) -> str:
    level, kind = (
        ("Integrations (API-only)", "API User")
        if api
        else ("Technician", "Professional")
    )
    status = "Inactive" if draw.random() < _INACTIVE_SHARE else "Active"
    return f"{level},{kind},{status}\n"


def _quote(cell: str) -> str:
    if any(c in cell for c in ',"\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _make_key(draw: random.Random) -> str:
    return "".join(draw.choices(_KEY, k=14)) + "7"


if __name__ == "__main__":
    for path in write_export(Path(sys.argv[1]), int(sys.argv[2])):
        print(path)
