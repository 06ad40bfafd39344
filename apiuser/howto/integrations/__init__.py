"""Integration presets: what one integration wants entered, as TOML."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """What one integration wants entered on the API user page.

    Attributes:
        vendor: The label to pick as integration vendor; blank if `custom`.
        custom: Whether it goes by a custom tracking identifier instead.
        summary: What a choice between presets says about this one.
        email: The address to enter; blank if each consultant has another one.
        secret_limit: The longest secret the target application takes, in
            characters; None if it states no limit.
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
    email: str = ""
    secret_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A label of the vendor list, and other names people look for."""

    label: str
    aliases: tuple[str, ...] = ()


@cache
def load_integrations() -> Mapping[str, Integration]:
    """Load the presets of this package, the default one first."""
    presets = map(_load, ("presh-zapier", "vendor", "custom"))
    return MappingProxyType({preset.name: preset for preset in presets})


@cache
def load_vendors() -> tuple[Vendor, ...]:
    """Load the vendor labels that guides name, in alphabetical order."""
    return tuple(
        Vendor(label=row["label"], aliases=tuple(row["aliases"]))
        for row in _read("vendors")["vendors"]
    )


def find_vendors(text: str) -> tuple[Vendor, ...]:
    """Find the vendors whose label or alias holds a text, whatever its case."""
    wanted = text.strip().casefold()
    return tuple(
        vendor
        for vendor in load_vendors()
        if any(wanted in name.casefold() for name in (vendor.label, *vendor.aliases))
    )


def _load(name: str) -> Integration:
    return Integration(**_read(name))


def _read(name: str) -> dict[str, Any]:
    with Path(__file__).with_name(f"{name}.toml").open("rb") as file:
        import tomllib  # noqa: PLC0415  # late: most commands read none

        return tomllib.load(file)
