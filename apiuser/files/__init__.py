"""Files: read whole, and written whole or not at all."""

from apiuser.files.whole import (
    number_names,
    parse_toml,
    prepare_whole,
    read_whole,
    refuse_guarded,
    write_whole,
)

__all__ = [
    "number_names",
    "parse_toml",
    "prepare_whole",
    "read_whole",
    "refuse_guarded",
    "write_whole",
]
