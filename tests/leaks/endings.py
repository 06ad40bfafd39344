"""The ways in which a run ends."""

from enum import StrEnum


class Ending(StrEnum):
    """How a run ends, as the table says it."""

    NORMAL = "normal"
    ERROR = "error"
    INTERRUPT = "Ctrl-C"
    KILL = "SIGKILL"
    LOST = "kernel killed"
