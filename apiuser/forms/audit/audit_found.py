"""All that an audit shows: the tenants, the results, new names and downloads."""

from collections.abc import Callable

from ipywidgets import VBox

from apiuser.auditing import AuditReport
from apiuser.forms.audit.audit_results import AuditResults, build_downloads
from apiuser.forms.audit.audit_work import Outcome, Shown
from apiuser.forms.audit.proposed_names import ProposedNames
from apiuser.forms.audit.tenants_part import TenantsPart
from apiuser.forms.widgets.status_line import StatusLine


class Found:
    """What the last audit found.

    Attributes:
        outcome: What was found.
        results: The findings of one tenant; None where no file could be read.
        proposed: The names proposed.
        view: The widgets.
    """

    outcome: Outcome

    def __init__(
        self,
        outcome: Outcome,
        *,
        check: Callable[[], None],
        choose: Callable[[AuditReport], None],
        status: StatusLine,
    ) -> None:
        """Build the view.

        Args:
            outcome: What was found.
            check: Audits again, with the names proposed now.
            choose: Shows the report of a tenant.
            status: Where to say what happened.
        """
        self.results: AuditResults | None = None
        self.proposed = ProposedNames(check=check, status=status)
        self._tenants = TenantsPart(choose=choose)
        self._stage = VBox()
        self.view = VBox(
            [
                self._tenants.view,
                self._stage,
                self.proposed.view,
                build_downloads(lambda: self.outcome),
            ]
        )
        self.show(outcome)

    @property
    def tenant(self) -> str:
        """The tenant whose findings are shown."""
        return self._tenants.chosen if self.outcome.many else ""

    def show(self, outcome: Outcome) -> None:
        """Show what another audit found."""
        self.outcome = outcome
        self._tenants.view.layout.display = "" if outcome.many else "none"
        if outcome.many:
            self._tenants.show(outcome.audits, chosen=outcome.tenant)
        if outcome.shown is not None:
            self.show_report(outcome.shown)
        display = "" if outcome.shown else "none"
        self._stage.layout.display = self.proposed.view.layout.display = display

    def show_report(self, shown: Shown) -> None:
        """Show the findings of one tenant."""
        if self.results is None:
            self.results = AuditResults(shown)
            self._stage.children = [self.results.view]
        else:
            self.results.show(shown)
        self.proposed.show(shown.report)
