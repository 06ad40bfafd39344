"""A username, a secret that does not show itself, and the two together."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False  # as typing has it, whose import costs the command time
if TYPE_CHECKING:
    from typing import NoReturn, Self


@dataclass(frozen=True, slots=True)
class Username:
    """A username (key): the local part and, where known, the login suffix.

    Attributes:
        local: What stands before the `@`.
        suffix: What stands after the first `@`; None where it is not known.
    """

    local: str
    suffix: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Split at the first `@`; nothing is trimmed or judged."""
        local, at, suffix = text.partition("@")
        return cls(local, suffix if at else None)

    @property
    def full(self) -> str:
        """The full login, or the local part alone where the suffix is unknown."""
        return self.local if self.suffix is None else f"{self.local}@{self.suffix}"


class Secret:
    """A secret that prints, formats and copies as nothing.

    `reveal` is the one way to its text.
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "_text", text)

    def reveal(self) -> str:
        """Return the text; every call of this is worth a review."""
        return self._text

    def __len__(self) -> int:
        return len(self._text)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        import hmac  # noqa: PLC0415  # late: few programs compare secrets

        return hmac.compare_digest(
            self._text.encode("utf-8", "surrogatepass"),
            other._text.encode("utf-8", "surrogatepass"),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A username and its secret."""

    username: Username
    secret: Secret
