"""Forty notebooks with a made-up secret left in them, each in another place or form."""

import base64
import json
from urllib.parse import quote

import ipywidgets

from tests.leaks.notebook_parts import (
    Part,
    code,
    failed,
    printed,
    save_widgets,
    shown,
    text,
    write_notebook,
)
from tests.planted import DRAWN_LOOKING, SECRETS

DRAWN, OTHER = DRAWN_LOOKING
WORDS = SECRETS[0]
_BASE64 = base64.b64encode(DRAWN.encode()).decode()
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><text x="4">{DRAWN}</text></svg>'


def _leave_code() -> dict[str, Part]:
    return {
        "an assignment in code": code(f'secret = "{WORDS}"'),
        "a drawn value in code": code(f"value = '{DRAWN}'\nprint(len(value))"),
        "a header in code": code(f"headers = {{'UserName': 'a', 'Secret': '{WORDS}'}}"),
        "an argument in code": code(f'connect(user="a@b.example", password="{WORDS}")'),
        "a comment in code": code(f"x = 1  # secret: {WORDS}"),
        "a triple-quoted text": code(f'"""\nAUTOTASK_SECRET={DRAWN}\n"""'),
        "a cell of bash": code(f"%%bash\nexport AUTOTASK_SECRET={WORDS}\n./run"),
        "the magic %env": code(f"%env AUTOTASK_SECRET={WORDS}"),
        "curl in code": code(f"!curl -H 'Secret: {WORDS}' https://example.com/v1.0"),
        "kubectl create in code": code(
            f"!kubectl create secret generic api --from-literal=password={WORDS}"
        ),
        "base64 in code": code(f"token = decode('{_BASE64}')"),
        "characters in code": code(f"join({list(DRAWN)})"),
        "a cell of PowerShell": code(f"$env:AUTOTASK_SECRET = '{WORDS}'"),
        "a connection string": code(f'c = "Server=db;User Id=a;Password={WORDS};"'),
        "an address with userinfo": code(f'get("https://key1:{OTHER}@example.com/")'),
        "an address with a query": code(
            f'get("https://example.com/v1?user=a&secret={WORDS}&page=2")'
        ),
        "metadata of a cell": code("1", metadata={"note": f"secret {WORDS}"}),
        "tags of a cell": code("1", metadata={"tags": [DRAWN]}),
    }


def _leave_text() -> dict[str, Part]:
    coded = quote(f"{DRAWN_LOOKING[0]}&+", safe="")
    return {
        "a sentence of Markdown": text(f"Log in with the secret `{WORDS}` today."),
        "a table of Markdown": text(f"| user | value |\n| - | - |\n| a | {OTHER} |"),
        "an address of Markdown": text(f"[open](https://example.com/?key={coded})"),
        "an attachment": text("![a](attachment:a)", attachments={"a": {"text/plain": OTHER}}),
        "a raw cell": text(f"password: {WORDS}", kind="raw"),
        "a raw cell of YAML": text(f"api:\n  user: a\n  value: {DRAWN}\n", kind="raw"),
    }  # fmt: skip


def _leave_outputs() -> dict[str, Part]:
    record = json.dumps({"level": "info", "Secret": WORDS})
    return {
        "a printed line": printed(f"made {DRAWN}"),
        "a printed dictionary": printed(str({"UserName": "a", "Secret": WORDS})),
        "a log of JSON": printed(record),
        "printed characters": printed(str(list(OTHER))),
        "printed base64": printed(f"Authorization: Basic {_BASE64}"),
        "a table of HTML": shown("text/html", f"<table><td>{DRAWN}</td></table>"),
        "a script in HTML": shown("text/html", f'<script>key = "{DRAWN}"</script>'),
        "JavaScript": shown("application/javascript", f'run({{"secret": "{WORDS}"}})'),
        "a picture of SVG": shown("image/svg+xml", _SVG),
        "a JSON object": shown("application/json", {"api": {"password": WORDS}}),
        "characters in JSON": shown("application/json", {"a": list(DRAWN)}),
        "a traceback": failed("KeyError", "x", f"      1 secret = '{WORDS}'"),
    }


def make_leaking() -> dict[str, Part]:
    """Return the notebooks by what is left where."""
    value = ipywidgets.Text(value=WORDS)
    markup = ipywidgets.HTML(value=f"<b>Secret</b> <code>{WORDS}</code>")
    papermill: Part = {"papermill": {"parameters": {"api_secret": WORDS, "rows": 5}}}
    return {
        **{name: write_notebook(cell) for name, cell in _leave_code().items()},
        **{name: write_notebook(cell) for name, cell in _leave_text().items()},
        **{
            name: write_notebook(code("run()", output))
            for name, output in _leave_outputs().items()
        },
        "parameters of papermill": write_notebook(metadata=papermill),
        "metadata of the notebook": write_notebook(metadata={"title": f"Run {DRAWN}"}),
        "the value of a widget": write_notebook(metadata=save_widgets(value)),
        "markup in a widget": write_notebook(metadata=save_widgets(markup)),
    }
