"""The counts of an audit as a picture."""

from html import escape

from apiuser.auditing import AuditReport
from apiuser.errors import count_noun
from apiuser.rules.catalogue import RULES

_WIDTH, _BAR, _GAP, _LEFT, _RIGHT = 560, 18, 8, 70, 130
# Shades that can be read on white and on black; the word stands beside them too.
_COLOURS = {"error": "#d64545", "warning": "#c98a1b", "notice": "#4a90c2"}


def plot_counts(report: AuditReport) -> str:
    """Return a bar for each code as SVG, readable on light and dark ground."""
    if not report.counts:
        return _frame(_BAR + 2 * _GAP, _text(_GAP, _BAR, "Nothing was found."), "")
    severities = {rule.code: rule.severity.value for rule in report.rules}
    most = max(report.counts.values())
    room = _WIDTH - _LEFT - _RIGHT
    parts = []
    for at, (code, number) in enumerate(report.counts.items()):
        top = _GAP + at * (_BAR + _GAP)
        length = max(2, round(room * number / most))
        severity = severities[code]
        title = RULES[code].message if code in RULES else code
        parts.append(
            f"<g><title>{escape(f'{code}, {severity}: {title}')}</title>"
            f"{_text(_GAP, top + _BAR - 5, code)}"
            f'<rect x="{_LEFT}" y="{top}" width="{length}" height="{_BAR}" rx="2" '
            f'fill="{_COLOURS[severity]}"/>'
            f"{_text(_LEFT + length + _GAP, top + _BAR - 5, count_noun(number, severity))}</g>"
        )
    height = 2 * _GAP + len(parts) * (_BAR + _GAP)
    spoken = ", ".join(f"{code} {number}" for code, number in report.counts.items())
    return _frame(height, "".join(parts), spoken)


def _frame(height: int, content: str, spoken: str) -> str:
    label = escape(
        f"Findings by code: {spoken}" if spoken else "Findings by code: none"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" '
        f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        'style="max-width:100%;height:auto" font-family="system-ui, sans-serif" '
        f'font-size="13" fill="currentColor">{content}</svg>'
    )


def _text(x: int, y: int, text: str) -> str:
    return f'<text x="{x}" y="{y}">{escape(text)}</text>'
