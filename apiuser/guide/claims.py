"""What the guide's pages claim, each defined once with its sources."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apiuser.guide.step_lists import ADVICE, name_sources
from apiuser.howto import STEPS
from apiuser.howto.step import LEVELS
from apiuser.rules.rule import Source

_WEAKEST_FIRST = (*reversed(LEVELS), ADVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement that pages make in their own words.

    Attributes:
        says: The statement in one sentence.
        certainty: high, medium, low, inferred, advice or unknown.
        sources: The keys of its sources.
    """

    says: str
    certainty: str
    sources: tuple[str, ...] = ()


def read_claims(text: str, sources: Mapping[str, Source]) -> dict[str, Claim]:
    """Read claims from TOML, by their names.

    Args:
        text: For each claim what it says and the keys of its sources, or the first
            words of a statement of the how-to, which then is the claim.
        sources: All sources by their keys.

    Raises:
        ValueError: A claim names a source that is not known, or a statement that is
            not in the how-to or not the only one.
    """
    return {
        name: (
            _take_note(name, values["note"])
            if "note" in values
            else _take_own(name, values, sources)
        )
        for name, values in tomllib.loads(text).items()
    }


def join_claims(claims: Iterable[Claim]) -> Claim:
    """Return several claims of one sentence as one, as certain as the weakest."""
    claims = tuple(claims)
    keys = dict.fromkeys(key for claim in claims for key in claim.sources)
    return Claim(
        says=" ".join(claim.says for claim in claims),
        certainty=min((c.certainty for c in claims), key=_WEAKEST_FIRST.index),
        sources=tuple(keys),
    )


def _take_note(name: str, start: str) -> Claim:
    notes = {
        note
        for steps in STEPS.values()
        for step in steps
        for note in (*step.do, *step.know)
        if note.text.startswith(start)
    }
    if len(notes) != 1:
        message = f"Claim {name}: {len(notes)} statements begin with “{start}”."
        raise ValueError(message)
    (note,) = notes
    keys = {source: key for key, source in name_sources().items()}
    return Claim(
        says=note.text,
        certainty=note.certainty or ADVICE,
        sources=tuple(keys[source] for source in note.sources),
    )


def _take_own(
    name: str, values: Mapping[str, object], sources: Mapping[str, Source]
) -> Claim:
    keys = tuple(map(str, values["sources"]))  # type: ignore[call-overload]
    if unknown := [key for key in keys if key not in sources]:
        message = f"Claim {name}: there is no source {unknown}."
        raise ValueError(message)
    weakest = min((sources[key].certainty for key in keys), key=_WEAKEST_FIRST.index)
    return Claim(
        says=str(values["says"]),
        certainty=str(values.get("certainty", weakest)),
        sources=keys,
    )
