"""The exports of two moments that a person compares, and the outcome."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from apiuser.auditing import Check, Comparison, Progress, check_expected, compare
from apiuser.auditing.checkup.export_files import (
    ExportFile,
    find_typed,
    read_files,
)
from apiuser.auditing.checkup.study import Result, Study
from apiuser.errors import UNKNOWN_EVENT, InputError
from apiuser.files import find_free_name

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome(Result):
    """What the last comparison showed.

    Attributes:
        comparison: What changed; None if a file could not be read.
        refused: The files that could not be read.
        expected: The username that was expected; blank if none was.
        checks: What was expected of it.
    """

    comparison: Comparison | None
    refused: tuple[str, ...] = ()
    expected: str = ""
    checks: tuple[Check, ...] = ()


@dataclass(slots=True, kw_only=True)
class Moments(Study[Outcome]):
    """What one comparison is about, and its outcome.

    Attributes:
        sides: The exports of each moment, by the names that people know them by.
        expected: What is in the box of the name to expect.
    """

    sides: dict[str, dict[str, ExportFile]] = field(
        default_factory=lambda: {BEFORE: {}, AFTER: {}}
    )
    expected: str = ""

    def take(self, moment: str, file: ExportFile) -> None:
        """Put a file into a moment, unless it is there already.

        What was found before says nothing about a new file.

        Raises:
            InputError: It is in the other moment, or there is no such moment.
        """
        if moment not in self.sides:
            raise InputError(UNKNOWN_EVENT)
        for side, files in self.sides.items():
            if any(one.path.resolve() == file.path.resolve() for one in files.values()):
                if side == moment:
                    return
                message = (
                    f"{file.name}: is already under {side.capitalize()}; remove it "
                    "there, or give the export of the other moment."
                )
                raise InputError(message)
        file.name = find_free_name(file.name, {*self.sides[BEFORE], *self.sides[AFTER]})
        file.chosen = file.whole = True
        self.sides[moment][file.name] = file
        self.forget()

    def change(self, event: Mapping[str, object]) -> None:
        """Change the exports of a moment, as a person did in the sheet.

        Args:
            event: `moment` names it, and `do` what is done: `add` (with `path`),
                `remove` (with `name`), `give` (with `name` and `values`).

        Raises:
            ApiuserError: It cannot be done.
        """
        moment = str(event.get("moment"))
        files = self.sides.get(moment, {})
        file = files.get(str(event.get("name")))
        match event.get("do"):
            case "add" if moment in self.sides:
                for found in find_typed(
                    self.folder, str(event.get("path", "")).strip()
                ):
                    self.take(moment, found)
            case "remove" if file:
                del files[file.name]
            case "give" if file:
                file.give(event.get("values"))
            case _:
                raise InputError(UNKNOWN_EVENT)

    @property
    def basis(self) -> object:
        """What a comparison depends on."""
        return tuple(
            tuple(file.basis for file in files.values())
            for files in self.sides.values()
        )


def find_outcome(moments: Moments, progress: Progress) -> Outcome:
    """Read the exports of both moments and compare them; large ones take a while.

    Args:
        moments: What is asked; it is not changed, except for what its files show.
        progress: Told how far the work has got.

    Raises:
        InputError: A moment has no export, or the name to expect is not one.
    """
    start = time.perf_counter()
    expected = moments.expected.strip()
    sides = {side: tuple(files.values()) for side, files in moments.sides.items()}
    for file in chain(*sides.values()):
        file.renew()
    basis = moments.basis
    for moment, files in sides.items():
        if not files:
            message = f"Add an export under {moment.capitalize()}."
            raise InputError(message)
    if expected.startswith("@"):
        message = "The name to expect has nothing before the @. Enter the whole name."
        raise InputError(message)
    total = sum(map(len, sides.values())) + 1
    numbers = iter(range(total))

    def tell(text: str) -> None:
        progress(next(numbers), total, text)

    before, refused = read_files(sides[BEFORE], tell)
    after, refused_after = read_files(sides[AFTER], tell)
    refused += refused_after
    comparison = None
    checks: tuple[Check, ...] = ()
    if not refused:
        tell("comparing")
        comparison = compare(before, after)
        checks = check_expected(comparison, expected) if expected else ()
    return Outcome(
        comparison=comparison,
        refused=tuple(refused),
        expected=expected,
        checks=checks,
        basis=basis,
        seconds=time.perf_counter() - start,
    )
