"""Print what is said of exports as people have them: `python -m tests.make_case_table`.

Each case is a file, or several, with what the code once said, what is due, and what it
says now. What is due stands in tests/data/cases.toml, and the tests compare it.
"""

import contextlib
import io
import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apiuser.cli import main

DATA = Path(__file__).parent / "data"
NINE = {"USR007": 4, "USR003": 1, "HYG002": 2}
Case = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the command says: its numbers, and all of its sentences as one text."""

    exit: int
    records: int
    unreadable: int
    proved: bool | None
    codes: dict[str, int]
    said: str


def read_cases() -> list[Case]:
    """Return all cases, with what the nine resources stand for written out."""
    text = (DATA / "cases.toml").read_text("utf-8")
    cases: list[Case] = tomllib.loads(text)["case"]
    for case in cases:
        if case.get("nine"):
            case |= {"exit": 1, "records": 9, "proved": True, "codes": NINE}
    return cases


def ask(case: Case) -> Answer:
    """Audit the files of a case."""
    options = [*case.get("options", [])]
    if "--co-managed" in options:
        options.remove("--co-managed")
    else:
        options.append("--no-co-managed")
    paths = [str(DATA / "cases" / name) for name in case["files"]]
    words = ["--tenants", *paths] if case.get("tenants") else paths
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["audit", "--json", *words, *options])
    if not out.getvalue():
        return Answer(
            exit=code,
            records=0,
            unreadable=0,
            proved=None,
            codes={},
            said=err.getvalue(),
        )
    value = json.loads(out.getvalue())
    (report,) = value.get("tenants", [value])
    files = report["files"]
    with contextlib.redirect_stdout(out):
        main(["audit", *words, *options])
    return Answer(
        exit=code,
        records=sum(file["records"] for file in files),
        unreadable=sum(len(file["unreadable"]) for file in files),
        proved=report["proved"],
        # What the level of API users is like depends on the columns, not on the kind.
        codes={c: n for c, n in report["counts"].items() if c != "HYG001"},
        said=out.getvalue(),
    )


def _describe(numbers: Case | Answer) -> str:
    """Return records, codes and proof in few words."""
    value = numbers if isinstance(numbers, dict) else as_case(numbers)
    if value["exit"] == 3 and not value.get("records") and not value.get("tenants"):
        return "refused"
    parts = [f"{value['records']} records"] if "records" in value else []
    parts += [f"{n} {code}" for code, n in sorted(value.get("codes", {}).items())]
    proved = value.get("proved")
    parts += [] if proved is None else ["proved" if proved else "not proved"]
    return ", ".join(parts)


def as_case(answer: Answer) -> Case:
    """Return an answer as a case has it."""
    return {name: getattr(answer, name) for name in Answer.__slots__}


def is_due(case: Case, answer: Answer) -> bool:
    """Tell whether an answer is the one that is due."""
    found = as_case(answer)
    numbers = ("exit", "records", "unreadable", "proved", "codes")
    return all(found[name] == case[name] for name in numbers if name in case) and all(
        text in answer.said for text in case.get("said", [])
    )


def render() -> str:
    """Return the table in Markdown."""
    rows = [
        "| file | shape | once | due | now | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for case in read_cases():
        answer = ask(case)
        due = "; ".join([_describe(case), *case.get("said", [])])
        rows.append(
            f"| {', '.join(case['files'])} | {case['shape']} | {case['was']} | {due} "
            f"| {_describe(answer)} | {'as due' if is_due(case, answer) else 'NOT AS DUE'} |"
        )
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
