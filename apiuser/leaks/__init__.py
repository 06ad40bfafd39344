"""Look for secrets in what was left behind: notebooks, stores, archives, files."""

from apiuser.leaks.leak import Leak, ScanReport, Unread
from apiuser.leaks.searching import LIMIT, scan_for, scan_unknown

__all__ = ["LIMIT", "Leak", "ScanReport", "Unread", "scan_for", "scan_unknown"]
