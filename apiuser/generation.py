"""Keys and secrets drawn exactly, and how many there are."""

from apiuser.credentials.drawing import (
    count,
    entropy_bits,
    generate_secret,
    generate_username,
)

__all__ = ["count", "entropy_bits", "generate_secret", "generate_username"]
