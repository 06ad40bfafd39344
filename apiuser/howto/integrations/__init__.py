"""Integration presets: what one integration wants entered, as checked TOML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from apiuser.errors import IntegrationError
from apiuser.files import parse_toml, read_whole
from apiuser.rules.catalogue.identity_rules import LONGEST_NAME
from apiuser.rules.catalogue.secret_rules import LONGEST_SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailChoice:
    """One address that may be entered; blank where the consultant makes one up."""

    label: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a preset comes from."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """What one integration wants entered on the API user page.

    Attributes:
        vendor: The label to pick as integration vendor; blank where `custom`.
        custom: Whether it goes by a custom tracking identifier instead.
        summary: What a choice between presets says of this one.
        secret_limit: The longest secret the target application takes, in
            characters; None where it states no limit.
    """

    name: str
    title: str
    first_name: str
    last_name: str
    custom: bool
    email_advice: str
    level_advice: str
    summary: str = ""
    vendor: str = ""
    secret_limit: int | None = None
    email_choices: tuple[EmailChoice, ...] = ()
    sources: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A label of the vendor list, and other names people look for."""

    label: str
    aliases: tuple[str, ...] = ()


_TEXTS = ("name", "title", "first_name", "last_name", "email_advice", "level_advice")
_KEYS: Mapping[str, tuple[type, str]] = MappingProxyType(
    dict.fromkeys(_TEXTS, (str, "text in quotes"))
    | {
        "custom": (bool, "true or false"),
        "summary": (str, "text in quotes"),
        "vendor": (str, "text in quotes"),
        "secret_limit": (int, f"a whole number from 1 to {LONGEST_SECRET}"),
        "email_choices": (list, "tables headed [[email_choices]]"),
        "sources": (list, "tables headed [[sources]]"),
    }
)
_REQUIRED = (*_TEXTS, "custom")


def read_integration(path: str | Path) -> Integration:
    """Read a preset from a TOML file.

    Raises:
        AccessError: The file cannot be read.
        IntegrationError: It is not TOML or not a preset; the message names the
            file, each key that is wrong, and what is expected there.
    """
    return _parse(read_whole(path), str(path))


def build_integration(values: Mapping[str, Any], place: str) -> Integration:
    """Build a preset from its keys and values.

    Args:
        values: What a preset file holds; None stands for a key left out.
        place: Where the values come from, for the message.

    Raises:
        IntegrationError: A key is missing, unknown or of another type.
    """
    values = {key: value for key, value in values.items() if value is not None}
    problems = [*_find_problems(values)]
    if problems:
        message = f"{place}: {'; '.join(problems)}."
        raise IntegrationError(message)
    choices = [EmailChoice(**choice) for choice in values.pop("email_choices", [])]
    sources = [Reference(**source) for source in values.pop("sources", [])]
    return Integration(email_choices=tuple(choices), sources=tuple(sources), **values)


@cache
def load_integrations() -> Mapping[str, Integration]:
    """Load the presets of this package, the default one first."""
    folder = files("apiuser.howto.integrations")
    names = ("presh-zapier", "vendor", "custom")
    return MappingProxyType(
        {
            name: _parse((folder / f"{name}.toml").read_bytes(), f"{name}.toml")
            for name in names
        }
    )


@cache
def load_vendors() -> tuple[Vendor, ...]:
    """Load the vendor labels that guides name, in alphabetical order."""
    data = (files("apiuser.howto.integrations") / "vendors.toml").read_bytes()
    return tuple(
        Vendor(label=row["label"], aliases=tuple(row["aliases"]))
        for row in parse_toml(data, "vendors.toml", IntegrationError)["vendors"]
    )


def find_vendors(text: str) -> tuple[Vendor, ...]:
    """Find the vendors whose label or alias holds a text, whatever its case."""
    wanted = text.strip().casefold()
    return tuple(
        vendor
        for vendor in load_vendors()
        if any(wanted in name.casefold() for name in (vendor.label, *vendor.aliases))
    )


def _parse(data: bytes, place: str) -> Integration:
    return build_integration(parse_toml(data, place, IntegrationError), place)


def _find_problems(values: dict[str, object]) -> Iterator[str]:
    yield from (f"{key} is unknown" for key in values if key not in _KEYS)
    for key, (kind, expected) in _KEYS.items():
        if key not in values:
            if key in _REQUIRED:
                yield f"{key} is missing; write {expected}"
        elif type(values[key]) is not kind:
            yield f"{key} must be {expected}"
    limit = values.get("secret_limit")
    if type(limit) is int and not 1 <= limit <= LONGEST_SECRET:
        yield f"secret_limit must be {_KEYS['secret_limit'][1]}"
    for key in ("first_name", "last_name"):
        name = values.get(key)
        if isinstance(name, str) and len(name) > LONGEST_NAME:
            yield f"{key} must have at most {LONGEST_NAME} characters"
    custom, vendor = values.get("custom"), values.get("vendor", "")
    if custom is False and "vendor" not in values:
        yield "vendor is missing; write the label of the vendor list, or custom = true"
    if custom is True and vendor:
        yield "vendor must be left out where custom is true"
    yield from _find_row_problems(
        values.get("email_choices"), "email_choices", "address"
    )
    yield from _find_row_problems(values.get("sources"), "sources", "url")


def _find_row_problems(rows: object, key: str, optional: str) -> Iterator[str]:
    required = "label" if key == "email_choices" else "title"
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        if not isinstance(row, dict):
            yield f"{key} must be tables headed [[{key}]]"
        elif not isinstance(row.get(required), str):
            yield f"{required} in [[{key}]] number {number} must be text in quotes"
        else:
            yield from (
                f"{name} in [[{key}]] number {number} must be text in quotes"
                for name, value in row.items()
                if name == optional and not isinstance(value, str)
            )
            yield from (
                f"{name} in [[{key}]] number {number} is unknown"
                for name in row
                if name not in {required, optional}
            )
