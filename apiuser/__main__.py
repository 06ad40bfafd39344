"""Run the command with `python -m apiuser`."""

import sys

from apiuser.cli import main

sys.exit(main())
