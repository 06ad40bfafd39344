"""Numbers as people read them."""

from apiuser.errors import count_noun


def count_thousands(number: int, noun: str) -> str:
    """Return a number and its noun, with commas for thousands: `1,204 records`."""
    return count_noun(number, noun).replace(str(number), f"{number:,}", 1)
