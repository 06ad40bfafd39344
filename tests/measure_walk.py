"""Walk through the form in a real JupyterLab: `python -m tests.measure_walk FOLDER`.

It prints what the ways of tests/browser/test_walk.py took, and keeps a picture of each
stage in the folder: light and dark, with findings too, at 1280, 800 and 390 pixels.
"""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m tests.measure_walk FOLDER")
    folder = Path(sys.argv[1]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["APIUSER_WALK"] = str(folder)
    ended = pytest.main(["-q", "tests/browser/test_walk.py"])
    sys.stdout.write((folder / "walk.md").read_text(encoding="utf-8"))
    sys.exit(ended)
