"""What a rule and a finding are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from apiuser.rules.case import Case, Relation, Subject
from apiuser.rules.constraints import CharacterSet, Constraint
from apiuser.rules.judges import Unrelated

if TYPE_CHECKING:
    from apiuser.rules.judges import Judge


class Severity(StrEnum):
    """How serious a finding is, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """Its place in the order of severities: 0 for the worst."""
        return list(Severity).index(self)

    @property
    def matters(self) -> bool:
        """Whether it is worse than a notice."""
        return self is not Severity.NOTICE


class Source(NamedTuple):
    """Where a rule or number comes from.

    Attributes:
        title: The document, or "our own advice".
        kind: official, vendor, code, inference, ours or tenant.
        certainty: high, medium or low.
        url: Its public address; blank if there is none.
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

    A rule about one credential has a constraint or a judge; a rule about a table of
    resources has neither, since it says what the audit of a whole table noticed.

    Attributes:
        code: Three letters for the field, three digits; never reused.
        template: The message, with the names of parameters in braces.
        reason: Why the rule is there, in one sentence.
        problem: What is wrong if the rule does not hold, in a few words.
        constraint: What the characters of the subject must be like.
        judge: Tells whether the rule holds in a case. The fields of a constraint or
            judge are parameters of the message.
        parameters: Further numbers of the message.
        presence: Whether the rule asks that there is a value at all; a missing one
            breaks these rules and no others.
        for_people: Whether the rule, unless it is an error, is advice to people who
            make up their own text, and does not bind generated ones.
        in_audits: Whether whoever audits an export can do anything about it.
        in_use: Whether it is about names in use, and not only about proposed ones.
        template_given: The message where a text is given whole, to a command or in
            Python, instead of entered into a form; blank if it is the same.
    """

    code: str
    subject: Subject
    severity: Severity
    template: str
    reason: str
    problem: str
    sources: tuple[Source, ...]
    constraint: Constraint | None = None
    judge: "Judge | None" = None
    parameters: Mapping[str, int] = field(default_factory=dict)
    presence: bool = False
    for_people: bool = False
    in_audits: bool = True
    in_use: bool = True
    template_given: str = ""

    @property
    def message(self) -> str:
        """The instruction, made of the rule's own parameters only."""
        return self._fill(self.template)

    @property
    def message_given(self) -> str:
        """The instruction where a text is given to a command or in Python."""
        return self._fill(self.template_given or self.template)

    def _fill(self, template: str) -> str:
        spelled = {**_spell(self.constraint), **_spell(self.judge)}
        return template.format(**self.parameters, **spelled)

    @property
    def ours(self) -> bool:
        """Whether the rule is this project's advice and not Autotask's own."""
        return all(source.kind == "ours" for source in self.sources)

    @property
    def relation(self) -> Relation | None:
        """The relation to another name that breaks the rule, if that is its point."""
        return self.judge.relation if isinstance(self.judge, Unrelated) else None

    def holds(self, case: Case) -> bool:
        """Tell whether the rule holds in a case; a rule about tables always does."""
        return (
            self.constraint is None or self.constraint.holds(case.text(self.subject))
        ) and (self.judge is None or self.judge(case))


class Finding(NamedTuple):
    """A rule that does not hold, and where; never the checked value.

    Attributes:
        rule: The rule.
        where: Which characters are meant, or which name in use; blank for neither.
    """

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
        return f"{self.severity.capitalize()}: {place}{self.rule.message_given} ({self.code})"


def _spell(check: object) -> dict[str, object]:
    if not is_dataclass(check):
        return {}
    values = {part.name: getattr(check, part.name) for part in fields(check)}
    return {
        name: value.name if isinstance(value, CharacterSet) else value
        for name, value in values.items()
    }
