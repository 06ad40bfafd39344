"""What a form asks beside an export: how to read it, and what it does not say."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from apiuser.errors import ApiuserError, InputError, Remedy
from apiuser.exports.headers import KIND_ROLES, TELLING_ROLES
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.resources import HALVES, ResourceTable

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "encoding": "Encoding",
        "column": "Username column",
        "no_header": "First line",
        "skip_lines": "Lines before the header",
        "max_columns": "Most columns",
        "max_records": "Most records",
        "max_cell": "Most characters in a cell",
        "max_unpacked": "Most bytes unpacked",
        "max_size": "Most bytes",
        "status": "Status column",
        "license_type": "Licence type column",
        "security_level": "Security level column",
        "half": "Which half is it?",
    }
)
_ENCODINGS = (
    ("", "Unicode"),
    ("cp1252", "Western European (cp1252)"),
    ("cp1250", "Central European (cp1250)"),
    ("iso8859-1", "Latin 1 (iso8859-1)"),
    ("utf-16-le", "UTF-16, little endian"),
    ("utf-16-be", "UTF-16, big endian"),
)
_FIRST_LINE = (("", "Holds the headers"), ("yes", "Is a record"))
_HALF = (("", "Not said"), *((word, word.capitalize()) for word in HALVES))
_CHOICES = {"encoding": _ENCODINGS, "no_header": _FIRST_LINE, "half": _HALF}
_NUMBERS = {option.name for option in fields(ReadOptions) if option.type is int}
_MOST_DIGITS = 15


def list_asks(
    error: ApiuserError, given: Iterable[str], roles: Iterable[str] = ("status",)
) -> tuple[str, ...]:
    """Return the options to ask for: what would allow a file, and what was given.

    Args:
        error: Why it cannot be read as it is.
        given: The options that were given.
        roles: The columns that matter besides the usernames; if one has to be named,
            the others may have to be, too.
    """
    named = {*(remedy.option for remedy in error.remedies), *given}
    named.update(roles if "column" in named else ())
    return sort_options(named)


def list_lacking(table: ResourceTable, given: Iterable[str]) -> tuple[str, ...]:
    """Return what to ask after a file was read: the half, and which columns are which.

    These are columns that say nothing, or of which two contradict each other.

    Args:
        table: What was read.
        given: The options that were given.
    """
    further = len(table.headers) > 1 + len(table.columns)  # one of these may be it
    lacking = {role for role in TELLING_ROLES if further and role not in table.columns}
    if not table.columns.keys().isdisjoint(KIND_ROLES):
        lacking -= {*KIND_ROLES}
    if table.lacks_status and "status" not in table.rivals:
        lacking.add("half")
    rivals = ["column" if one == "username" else one for one in table.rivals]
    return sort_options({*given, *lacking, *rivals})


def sort_options(named: Collection[str]) -> tuple[str, ...]:
    """Return options in the order in which a form asks for them."""
    return tuple(option for option in _LABELS if option in named)


def explain_in_fields(error: ApiuserError) -> str:
    """Say what is wrong with a file, beside it, and which field would allow it."""
    said = error.explain(_name_field, named=False)
    # An option to be copied ends its sentence without a full stop; a field does not.
    return f"{said}." if said.endswith("”") else said


def describe_asks(
    options: tuple[str, ...], given: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Describe the fields that a form shows beside a file.

    Args:
        options: What is asked for.
        given: What a person gave before.
    """
    return [
        {
            "option": option,
            "label": _LABELS[option],
            "value": given.get(option, ""),
            "choices": [list(one) for one in _CHOICES.get(option, ())],
        }
        for option in options
    ]


def take_options(given: Mapping[str, str]) -> ReadOptions:
    """Return how to read a file, from what a person typed beside it.

    Raises:
        InputError: What was typed for a number is not one.
    """
    options: dict[str, Any] = {"columns": {}}
    for name, label in _LABELS.items():
        text = given.get(name, "").strip()
        if not text or name == "half":  # which is about what was read
            continue
        if name in _NUMBERS:
            if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
                message = f"Enter “{label}” as a whole number, such as 2."
                raise InputError(message)
            options[name] = int(text)
        elif name in TELLING_ROLES:
            options["columns"][name] = text
        elif name == "no_header":
            options[name] = True
        else:
            options[name] = text
    return ReadOptions(**options)


def _name_field(remedy: Remedy) -> str:
    shown = "" if remedy.value is None else f"{remedy.value} in "
    return f"{shown}the field “{_LABELS[remedy.option]}”"
