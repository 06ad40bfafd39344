"""Files: read whole, and written whole or not at all."""

from apiuser.files.whole import (
    find_free_name,
    find_free_path,
    parse_toml,
    read_whole,
    refuse_guarded,
    refuse_taken,
    write_whole,
)

__all__ = [
    "find_free_name",
    "find_free_path",
    "parse_toml",
    "read_whole",
    "refuse_guarded",
    "refuse_taken",
    "write_whole",
]
