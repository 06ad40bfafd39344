"""The built site: no warning, nothing of other hosts, every link leads somewhere."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from apiuser.howto import STEPS, Job
from apiuser.howto.diagnosis import load_symptoms
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from tests.guide.site_reading import HOST, Part, Site

pytestmark = pytest.mark.timeout(300)  # the first one builds the site


def find_references(page: str, parts: list[Part]) -> list[tuple[Part, str]]:
    """Return what a page loads or links to, as whole addresses."""
    base = urljoin(HOST, page)
    return [
        (part, urljoin(base, part.values[name]))
        for part in parts
        for name in ("href", "src")
        if part.values.get(name)
    ]


def test_a_page_loads_nothing_from_another_host(site: Site) -> None:
    loaded = [
        (page, address)
        for page, parts in site.items()
        for part, address in find_references(page, parts)
        if part.tag != "a" and not address.startswith((HOST, "data:"))
    ]

    assert loaded == []


def test_every_link_and_picture_leads_somewhere(site: Site) -> None:
    anchors = {
        page: {p.values[n] for p in parts for n in ("id", "name") if n in p.values}
        for page, parts in site.items()
    }
    lost = []
    for page, parts in site.items():
        for part, address in find_references(page, parts):
            target = urlsplit(address)
            if target.netloc != urlsplit(HOST).netloc:
                continue
            file = unquote(target.path).removeprefix(urlsplit(HOST).path)
            file += "index.html" if file.endswith("/") or not file else ""
            # A picture's fragment says on which ground the theme shows it.
            anchor = "" if part.tag == "img" else unquote(target.fragment)
            if file not in site or (anchor and anchor not in anchors[file]):
                lost.append((page, part.values))

    assert lost == []


def test_every_script_of_a_page_has_its_hash_in_the_policy(site_folder: Path) -> None:
    for path in site_folder.rglob("*.html"):
        text = path.read_text("utf-8")
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
        scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
        missing = [s for s in scripts if hash_script(s) not in policy]

        assert scripts or path.name == "404.html"
        assert missing == []
        assert "unsafe-inline" not in policy.split("style-src")[0]
        assert "<script" not in text.partition("Content-Security-Policy")[0]


def hash_script(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_every_rule_has_its_anchor(site: Site) -> None:
    anchors = {part.values.get("id") for part in site["rules/index.html"]}
    codes = [*RULES, *(rule.code for rule in GENERATION_RULES)]

    assert [code for code in codes if code.lower() not in anchors] == []


def test_what_to_do_about_a_symptom_is_numbered(site_folder: Path) -> None:
    page = (site_folder / "troubleshooting" / "index.html").read_text("utf-8")
    parts = dict(re.findall(r'<h2 id="([\w-]+)">(.*?)<table', page, flags=re.DOTALL))
    numbered = {
        code: len(re.findall("<li>", steps))
        for code, part in parts.items()
        for steps in re.findall(r"<ol>(.*?)</ol>", part, flags=re.DOTALL)
    }

    expected = {
        symptom.code: len(symptom.do)
        for symptom in load_symptoms().values()
        if symptom.do
    }
    assert {code.removeprefix("answer-"): n for code, n in numbered.items()} == expected


def test_every_picture_has_a_text_alternative(site: Site) -> None:
    silent = [
        (page, part.values.get("src"))
        for page, parts in site.items()
        for part in parts
        if part.tag == "img" and not part.values.get("alt")
    ]

    assert silent == []


def test_the_picture_of_the_form_opens_the_form(site_folder: Path) -> None:
    home = (site_folder / "index.html").read_text("utf-8")

    (picture,) = re.findall(r'<a href="([^"]*)"[^>]*><img [^>]*create-form-', home)
    (button,) = re.findall(r'<a class="md-button [^>]*href="([^"]*)"', home)
    assert picture == button


@pytest.mark.parametrize("name", ["create-api-user", "audit-usernames"])
def test_a_notebook_shows_a_picture_of_its_form(site: Site, name: str) -> None:
    pictures = [
        part.values["src"]
        for part in site[f"notebooks/{name}/index.html"]
        if part.tag == "img" and "-form-" in part.values["src"]
    ]

    assert [picture.rpartition("#")[2] for picture in pictures] == [
        "only-light",
        "only-dark",
    ]


@pytest.mark.parametrize("job", Job)
def test_the_numbers_of_a_sketch_lead_to_its_steps(site: Site, job: Job) -> None:
    part_of_page = {f"#{step.code}" for step in STEPS[job] if step.part}

    links = {
        part.values["href"]
        for part in site[f"{job}/index.html"]
        if re.fullmatch(r"Step \d+", part.values.get("aria-label", ""))
    }

    assert links == part_of_page


WORK_THROUGH = """
import json, sys
sys.path.insert(0, sys.argv[1])
from apiuser.browser.page import Page

page = Page()
shown = {}
def ask(do, **rest):
    answer = json.loads(page.answer(json.dumps({"do": do} | rest)))
    assert "refused" not in answer, answer["refused"]
    shown.update(answer)
    return answer

def press(name, **more):
    return ask("press", name=name, drawn=shown["drawn"], **more)

shown.update(json.loads(page.show()))
for path in sys.argv[2:]:
    ask("file", path=path, name=path.rpartition("/")[2])
for job in ("edit", "rotate", "create"):
    while not any(job_["now"] for job_ in shown["jobs"] if job_["name"] == f"job:{job}"):
        press(f"job:{job}")
    press("choose:custom")
    for stage in [stage["name"] for stage in shown["stages"]]:
        press(stage)
        ask("set", key="email", value="sample@b\u00fccher.example.com")
    ask("set", key="taken_names", value="sample6key")
    press("stage:fill")
    press("generate")
    ask("typed", what="answer", text="refused")
    ask("ask")
    ask("record", kind="text")
    ask("record", kind="html")
files = [getattr(module, "__file__", None) for module in sys.modules.values()]
print(json.dumps([file for file in files if file and file.startswith(sys.argv[1])]))
"""


def test_the_page_gets_the_modules_that_it_loads_and_no_other(
    site_folder: Path, tmp_path: Path
) -> None:
    package, export = tmp_path / "package", tmp_path / "active.csv"
    answer = tmp_path / "inactive.json"
    answer.write_text('{"items": [{"userName": "sample5key@example.com"}]}')
    shutil.unpack_archive(site_folder / "assets" / "page" / "apiuser.zip", package)
    names = ("sample4key@example.com", "zoë.müller@example.com")
    lines = "".join(f"{name},Active\n" for name in names)
    export.write_text(f"Username,Status\n{lines}", encoding="utf-8")

    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        WORK_THROUGH,
        *map(str, (package, export, answer)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    loaded = {Path(file) for file in json.loads(done.stdout)}
    assert loaded == set(package.rglob("*.py"))
