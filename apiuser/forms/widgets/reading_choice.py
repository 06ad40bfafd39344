"""How to read exports that do not say it themselves, as fields of a form."""

from ipywidgets import VBox

from apiuser.errors import ApiuserError, InputError, Remedy
from apiuser.exports import ReadOptions
from apiuser.forms.widgets.fields import check_field, choice_field, text_field
from apiuser.forms.widgets.misplaced import SecretWatch

_ENCODINGS = {
    "Unicode, as the file says": "",
    "Western European (cp1252)": "cp1252",
    "Central European (cp1250)": "cp1250",
    "Latin 1 (iso8859-1)": "iso8859-1",
    "UTF-16 without a mark, little endian (utf-16-le)": "utf-16-le",
    "UTF-16 without a mark, big endian (utf-16-be)": "utf-16-be",
}
_ENCODING, _COLUMN = "Encoding", "Username column"
_SKIPPED = "Lines before the header"
_FIELDS = {"encoding": _ENCODING, "column": _COLUMN, "skip_lines": _SKIPPED}


class ReadingChoice:
    """The fields, hidden until somebody asks for them.

    Attributes:
        view: The widgets.
    """

    def __init__(self, *, watch: SecretWatch | None) -> None:
        """Build the view.

        Args:
            watch: What empties fields of the secret, where the form has one.
        """
        self._encoding = choice_field(
            _ENCODING, list(_ENCODINGS), value=next(iter(_ENCODINGS))
        )
        self._column = text_field(
            _COLUMN,
            watch=watch,
            advice="Its header, where it is not a known one such as Username.",
        )
        self._skipped = text_field(
            _SKIPPED, watch=watch, value="0", advice="Title lines to leave out."
        )
        self._asked = check_field("Show options for unusual exports")
        options = VBox([self._encoding.view, self._column.view, self._skipped.view])
        options.add_class("apiuser-indented")

        def show_options(_change: object = None) -> None:
            options.layout.display = "" if self._asked.input.value else "none"

        self._asked.input.observe(show_options, "value")
        show_options()
        self.view = VBox([self._asked.view, options])

    @property
    def reading(self) -> ReadOptions:
        """How to read.

        Raises:
            InputError: The number of lines is no number.
        """
        lines = self._skipped.input.value.strip() or "0"
        if not (lines.isascii() and lines.isdecimal()):
            message = "Enter the lines before the header as a number, such as 2."
            raise InputError(message)
        return ReadOptions(
            encoding=_ENCODINGS[self._encoding.input.value] or None,
            column=self._column.input.value.strip() or None,
            skip_lines=int(lines),
        )

    def show_if_named(self, refusal: str) -> None:
        """Show the fields where a refusal names one of them."""
        if any(f"“{name}”" in refusal for name in _FIELDS.values()):
            self._asked.input.value = True


def explain_refusal(error: ApiuserError) -> ApiuserError:
    """Return a refusal in the words of the form."""
    said = error.explain(_name_field)
    # An option to be copied ends its sentence without a full stop; a field does not.
    return type(error)(f"{said}." if said.endswith("”") else said)


def _name_field(remedy: Remedy) -> str:
    field = _FIELDS.get(remedy.option)
    if field is None:
        option = remedy.option.replace("_", "-")
        return f"apiuser audit --{option} on the command line"
    if remedy.value is None:
        return f"the field “{field}”"
    return f"{remedy.value} in the field “{field}”"
