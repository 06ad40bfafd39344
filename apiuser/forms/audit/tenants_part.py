"""The summary over tenants, and the choice whose findings are shown."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from ipywidgets import HTML, VBox

from apiuser.auditing import AuditReport, TenantAudit
from apiuser.errors import count_noun, escape_invisible
from apiuser.forms.widgets.fields import choice_field
from apiuser.reports.report_columns import TENANTS
from apiuser.reports.tenant_reports import prove, summarise


class TenantsPart:
    """A row for each tenant, and a choice among those that have a report.

    Attributes:
        view: The widgets.
    """

    def __init__(self, *, choose: Callable[[AuditReport], None]) -> None:
        """Build the part without tenants.

        Args:
            choose: Shows the report of a tenant.
        """
        self._choose = choose
        self._reports: dict[str, AuditReport] = {}
        self._summary = HTML()
        self._tenant = choice_field("Show the findings of", ())
        self._tenant.input.observe(self._show_chosen, "value")
        self.view = VBox([HTML("<h3>Tenants</h3>"), self._summary, self._tenant.view])
        self.view.add_class("apiuser-part")

    @property
    def chosen(self) -> str:
        """The tenant whose findings are shown; blank where there is none."""
        return self._tenant.input.value or ""

    def show(self, audits: Sequence[TenantAudit], *, chosen: str) -> None:
        """Show the numbers of the tenants, and which one's findings are shown."""
        self._summary.value = "".join(_write_table(audits))
        self._reports = {
            one.tenant: one.report for one in audits if one.report is not None
        }
        self._tenant.input.unobserve(self._show_chosen, "value")
        self._tenant.input.options = tuple(self._reports)
        self._tenant.input.value = chosen if chosen in self._reports else None
        self._tenant.input.observe(self._show_chosen, "value")
        self._tenant.view.layout.display = "" if self._reports else "none"

    def _show_chosen(self, _change: object) -> None:
        if self._tenant.input.value in self._reports:
            self._choose(self._reports[self._tenant.input.value])


def _write_table(audits: Sequence[TenantAudit]) -> Iterator[str]:
    whole = sum(one.complete for one in audits)
    tenants = count_noun(len(audits), "tenant")
    yield f"<p>{tenants}, {whole} of them audited completely.</p>"
    yield (
        '<div class="apiuser-scroll" tabindex="0" role="region" aria-label="Tenants">'
        "<table><thead><tr>"
    )
    for header in TENANTS:
        yield f'<th scope="col">{header}</th>'
    yield "</tr></thead><tbody>"
    for one, (tenant, *numbers) in zip(audits, summarise(audits), strict=True):
        cells = "".join(f"<td>{number}</td>" for number in numbers)
        words = "<br>".join(map(escape, (prove(one), *one.refused)))
        name = escape(escape_invisible(tenant))
        yield f"<tr><th scope='row'>{name}</th>{cells}<td>{words}</td></tr>"
    yield "</tbody></table></div>"
