"""Numbers of things in sentences."""


def count_noun(number: int, noun: str) -> str:
    """Return a number and its noun, such as `1 record` and `2 records`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
