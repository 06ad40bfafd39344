"""What every peer judges by; imports nothing, so that it costs no peer any time."""

RULES = {
    # code: (pattern, whether a name that matches breaks the rule)
    "USR002": (r"[A-Za-z]", False),
    "USR003": (r"[0-9]", False),
    "USR004": (r"[@();:\[\]|\\\"]", True),
    "USR005": (r"[^!-~]", True),
    "USR006": (r"^.{33}", True),
    "USR010": (r"['$#%&+?/]", True),
}
HEADER = "code,record,username\n"
