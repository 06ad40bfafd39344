"""What does not fit into a report, and where all of it is."""

from collections.abc import Sequence


def share_room(room: int, sizes: Sequence[int]) -> list[int]:
    """Return how many of each list fit; none is cut for one that is longer.

    Args:
        room: How many fit of all together.
        sizes: How long each list is.
    """
    shares = [0] * len(sizes)
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    for done, at in enumerate(order):
        shares[at] = min(sizes[at], room // (len(sizes) - done))
        room -= shares[at]
    return shares


def explain_cut(shown: int, number: int, noun: str) -> str:
    """Say how many of how many are shown and where all are; blank if all are."""
    if shown >= number:
        return ""
    return (
        f"The first {shown:,} of {number:,} {noun} are shown; "
        "a .json report holds all of them."
    )
