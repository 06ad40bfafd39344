"""The symptoms and causes of symptoms.toml, with their sources."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from apiuser.howto.diagnosis import evidence
from apiuser.howto.diagnosis.symptom import Cause, Symptom
from apiuser.howto.entering import CUSTOM, VENDOR
from apiuser.howto.step import Condition, Note
from apiuser.rules import citations
from apiuser.rules.rule import Source

_KINDS: Mapping[str, Condition] = MappingProxyType(
    {"custom": ("identifier", (CUSTOM,)), "vendor": ("identifier", (VENDOR,))}
)
"""The kinds of identifier that a cause is limited to."""


@cache
def load_symptoms() -> Mapping[str, Symptom]:
    """Load every symptom by its code, in the order in which they are met.

    Raises:
        AttributeError, KeyError, TypeError: The file names something that there is not.
    """
    with Path(__file__).with_name("symptoms.toml").open("rb") as file:
        read = tomllib.load(file)
    causes = {name: _make_cause(**values) for name, values in read["causes"].items()}
    return MappingProxyType(
        {
            code: _make_symptom(code, values, causes)
            for code, values in read["symptoms"].items()
        }
    )


def _make_symptom(
    code: str, values: Mapping[str, Any], causes: Mapping[str, Cause]
) -> Symptom:
    made = {
        "means": tuple(map(_make_note, values.get("means", ()))),
        "do": tuple(map(_make_note, values.get("do", ()))),
        "found": tuple(causes[name] for name in values["found"]),
    }
    return Symptom(code=code, **{**values, **made})


def _make_cause(
    *,
    what: str,
    sources: Iterable[str] = (),
    identifier: str = "",
    at_most: str = "",
    **others: Any,  # noqa: ANN401  # as the file has them
) -> Cause:
    only_if = _KINDS[identifier] if identifier else None
    note = Note(what, _find(sources), only_if=only_if, at_most=at_most)
    return Cause(what=note, **others)


def _make_note(said: str | Mapping[str, Any]) -> Note:
    if isinstance(said, str):
        note: Note = getattr(evidence, said.upper())
        return note
    return Note(**{**said, "sources": _find(said.get("sources", ()))})


def _find(sources: Iterable[str]) -> tuple[Source, ...]:
    return tuple(getattr(citations, name.upper()) for name in sources)
