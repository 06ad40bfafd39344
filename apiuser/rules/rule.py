"""What a rule and a finding are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from apiuser.rules.constraints import CharacterSet, Constraint


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Subject(StrEnum):
    """What a rule judges."""

    LOCAL_PART = "username, local part"
    LOGIN = "full login"
    SECRET = "secret"  # noqa: S105  # the name of the field
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    EMAIL = "e-mail address"
    IDENTIFIER = "vendor or custom identifier"
    TRACKING_IDENTIFIER = "tracking identifier"
    TABLE = "table of resources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule or number comes from.

    Attributes:
        title: The document, or "our own advice".
        kind: official, vendor, code, inference, ours or tenant.
        certainty: high, medium or low.
        url: Its public address; blank where there is none.
        date: When it was read or entered, as YYYY-MM-DD.
    """

    title: str
    kind: str
    certainty: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as data.

    Attributes:
        code: Three letters for the field, three digits; never reused.
        template: The message, with the names of parameters in braces.
        reason: Why the rule is there, in one sentence.
        constraint: What a text rule asks for; its fields are parameters too.
        parameters: Further numbers of the message.
    """

    code: str
    subject: Subject
    severity: Severity
    template: str
    reason: str
    sources: tuple[Source, ...]
    constraint: Constraint | None = None
    parameters: Mapping[str, int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The instruction, made of the rule's own parameters only."""
        return self.template.format(**self.parameters, **_spell(self.constraint))

    @property
    def ours(self) -> bool:
        """Whether the rule is advice of this project and not Autotask's own."""
        return all(source.kind == "ours" for source in self.sources)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold, and where; never the checked value."""

    rule: Rule
    where: str = ""

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The rule's severity."""
        return self.rule.severity

    @property
    def message(self) -> str:
        """The rule's message."""
        return self.rule.message

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.severity.capitalize()}: {place}{self.message} ({self.code})"


def _spell(constraint: Constraint | None) -> dict[str, object]:
    if constraint is None:
        return {}
    values = {
        part.name: getattr(constraint, part.name)
        for part in fields(constraint)  # type: ignore[arg-type]  # all are dataclasses
    }
    return {
        name: value.name if isinstance(value, CharacterSet) else value
        for name, value in values.items()
    }
