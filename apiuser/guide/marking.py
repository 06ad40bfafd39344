"""Plain text inside Markdown."""

from html import escape


def keep_marks(text: str) -> str:
    """Keep characters that Markdown or its attribute lists would take for marks."""
    return "".join(
        f"\\{c}" if c in "\\`*_[]{}|#" else c for c in escape(text, quote=False)
    )
