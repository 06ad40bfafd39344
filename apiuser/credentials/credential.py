"""A username, a secret that does not show itself, and the two together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn, Self


class Username(NamedTuple):
    """A username (key): the local part and, if known, the suffix.

    Attributes:
        local: What comes before the `@`.
        suffix: What comes after the first `@`; None if it is not known.
    """

    local: str
    suffix: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Split at the first `@`; nothing is trimmed or checked."""
        local, at, suffix = text.partition("@")
        return cls(local, suffix if at else None)

    @property
    def full(self) -> str:
        """The full username, or the local part alone if the suffix is unknown."""
        return self.local if self.suffix is None else f"{self.local}@{self.suffix}"


class _Texts(dict[int, str]):
    """A dictionary that does not print what it holds."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Texts(hidden)"


def _open_store() -> tuple[
    Callable[[int, str], str], Callable[[int], str], Callable[[int, None], str | None]
]:
    """Return the ways into a store of texts that nothing else reaches or prints.

    The three are methods written in C: they have no frame whose locals a
    traceback could show, and their own representation holds no text.
    """
    texts = _Texts()
    return texts.setdefault, texts.__getitem__, texts.pop


_keep, _find, _drop = _open_store()


class Secret:
    """A secret that prints, formats and copies as nothing.

    The object itself is empty: its text is kept elsewhere, so that whatever walks
    over slots, attributes or a state for pickling meets nothing.
    `reveal` is the one way to the text.
    """

    __slots__ = ()

    def __init__(self, text: str, /) -> None:
        _keep(id(self), text)

    # Bound here, because the module may be emptied before its last secret.
    def __del__(self, _drop: Callable[[int, None], str | None] = _drop) -> None:
        _drop(id(self), None)

    def reveal(self) -> str:
        """Return the text; every call of this is worth a review."""
        return _find(id(self))

    def __len__(self) -> int:
        return len(_find(id(self)))

    def __bool__(self) -> bool:
        return len(self) > 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        import hmac  # noqa: PLC0415  # late: few programs compare secrets

        return hmac.compare_digest(
            _find(id(self)).encode("utf-8", "surrogatepass"),
            _find(id(other)).encode("utf-8", "surrogatepass"),
        )

    __hash__ = None  # type: ignore[assignment]  # a hash is a fingerprint

    def __repr__(self) -> str:
        return "Secret(hidden)"

    __str__ = __repr__

    def __format__(self, spec: str, /) -> str:
        return format(repr(self), spec)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        message = "A Secret cannot be changed; make a new one."
        raise AttributeError(message)

    def __reduce_ex__(self, protocol: object, /) -> NoReturn:
        message = "A Secret cannot be pickled or copied."
        raise TypeError(message)

    def __getstate__(self) -> NoReturn:
        message = "A Secret has no state to take out."
        raise TypeError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A username and its secret."""

    username: Username
    secret: Secret
