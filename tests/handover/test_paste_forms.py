"""A pasted value arrives unchanged: shells and parsers really run.

PowerShell is not run; its form is proved over the alphabet.
"""

import io
import json
import re
import string
import subprocess
from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

import pytest
import yaml
from dotenv import dotenv_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apiuser.cli import handover_options
from apiuser.credentials.credential import Secret, Username
from apiuser.errors import InputError
from apiuser.handover import FORMS, Entry, make_paste
from tests.handover.handover_tools import find_tool, hear_headers
from tests.planted import SECRETS

PRINTABLE = "".join(map(chr, range(32, 127)))
LOGIN = "sample1key@example.com"
TRACKING = "SAMPLE0TRACKING0IDENTIFIER0"

# Every character beside every kind of quoting mark, then whatever comes.
HARD = tuple(
    f"Sample{first}{sign}{first}only{sign}"
    for first in "'\"\\$`%!"
    for sign in PRINTABLE
)
ANY_SECRET = st.text(PRINTABLE, min_size=12, max_size=64)
MANY = st.lists(ANY_SECRET, min_size=30, max_size=30)
SOME = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.large_base_example,
        HealthCheck.data_too_large,
    ],
)


def paste(secret: str, form: str) -> str | None:
    entry = Entry(
        title="sample",
        username=Username.parse(LOGIN),
        secret=Secret(secret),
        tracking_identifier=TRACKING,
    )
    try:
        return make_paste(entry, form).reveal()
    except InputError:
        return None


def run(command: Sequence[str], text: str) -> str:
    return subprocess.run(
        command, input=text, capture_output=True, text=True, check=True
    ).stdout


def run_shell(name: str) -> Callable[[list[str]], list[list[str]]]:
    def read(pasted: list[str]) -> list[list[str]]:
        told = run(
            [find_tool(name)],
            "".join(
                f'{text}printf \'%s\\0\' "$AUTOTASK_USERNAME" "$AUTOTASK_SECRET" '
                '"$AUTOTASK_API_INTEGRATION_CODE"\n'
                for text in pasted
            ),
        )
        parts = told.split("\0")[:-1]
        return [parts[start : start + 3] for start in range(0, len(parts), 3)]

    return read


def read_dotenv(pasted: list[str]) -> list[list[str]]:
    return [
        [value or "" for value in dotenv_values(stream=io.StringIO(text)).values()]
        for text in pasted
    ]


NODE_ENV = """
const {parseEnv} = require("util");
const all = JSON.parse(require("fs").readFileSync(0, "utf8"));
const names = ["USERNAME", "SECRET", "API_INTEGRATION_CODE"];
const pick = found => names.map(name => found["AUTOTASK_" + name]);
console.log(JSON.stringify(all.map(text => pick(parseEnv(text)))));
"""
NODE_JSON = NODE_ENV.replace("pick(parseEnv(text))", "Object.values(JSON.parse(text))")


def run_node(program: str) -> Callable[[list[str]], list[list[str]]]:
    def read(pasted: list[str]) -> list[list[str]]:
        told = run([find_tool("node"), "-e", program], json.dumps(pasted))
        answer: list[list[str]] = json.loads(told)
        return answer

    return read


def read_python_json(pasted: list[str]) -> list[list[str]]:
    return [list(json.loads(text).values()) for text in pasted]


def read_yaml(pasted: list[str]) -> list[list[str]]:
    return [list(yaml.safe_load(text).values()) for text in pasted]


def read_xml(pasted: list[str]) -> list[list[str]]:
    return [
        [child.text or "" for child in ET.fromstring(text)]  # noqa: S314  # our own
        for text in pasted
    ]


def read_headers(pasted: list[str]) -> list[list[str]]:
    """Send the lines as a client would, and hear what a server received."""
    sent = (
        [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
        for lines in map(str.splitlines, pasted)
    )
    names = ("UserName", "Secret", "ApiIntegrationCode")
    return [[dict(heard)[name] for name in names] for heard in hear_headers(sent)]


READERS: dict[str, tuple[str, Callable[[list[str]], list[list[str]]]]] = {
    "bash": ("bash", run_shell("bash")),
    "sh": ("bash", run_shell("sh")),
    "zsh": ("bash", run_shell("zsh")),
    "env in bash": ("env", run_shell("bash")),
    "env in sh": ("env", run_shell("sh")),
    "env in python-dotenv": ("env", read_dotenv),
    "env in node": ("env", run_node(NODE_ENV)),
    "json in Python": ("json", read_python_json),
    "json in node": ("json", run_node(NODE_JSON)),
    "yaml": ("yaml", read_yaml),
    "xml": ("xml", read_xml),
    "headers": ("headers", read_headers),
}
EVERY = pytest.mark.parametrize(("form", "read"), READERS.values(), ids=READERS)


def check(
    form: str, read: Callable[[list[str]], list[list[str]]], secrets: Sequence[str]
) -> None:
    pasted = {secret: paste(secret, form) for secret in secrets}
    carried = {secret: text for secret, text in pasted.items() if text is not None}

    arrived = read(list(carried.values()))

    assert arrived == [[LOGIN, secret, TRACKING] for secret in carried]
    for secret in pasted.keys() - carried.keys():
        blank = secret != secret.strip()
        assert (form == "env" and re.search(r"'|\\|\$\{", secret)) or (
            form == "headers" and blank
        )


@EVERY
@pytest.mark.many
def test_every_character_beside_every_quote_arrives(
    form: str, read: Callable[[list[str]], list[list[str]]]
) -> None:
    check(form, read, HARD)


@EVERY
@SOME
@given(secrets=MANY)
@pytest.mark.many
def test_any_printable_secret_arrives_or_is_refused(
    form: str, read: Callable[[list[str]], list[list[str]]], secrets: list[str]
) -> None:
    check(form, read, secrets)


def read_powershell(text: str) -> dict[str, str]:
    """Read as the language is specified: '' is a quote, nothing else is special."""
    pattern = r"\$env:(\w+) = '((?:[^']|'')*)'\n"
    assert re.fullmatch(f"(?:{pattern})+", text)
    return {n: value.replace("''", "'") for n, value in re.findall(pattern, text)}


@given(secret=ANY_SECRET)
def test_the_powershell_form_is_right_by_the_language(secret: str) -> None:
    text = paste(secret, "powershell")

    assert text is not None
    assert list(read_powershell(text).values()) == [LOGIN, secret, TRACKING]


LAYOUTS = {
    "env": """\
AUTOTASK_USERNAME='{login}'
AUTOTASK_SECRET='{secret}'
AUTOTASK_API_INTEGRATION_CODE='{tracking}'
""",
    "powershell": """\
$env:AUTOTASK_USERNAME = '{login}'
$env:AUTOTASK_SECRET = '{secret}'
$env:AUTOTASK_API_INTEGRATION_CODE = '{tracking}'
""",
    "bash": """\
 export AUTOTASK_USERNAME='{login}'
 export AUTOTASK_SECRET='{secret}'
 export AUTOTASK_API_INTEGRATION_CODE='{tracking}'
""",
    "json": """\
{{
  "UserName": "{login}",
  "Secret": "{secret}",
  "ApiIntegrationCode": "{tracking}"
}}
""",
    "yaml": """\
UserName: '{login}'
Secret: '{secret}'
ApiIntegrationCode: '{tracking}'
""",
    "headers": """\
UserName: {login}
Secret: {secret}
ApiIntegrationCode: {tracking}
""",
    "xml": """\
<Credential>
  <UserName>{login}</UserName>
  <Secret>{secret}</Secret>
  <ApiIntegrationCode>{tracking}</ApiIntegrationCode>
</Credential>
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_a_line_for_each_value(form: str) -> None:
    assert paste(SECRETS[0], form) == LAYOUTS[form].format(
        login=LOGIN, secret=SECRETS[0], tracking=TRACKING
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_tracking_identifier_leaves_it_out(form: str) -> None:
    entry = Entry(
        title="sample", username=Username.parse(LOGIN), secret=Secret(SECRETS[0])
    )

    text = make_paste(entry, form).reveal()

    assert SECRETS[0] in text
    assert LOGIN in text
    assert "INTEGRATION" not in text.upper()


@pytest.mark.parametrize("part", ["'", "\\", "${"])
def test_an_env_file_is_refused_what_its_readers_would_change(part: str) -> None:
    secret = f"Sample{part}HOME}}only"

    assert paste(secret, "env") is None
    assert paste(secret.replace(part, "$"), "env") is not None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sign", ["é", "\u2019", "\u00a0", "\u200b"])
def test_characters_beyond_ascii_are_refused(form: str, sign: str) -> None:
    assert paste(f"Sample-{sign}-only", form) is None


def test_a_refusal_names_the_field_and_the_way_out_but_not_the_value() -> None:
    entry = Entry(
        title="sample", username=Username.parse(LOGIN), secret=Secret("it's-Sample-1")
    )

    with pytest.raises(InputError, match="copy-safe") as caught:
        make_paste(entry, "env")

    assert "The value of Secret contains" in str(caught.value)
    assert "a .env file" in str(caught.value)
    assert "it's-Sample-1" not in str(caught.value)


@pytest.mark.parametrize(
    ("secret", "form", "problem"),
    [
        ("Sample-\u20ac-only", "json", "something other than printable ASCII"),
        ("it's-Sample-1", "env", "' or \\ or ${"),
        (" Sample-only-1", "headers", "a blank at one end"),
        ("Sample-only-1 ", "headers", "a blank at one end"),
    ],
)
def test_a_refusal_says_what_would_not_arrive(
    secret: str, form: str, problem: str
) -> None:
    entry = Entry(title="sample", username=Username.parse(LOGIN), secret=Secret(secret))

    with pytest.raises(InputError) as caught:
        make_paste(entry, form)

    assert str(caught.value) == (
        f"The value of Secret contains {problem}, which does not arrive unchanged in "
        f"{FORMS[form].title}. Choose another form or generate a secret with the "
        "copy-safe alphabet."
    )


def test_an_unknown_form_is_refused() -> None:
    entry = Entry(
        title="sample", username=Username.parse(LOGIN), secret=Secret(SECRETS[0])
    )

    with pytest.raises(InputError) as caught:
        make_paste(entry, "tea")

    assert str(caught.value) == (
        "There is no such form; choose one of env, powershell, bash, json, yaml, "
        "headers, xml."
    )


def test_a_pasted_text_hides_itself() -> None:
    entry = Entry(
        title="sample", username=Username.parse(LOGIN), secret=Secret(SECRETS[0])
    )

    assert repr(make_paste(entry, "json")) == "Secret(hidden)"
    assert SECRETS[0] not in repr(entry)


def test_the_command_offers_every_form() -> None:
    assert tuple(FORMS) == handover_options.FORMS


def test_only_letters_are_in_the_names_of_variables() -> None:
    text = paste(SECRETS[0], "env")

    assert text is not None
    names = [line.partition("=")[0] for line in text.splitlines()]
    assert set("".join(names)) <= set(string.ascii_uppercase + "_")


def test_no_form_is_left_out() -> None:
    assert {form for form, _ in READERS.values()} | {"powershell"} == set(FORMS)
