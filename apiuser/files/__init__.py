"""Files: read whole, and written whole or not at all."""

from apiuser.files.whole import parse_toml, read_whole, write_whole

__all__ = ["parse_toml", "read_whole", "write_whole"]
