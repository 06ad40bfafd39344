"""Paste-ready forms for the place a credential goes to.

Each form quotes its values so that they arrive unchanged, and refuses a value for
which its readers do not agree. Only printable ASCII is taken, which is what the
rules ask of both username and secret.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import escape

from apiuser.credential import Secret
from apiuser.errors import InputError
from apiuser.handover.entry import Entry

_VARIABLES = {
    "UserName": "AUTOTASK_USERNAME",
    "Secret": "AUTOTASK_SECRET",
    "ApiIntegrationCode": "AUTOTASK_API_INTEGRATION_CODE",
}

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a credential is written for one place.

    Attributes:
        title: What the place is.
        write: Writes the values, named like the headers of Autotask's REST API.
        refused: Texts that no quoting carries through all readers of this form.
        outer_blanks: Whether blanks at either end of a value survive.
    """

    title: str
    write: Callable[[Values], str]
    refused: tuple[str, ...] = ()
    outer_blanks: bool = True


def _write_env(values: Values) -> str:
    return "".join(f"{_VARIABLES[n]}='{text}'\n" for n, text in values.items())


def _write_powershell(values: Values) -> str:
    return "".join(
        f"$env:{_VARIABLES[name]} = '{text.replace(chr(39), 2 * chr(39))}'\n"
        for name, text in values.items()
    )


def _write_bash(values: Values) -> str:
    # The blank in front keeps the line out of the history of shells set up so.
    return "".join(
        f" export {_VARIABLES[name]}='{text.replace(chr(39), _QUOTE_IN_SHELL)}'\n"
        for name, text in values.items()
    )


_QUOTE_IN_SHELL = "'\\''"


def _write_json(values: Values) -> str:
    return json.dumps(dict(values), indent=2) + "\n"


def _write_yaml(values: Values) -> str:
    return "".join(
        f"{name}: '{text.replace(chr(39), 2 * chr(39))}'\n"
        for name, text in values.items()
    )


def _write_headers(values: Values) -> str:
    return "".join(f"{name}: {text}\n" for name, text in values.items())


def _write_xml(values: Values) -> str:
    lines = "".join(f"  <{n}>{escape(text)}</{n}>\n" for n, text in values.items())
    return f"<Credential>\n{lines}</Credential>\n"


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "env": Form(
            title="a .env file",
            write=_write_env,
            # Inside single quotes some readers undo backslashes, some put in
            # variables, and none agrees with the others about a quote.
            refused=("'", "\\", "${"),
        ),
        "powershell": Form(title="PowerShell", write=_write_powershell),
        "bash": Form(title="bash, sh or zsh", write=_write_bash),
        "json": Form(title="a JSON file", write=_write_json),
        "yaml": Form(title="a YAML file", write=_write_yaml),
        "headers": Form(
            title="the headers of a request", write=_write_headers, outer_blanks=False
        ),
        "xml": Form(title="an XML file", write=_write_xml),
    }
)
"""All forms by name."""


def make_paste(entry: Entry, form: str) -> Secret:
    """Write username, secret and tracking identifier for one place.

    Args:
        entry: What is handed over.
        form: One of `FORMS`.

    Returns:
        The text; it holds the secret and hides itself like one.

    Raises:
        InputError: There is no such form, or it cannot carry a value unchanged.
    """
    if form not in FORMS:
        message = f"There is no such form; choose one of {', '.join(FORMS)}."
        raise InputError(message)
    for name, value in (
        ("username", Secret(entry.username.full)),
        ("secret", entry.secret),
        ("tracking identifier", Secret(entry.tracking_identifier)),
    ):
        # Judged in a frame of its own, so that no traceback shows the text.
        problem = _find_problem(value.reveal(), FORMS[form])
        if problem:
            message = (
                f"The {name} holds {problem}, which does not arrive unchanged in "
                f"{FORMS[form].title}. Choose another form or generate a secret of "
                "the copy-safe alphabet."
            )
            raise InputError(message)
    return Secret(FORMS[form].write(_collect(entry)))


def _collect(entry: Entry) -> Values:
    values = {"UserName": entry.username.full, "Secret": entry.secret.reveal()}
    if entry.tracking_identifier:
        values["ApiIntegrationCode"] = entry.tracking_identifier
    return values


def _find_problem(text: str, form: Form) -> str | None:
    if not (text.isascii() and text.isprintable()):
        return "something else than printable ASCII"
    if any(part in text for part in form.refused):
        return " or ".join(form.refused)
    if text.strip(" ") != text and not form.outer_blanks:
        return "a blank at one end"
    return None
