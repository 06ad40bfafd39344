"""Time the start of the command and of the forms against what they cannot do without.

`apiuser check NAME` is held against a bare interpreter start, and importing the
forms against importing the widget packages they are made of. All four run in turns.
The processor's time counts, for it changes less with what else the machine does;
the time on the clock is printed beside it.

Run: uv run python -m benchmarks.startup [ROUNDS]
"""

import sys

from benchmarks.measuring import Measured, apiuser, measure

CHECK, FORMS = 4.0, 1.3
"""The most that each may take, as a multiple of its peer."""


def main() -> int:
    """Print medians and ratios; exit 1 above a target."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else 40
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "apiuser check NAME": apiuser("check", "presh2integration@example.com"),
        "import the widgets": [sys.executable, "-c", "import ipywidgets, anywidget"],
        "import the forms": [
            sys.executable,
            "-c",
            "from apiuser.forms import show_checklist",
        ],
    }
    measured = {name: Measured() for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            taken = measure(command)
            if taken.ended:
                sys.exit(f"{name}: ended with {taken.ended}")
            if turn:  # the first compiles
                measured[name].runs.append(taken)
    for name, one in measured.items():
        print(
            f"{name:19} {one.seconds * 1e3:6.1f} ms, processor {one.busy * 1e3:6.1f} ms"
        )
    bare, check, widgets, forms = measured.values()
    good = [_compare("check", check, bare, CHECK)]
    good.append(_compare("forms", forms, widgets, FORMS))
    return int(not all(good))


def _compare(name: str, ours: Measured, theirs: Measured, most: float) -> bool:
    clock, processor = ours.seconds / theirs.seconds, ours.busy / theirs.busy
    print(
        f"{name} ratio {processor:5.2f}, on the clock {clock:5.2f}"
        f"   (target: at most {most})"
    )
    return processor <= most


if __name__ == "__main__":
    sys.exit(main())
