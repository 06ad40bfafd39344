"""Look for secrets in what was left behind: notebooks, stores, archives, files."""

from apiuser.leaks.leak import Leak, ScanReport, Unread
from apiuser.leaks.searching import MOST_IN_MEMORY, scan_for, scan_unknown

__all__ = ["MOST_IN_MEMORY", "Leak", "ScanReport", "Unread", "scan_for", "scan_unknown"]
