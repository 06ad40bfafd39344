"""What the work sheet of a job is made of: stages, their sections and rows."""

from dataclasses import dataclass

from apiuser.howto.step import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the sheet.

    Attributes:
        key: The field it holds, or a name of its own if it only says something.
        steps: The codes of the steps whose statements its "?" shows, in this order.
        label: Its label, if that is not the field's own.
        says: What it says if it holds no field.
        result: What holds once that is done, if the record tells it.
        more: Fields that are shown when somebody wants to change them.
        change: What the button is called that shows them.
        only_if: A field's key and the values of it that show the row.
    """

    key: str
    steps: tuple[str, ...] = ()
    label: str = ""
    says: str = ""
    result: str = ""
    more: tuple[str, ...] = ()
    change: str = "Change"
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows under one heading.

    Attributes:
        code: What it is; some codes have parts of their own, such as the file.
        title: Its heading, in Autotask's words if it is a section of the page.
    """

    code: str
    title: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a job.

    Attributes:
        code: Its name in saved work and addresses.
        title: Its name in the line of stages.
        heading: What it asks for; `{application}` stands for what logs in with the user.
        lead: One sentence under the heading.
        lead_without: That sentence if the job makes no new secret.
        press: The label of its one primary button.
        ticks: The field that this button ticks, blank if it ticks none.
        fills: Whether its rows are filled in on Autotask's page.
    """

    code: str
    title: str
    heading: str
    lead: str
    press: str
    sections: tuple[Section, ...]
    ticks: str = ""
    fills: bool = False
    lead_without: str = ""
