"""Looking for a secret in all files of a folder."""

import base64
from pathlib import Path


def find_files_with(secret: str, folder: Path) -> list[str]:
    """Find files that hold the secret as it is, as UTF-16 or inside base64."""
    needles = [secret.encode(), secret.encode("utf-16-le")]
    needles += [
        base64.b64encode(b"\0" * shift + secret.encode())[8:-8] for shift in range(3)
    ]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
