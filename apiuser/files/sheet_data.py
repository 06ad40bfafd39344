"""What a sheet shows, as plain data."""

from typing import Any

Shown = dict[str, Any]
"""What a sheet shows, as plain data that JSON can carry."""
