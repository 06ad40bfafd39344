"""Take the guide's pictures of the real forms: `python -m tests.make_pictures`."""

import os
import sys
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[1] / "docs" / "assets"

if __name__ == "__main__":
    os.environ["APIUSER_PICTURES"] = str(ASSETS)
    sys.exit(
        pytest.main(
            [
                "tests/browser",
                "-k",
                "Light or the_verdict_comes_first or beside_the_bearers",
            ]
        )
    )
