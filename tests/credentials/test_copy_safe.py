"""10,000 generated secrets arrive unquoted and unchanged, wherever they are put.

Each program runs once over all of them. PowerShell and cmd are not run: what is
special to them is compared with the alphabet.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, quote, quote_plus, urlsplit
from xml.etree import ElementTree as ET

import pytest
import yaml
from dotenv import dotenv_values
from markdown import markdown

from apiuser import generate_secret, generate_username
from apiuser.rules.character_sets import ALPHABETS, COPY_SAFE
from tests.handover.handover_tools import find_tool, hear_headers

pytestmark = pytest.mark.many

COUNT = 10_000


@pytest.fixture(scope="module")
def secrets() -> list[str]:
    return [generate_secret().reveal() for _ in range(COUNT)]


def run(command: list[str], text: str, folder: Path) -> str:
    return subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    ).stdout


@pytest.mark.parametrize("shell", ["sh", "bash", "zsh"])
def test_shells_change_no_copied_secret(
    shell: str, secrets: list[str], tmp_path: Path
) -> None:
    """As an argument, and as a value that is assigned."""
    # Files that a pattern could match, were there one.
    (tmp_path / "a").touch()
    script = "".join(f"printf '%s\\n' {s}; x={s}; printf '%s\\n' $x\n" for s in secrets)

    told = run([find_tool(shell)], script, tmp_path)

    assert told.splitlines() == [s for secret in secrets for s in (secret, secret)]


@pytest.mark.parametrize("mark", ['"', "'"])
def test_python_changes_no_copied_secret(
    mark: str, secrets: list[str], tmp_path: Path
) -> None:
    lines = "".join(f"print({mark}{secret}{mark})\n" for secret in secrets)

    assert run([sys.executable, "-"], lines, tmp_path).splitlines() == secrets


@pytest.mark.parametrize("mark", ['"', "'", "`"])
def test_node_changes_no_copied_secret(
    mark: str, secrets: list[str], tmp_path: Path
) -> None:
    items = ",".join(f"{mark}{secret}{mark}" for secret in secrets)

    told = run([find_tool("node")], f"console.log(JSON.stringify([{items}]))", tmp_path)

    assert json.loads(told) == secrets


def read_json(secrets: list[str]) -> list[str]:
    answer: list[str] = json.loads("[" + ",".join(f'"{s}"' for s in secrets) + "]")
    return answer


def read_xml_text(secrets: list[str]) -> list[str]:
    document = "<a>" + "".join(f"<b>{s}</b>" for s in secrets) + "</a>"
    return [child.text or "" for child in ET.fromstring(document)]  # noqa: S314  # our own


def read_xml_attributes(secrets: list[str]) -> list[str]:
    document = "<a>" + "".join(f'<b c="{s}"/>' for s in secrets) + "</a>"
    return [child.get("c", "") for child in ET.fromstring(document)]  # noqa: S314


def read_yaml(secrets: list[str]) -> list[str]:
    answer: list[str] = yaml.safe_load("".join(f"- {s}\n" for s in secrets))
    return answer


def read_yaml_flow(secrets: list[str]) -> list[str]:
    answer: list[str] = yaml.safe_load("[" + ", ".join(secrets) + "]")
    return answer


def read_env(secrets: list[str]) -> list[str]:
    text = "".join(f"S{number}={s}\n" for number, s in enumerate(secrets))
    return [value or "" for value in dotenv_values(stream=io.StringIO(text)).values()]


def read_csv(secrets: list[str]) -> list[str]:
    lines = "".join(f"a,{s},b\r\n" for s in secrets)
    return [row[1] for row in csv.reader(io.StringIO(lines, newline=""))]


def read_written_csv(secrets: list[str]) -> list[str]:
    """What a writer makes of them holds no quote."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([s] for s in secrets)
    return file.getvalue().split("\r\n")[:-1]


def read_form(secrets: list[str]) -> list[str]:
    return parse_qs("&".join(f"s={s}" for s in secrets))["s"]


def read_address(secrets: list[str]) -> list[str]:
    parts = [urlsplit(f"https://example.com/{s}?q={s}#{s}") for s in secrets]
    assert [part.fragment for part in parts] == secrets
    assert [part.path[1:] for part in parts] == secrets
    return [part.query[2:] for part in parts]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def handle_data(self, data: str) -> None:
        self.told.append(data)


def read_html(secrets: list[str]) -> list[str]:
    reader = _Text()
    reader.feed("".join(f"<p>{s}</p>" for s in secrets))
    return reader.told


def read_markdown(secrets: list[str]) -> list[str]:
    page = markdown("\n\n".join(secrets))
    assert page.count("<") == 2 * len(secrets)  # paragraphs and no other markup
    reader = _Text()
    reader.feed(page)
    return [text for text in reader.told if text != "\n"]


def read_markdown_sentence(secrets: list[str]) -> list[str]:
    page = markdown("\n\n".join(f"Type {s} there." for s in secrets))
    return [
        line.removeprefix("<p>Type ").removesuffix(" there.</p>")
        for line in page.splitlines()
    ]


def read_headers(secrets: list[str]) -> list[str]:
    # A server takes 100 headers.
    parts = (secrets[start : start + 80] for start in range(0, len(secrets), 80))
    heard = hear_headers([("Secret", one) for one in part] for part in parts)
    return [value for headers in heard for name, value in headers if name == "Secret"]


READERS: dict[str, Callable[[list[str]], list[str]]] = {
    "JSON": read_json,
    "XML text": read_xml_text,
    "XML attribute": read_xml_attributes,
    "YAML": read_yaml,
    "YAML in brackets": read_yaml_flow,
    ".env": read_env,
    "CSV": read_csv,
    "CSV as written": read_written_csv,
    "URL form": read_form,
    "URL": read_address,
    "URL quoted": lambda secrets: [quote(s, safe="") for s in secrets],
    "URL form quoted": lambda secrets: [quote_plus(s) for s in secrets],
    "HTML": read_html,
    "Markdown": read_markdown,
    "Markdown sentence": read_markdown_sentence,
    "HTTP header": read_headers,
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_parsers_change_no_copied_secret(
    read: Callable[[list[str]], list[str]], secrets: list[str]
) -> None:
    assert read(secrets) == secrets


def test_node_reads_an_env_file_unchanged(secrets: list[str], tmp_path: Path) -> None:
    (tmp_path / "sample.env").write_text(
        "".join(f"S{number}={s}\n" for number, s in enumerate(secrets)),
        encoding="ascii",
    )
    program = """
    const {parseEnv} = require("util");
    const found = parseEnv(require("fs").readFileSync("sample.env", "utf8"));
    console.log(JSON.stringify(found));
    """

    found = json.loads(run([find_tool("node"), "-"], program, tmp_path))

    assert [found[f"S{number}"] for number in range(COUNT)] == secrets


SPECIAL_TO = {
    # What ends or changes a bare word in the language, and some more.
    "PowerShell": set("`$(){}[]'\",;|&<>@#%!*?~=+/\\: \t"),
    # What cmd splits at, expands or redirects.
    "cmd": set("&|<>^%!()\"',;=@*?~`+/\\: \t"),
}


@pytest.mark.parametrize("shell", SPECIAL_TO)
def test_nothing_in_the_alphabet_is_special_to_windows_shells(shell: str) -> None:
    assert not SPECIAL_TO[shell] & set(ALPHABETS[COPY_SAFE])


def test_no_secret_or_key_begins_or_ends_with_a_mark(secrets: list[str]) -> None:
    """A leading hyphen would be an option; spreadsheets run = + - and @."""
    keys = [generate_username().local for _ in range(COUNT)]

    for text in (*secrets, *keys):
        assert text[0].isalnum()
        assert text[-1].isalnum()
