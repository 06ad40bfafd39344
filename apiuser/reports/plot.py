"""The counts of an audit as a picture."""

from collections.abc import Mapping

from apiuser.auditing import AuditReport
from apiuser.errors import count_noun
from apiuser.files.rendering import render
from apiuser.rules.catalogue import RULES

_BAR, _GAP, _LEFT, _ROOM = 18, 8, 70, 128
_LETTER = 8  # the width of a letter on average, in the widest of usual fonts
# Shades that can be read on white and on black; the word is beside them too.
_COLOURS = {"error": "#d64545", "warning": "#c98a1b", "notice": "#4a90c2"}


def plot_counts(report: AuditReport) -> str:
    """Return a bar for each code as SVG, readable on a light or dark background."""
    return render("reports/templates/plot.svg", plot=lay_out(report))


def lay_out(report: AuditReport) -> Mapping[str, object]:
    """Return what the template of the plot shows, and where; errors come first."""
    rules = {rule.code: rule for rule in report.rules}
    counts = dict(
        sorted(
            report.counts.items(),
            key=lambda one: rules[one[0]].severity.rank,
        )
    )
    most = max(counts.values(), default=0)
    bars = []
    for at, (code, number) in enumerate(counts.items()):
        rule = rules[code]
        severity = rule.severity.value
        told = count_noun(number, severity)
        # A finding may add numbers to the message, which are not those of the bar.
        message = RULES.get(code, rule).message
        bars.append(
            {
                "code": code,
                "title": f"{code}, {severity}: {message}",
                "number": f"{told}: {rule.problem}",
                "colour": _COLOURS[severity],
                "top": _GAP + at * (_BAR + _GAP),
                "length": max(2, round(_ROOM * number / most)),
            }
        )
    longest = max((len(str(bar["number"])) for bar in bars), default=0)
    return {
        "spoken": ", ".join(f"{code} {n}" for code, n in counts.items()) or "none",
        "width": _LEFT + _ROOM + 2 * _GAP + _LETTER * longest,
        "height": 2 * _GAP + (len(bars) * (_BAR + _GAP) or _BAR),
        "bar": _BAR,
        "gap": _GAP,
        "left": _LEFT,
        "bars": bars,
    }
