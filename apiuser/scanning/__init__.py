"""Look for secrets in what was left behind: notebooks, stores, archives, files."""

from apiuser.scanning.leaks import Leak, ScanReport, Unread
from apiuser.scanning.searching import LIMIT, scan_for, scan_unknown

__all__ = ["LIMIT", "Leak", "ScanReport", "Unread", "scan_for", "scan_unknown"]
