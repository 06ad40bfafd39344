"""Write the sample exports: `python tests/make_sample_exports.py notebooks/data`.

Everything in them is made up. The clean pair holds nothing worse than a notice;
the faulty pair holds every finding an audit of so few rows can have.
"""

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

HEADERS = (
    "Resource ID",
    "First Name",
    "Last Name",
    "Email Address",
    "Username",
    "Security Level",
    "License Type",
    "Status",
)
API = ("API User (system) (API-only)", "API User")
PERSON = ("Full Access", "Professional")
CO_MANAGED = ("Co-managed Help Desk", "Co-Managed Help Desk")

WIDE = "".join(chr(ord(c) + 0xFEE0) for c in "bbaker")
"""A name in full-width letters, as an input method for East Asian text gives them."""

PEOPLE = (
    "Ada Archer",
    "Ben Baker",
    "Cora Carter",
    "Dora Dyer",
    "Emil Fisher",
    "Fay Gardner",
    "Gus Hunter",
    "Hedy Joiner",
    "Ian Knight",
    "Jo Mason",
    "Kim Page",
    "Lou Potter",
    "Mia Sawyer",
    "Ned Shepherd",
    "Ora Smith",
    "Pat Tanner",
    "Rae Turner",
    "Sid Weaver",
)
FORMER = ("Tess Wright", "Uma Brewer", "Val Cooper", "Wes Draper", "Zed Fletcher")


def person(
    number: int, name: str, status: str, level: tuple[str, str] = PERSON
) -> tuple[str, ...]:
    """Make the record of an ordinary person."""
    first, last = name.split()
    login = (first[0] + last).lower()
    return (str(number), first, last, f"{login}@example.com", login, *level, status)


def api(
    number: int,
    name: str,
    username: str,
    status: str,
    *,
    email: str = "integrations@example.com",
) -> tuple[str, ...]:
    """Make the record of an API user."""
    return (str(number), name, "Integration", email, username, *API, status)


CLEAN_ACTIVE = [
    *(person(at, name, "Active") for at, name in enumerate(PEOPLE, start=101)),
    person(120, "Quinn Client", "Active", CO_MANAGED),
    api(201, "Presh", "presh7k2m9x4q3w5@sample.example.com", "Active"),
    api(202, "Documents", "w3kq82xvn5t7r4d@sample.example.com", "Active"),
    api(203, "Backup", "backup-2026.msp@sample.example.com", "Active"),
]
CLEAN_INACTIVE = [
    *(person(at, name, "Inactive") for at, name in enumerate(FORMER, start=301)),
    api(401, "Old Sync", "sync4office@sample.example.com", "Inactive"),
]
FAULTY_ACTIVE = [
    *(person(at, name, "Active") for at, name in enumerate(PEOPLE[:8], start=101)),
    api(201, "Presh", "presh7k2m9x4q3w5", "Active"),
    api(202, "Nameless", "", "Active"),
    api(203, "Digits", "20261124", "Active"),
    api(204, "Letters", "backupuser", "Active"),
    api(205, "Forbidden", "sync[1]", "Active"),
    api(206, "Blank", "sync 2 office", "Active"),
    api(207, "Accent", "café2go", "Active"),
    api(208, "Long", "integration4documents2026archive1", "Active"),
    api(209, "Backup", "backup01@sample.example.com", "Active"),
    api(210, "Backup", "backup0l@sample.example.com", "Active"),
    api(211, "Sync", "sync4office@sample.example.com", "Active"),
    api(
        212,
        "Address",
        "alerts24@example.com",
        "Active",
        email="Alerts24@example.com",
    ),
    api(213, "Fragile", "=r&d$2026", "Active"),
    api(214, "Two At", "rmm2@sample@example.com", "Active"),
    api(215, "Twice", "ticket5desk@sample.example.com", "Active"),
    api(216, "Twice", "Ticket5Desk@sample.example.com", "Active"),
]
# The Status column was not shown when this one was exported, and two records say
# nothing about the kind of user.
FAULTY_INACTIVE = [
    *(person(at, name, "")[:-1] for at, name in enumerate(FORMER[:3], start=301)),
    ("304", "Old", "Import", "", "aarcher", "", ""),
    ("305", "Old", "Import", "", WIDE, "", ""),
    api(401, "Old Presh", "PRESH7K2M9X4Q3W5", "")[:-1],
    api(402, "Old Sync", "sync4office@former.example.com", "")[:-1],
    # The same resource as in the other export: no conflict.
    api(209, "Backup", "backup01@sample.example.com", "")[:-1],
]


def write(
    path: Path,
    headers: Sequence[str],
    records: Sequence[Sequence[str]],
    *,
    encoding: str,
    delimiter: str,
) -> None:
    """Write one export as bytes."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(records)
    path.write_bytes(text.getvalue().encode(encoding))


def main(folder: Path) -> None:
    """Write all four."""
    comma = {"encoding": "utf-8-sig", "delimiter": ","}
    write(folder / "sample-active.csv", HEADERS, CLEAN_ACTIVE, **comma)
    write(folder / "sample-inactive.csv", HEADERS, CLEAN_INACTIVE, **comma)
    write(folder / "sample-faulty-active.csv", HEADERS, FAULTY_ACTIVE, **comma)
    write(
        folder / "sample-faulty-inactive.csv",
        HEADERS[:-1],
        FAULTY_INACTIVE,
        encoding="utf-16",
        delimiter="\t",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
