"""How to read exports that do not say it themselves, as fields of a form."""

import re
from dataclasses import dataclass

from ipywidgets import VBox

from apiuser.errors import ApiuserError, InputError
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
# Refusals are written for the command line; here they name the fields instead.
_WORDS = (
    (r"--encoding (\S+)", rf"\1 in the field “{_ENCODING}”"),
    (r"with --column", f"in the field “{_COLUMN}”"),
    (r"--skip-lines (\d+)", rf"\1 in the field “{_SKIPPED}”"),
    (r"a smaller --skip-lines", f"a smaller number in the field “{_SKIPPED}”"),
    (r"with --skip-lines", f"in the field “{_SKIPPED}”"),
    (r"--skip-lines", f"the field “{_SKIPPED}”"),
    (r"with (--max-[a-z-]+)", r"on the command line, by apiuser audit \1,"),
    (r", or give --tenants and the folder", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read exports that do not say it themselves.

    Attributes:
        encoding: The encoding, where it is not Unicode.
        column: The header of the username column, where it is not a known one.
        skip_lines: Lines in front of the header.
    """

    encoding: str | None = None
    column: str | None = None
    skip_lines: int = 0


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
    def reading(self) -> Reading:
        """How to read.

        Raises:
            InputError: The number of lines is no number.
        """
        lines = self._skipped.input.value.strip() or "0"
        if not (lines.isascii() and lines.isdecimal()):
            message = "Enter the lines before the header as a number, such as 2."
            raise InputError(message)
        return Reading(
            encoding=_ENCODINGS[self._encoding.input.value] or None,
            column=self._column.input.value.strip() or None,
            skip_lines=int(lines),
        )

    def show_if_named(self, refusal: str) -> None:
        """Show the fields where a refusal names one of them."""
        if any(f"“{name}”" in refusal for name in (_ENCODING, _COLUMN, _SKIPPED)):
            self._asked.input.value = True


def explain_refusal(error: ApiuserError, *, path: object, name: str) -> ApiuserError:
    """Return a refusal in the words of the form.

    Args:
        error: What the reader says.
        path: The file read, which may be a copy in a temporary folder.
        name: The file as the person knows it.
    """
    message = str(error).replace(str(path), name)
    for pattern, words in _WORDS:
        message = re.sub(pattern, words, message)
    # An option to be copied ends its sentence without a full stop; a field does not.
    return type(error)(f"{message}." if message.endswith("”") else message)
