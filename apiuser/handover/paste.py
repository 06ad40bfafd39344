"""Paste-ready forms for the place a credential goes to.

Each form quotes its values so that they arrive unchanged, and refuses a value for which
its readers do not agree. Only printable ASCII is taken, which is what the rules ask for
in both username and secret.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import escape

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.handover.entry import Entry

_VARIABLES = {
    "UserName": "AUTOTASK_USERNAME",
    "Secret": "AUTOTASK_SECRET",
    "ApiIntegrationCode": "AUTOTASK_API_INTEGRATION_CODE",
}

# Revealed only inside the expression that writes them, so that no variable holds
# the text and no traceback can show it.
Values = Mapping[str, Secret]


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
    return "".join(f"{_VARIABLES[n]}='{v.reveal()}'\n" for n, v in values.items())


def _write_powershell(values: Values) -> str:
    return "".join(
        f"$env:{_VARIABLES[name]} = '{_double_quotes(value)}'\n"
        for name, value in values.items()
    )


def _write_bash(values: Values) -> str:
    # The leading blank keeps the line out of the history of shells set up for that.
    return "".join(
        f" export {_VARIABLES[name]}='{value.reveal().replace(_QUOTE, _SHELL_QUOTE)}'\n"
        for name, value in values.items()
    )


def _write_json(values: Values) -> str:
    return json.dumps({n: v.reveal() for n, v in values.items()}, indent=2) + "\n"


def _write_yaml(values: Values) -> str:
    return "".join(f"{n}: '{_double_quotes(v)}'\n" for n, v in values.items())


def _write_headers(values: Values) -> str:
    return "".join(f"{name}: {value.reveal()}\n" for name, value in values.items())


def _write_xml(values: Values) -> str:
    lines = (f"  <{n}>{escape(v.reveal())}</{n}>\n" for n, v in values.items())
    return f"<Credential>\n{''.join(lines)}</Credential>\n"


def _double_quotes(value: Secret) -> str:
    return value.reveal().replace(_QUOTE, 2 * _QUOTE)


_QUOTE, _SHELL_QUOTE = "'", "'\\''"

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "env": Form(
            title="a .env file",
            write=_write_env,
            # Inside single quotes some readers undo backslashes, some put in
            # variables, and no two agree about a quote.
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
    values = {"UserName": Secret(entry.username.full), "Secret": entry.secret}
    if entry.tracking_identifier:
        values["ApiIntegrationCode"] = Secret(entry.tracking_identifier)
    for name, value in values.items():
        unfit = _find_unfit(value, FORMS[form])
        if unfit:
            message = (
                f"The value of {name} contains {unfit}, which does not arrive "
                f"unchanged in {FORMS[form].title}. Choose another form or generate a "
                "secret with the copy-safe alphabet."
            )
            raise InputError(message)
    return Secret(FORMS[form].write(values))


def _find_unfit(value: Secret, form: Form) -> str | None:
    if not (value.reveal().isascii() and value.reveal().isprintable()):
        return "something other than printable ASCII"
    if any(part in value.reveal() for part in form.refused):
        return " or ".join(form.refused)
    if value.reveal().strip(" ") != value.reveal() and not form.outer_blanks:
        return "a blank at one end"
    return None
