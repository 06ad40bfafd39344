"""What a form asks about an export that cannot be read as it is, beside that file."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from apiuser.errors import ApiuserError, InputError, Remedy
from apiuser.exports.read_options import ReadOptions

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "encoding": "Encoding",
        "column": "Username column",
        "skip_lines": "Lines before the header",
        "max_columns": "Most columns",
        "max_cell": "Most characters in a cell",
        "max_unpacked": "Most bytes unpacked",
        "max_size": "Most bytes",
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
_NUMBERS = {option.name for option in fields(ReadOptions) if option.type is int}
_MOST_DIGITS = 15


def list_asks(error: ApiuserError, given: Iterable[str]) -> tuple[str, ...]:
    """Return the options to ask for: what would allow a file, and what was given."""
    named = (*(remedy.option for remedy in error.remedies), *given)
    return tuple(option for option in _LABELS if option in named)


def explain_in_fields(error: ApiuserError) -> str:
    """Say what is wrong with a file, and which field beside it would allow it."""
    said = error.explain(_name_field)
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
            "choices": [list(one) for one in _ENCODINGS]
            if option == "encoding"
            else [],
        }
        for option in options
    ]


def take_options(given: Mapping[str, str]) -> ReadOptions:
    """Return how to read a file, by what a person typed beside it.

    Raises:
        InputError: A number is none.
    """
    options: dict[str, Any] = {}
    for name, label in _LABELS.items():
        text = given.get(name, "").strip()
        if not text:
            continue
        if name in _NUMBERS:
            if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
                message = f"Enter “{label}” as a whole number, such as 2."
                raise InputError(message)
            options[name] = int(text)
        else:
            options[name] = text
    return ReadOptions(**options)


def _name_field(remedy: Remedy) -> str:
    label = _LABELS.get(remedy.option)
    if label is None:
        return f"apiuser audit --{remedy.option.replace('_', '-')}"
    shown = "" if remedy.value is None else f"{remedy.value} in "
    return f"{shown}the field “{label}”"
