"""The core needs the standard library only, and nothing is imported early."""

import ast
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import apiuser

ROOT = Path(__file__).parents[2]
CORE = [
    "auditing",
    "browser",
    "checklist",
    "cli",
    "credentials",
    "errors",
    "exports",
    "files",
    "generation",
    "guide",
    "handover",
    "howto",
    "interrupts",
    "leaks",
    "reports",
    "rules",
    "verification",
]
OUTSIDE = [
    "forms",
    "lab",
]
ALONE = """
import sys

class Block:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top != "apiuser" and top not in sys.stdlib_module_names:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Block())
"""
LIST = """
import json, sys
print(json.dumps(sorted({name for name in sys.modules})))
"""
LATE = {
    "anywidget",
    "duckdb",
    "email_validator",
    "httpx",
    "ipywidgets",
    "jinja2",
    "json",
    "numpy",
    "pandas",
    "tomllib",
    "tqdm",
    "truststore",
}


def run(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("room", CORE)
def test_a_core_room_loads_with_the_standard_library_alone(room: str) -> None:
    place = Path(apiuser.__file__).parent / room
    inside = pkgutil.walk_packages([str(place)], f"apiuser.{room}.")
    modules = [f"apiuser.{room}", *(module.name for module in inside)]

    loaded = json.loads(run(f"{ALONE}\nimport {', '.join(modules)}\n{LIST}"))

    assert {*modules} <= {*loaded}


def test_every_module_is_of_the_core_or_known_not_to_be() -> None:
    modules = {module.name for module in pkgutil.iter_modules(apiuser.__path__)}

    assert modules - {"__main__"} == {*CORE, *OUTSIDE}


def test_the_front_page_serves_every_name_with_the_standard_library_alone() -> None:
    script = "from apiuser import *\nprint(len(check_username('abc')))"

    assert run(f"{ALONE}\n{script}") == "2\n"


def test_a_text_export_is_read_with_the_standard_library_alone(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("ID,Username\n1,a1\n", encoding="utf-8")
    script = (
        f"from apiuser.exports import *\nprint(read_resources({str(path)!r}).records)"
    )

    assert run(f"{ALONE}\n{script}") == "1\n"


def test_importing_the_package_loads_no_part_of_it() -> None:
    loaded = json.loads(run(f"import apiuser\n{LIST}"))

    assert [name for name in loaded if name.startswith("apiuser")] == ["apiuser"]


def test_importing_the_package_loads_nothing_that_is_slow() -> None:
    script = f"import sys, apiuser\nprint(sorted({LATE} & set(sys.modules)))"

    assert run(script) == "[]\n"


def test_the_front_page_offers_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'validate'"):
        _ = apiuser.validate


def test_checking_a_name_loads_nothing_that_is_slow() -> None:
    script = "from apiuser.cli import main\nmain(['check', 'abc1@example.com'])"

    *_, loaded = run(f"{script}\n{LIST}").splitlines()

    # The list itself needs json, which is seen by its absence before the list.
    tops = {name.partition(".")[0] for name in json.loads(loaded)} - {"json"}
    assert not tops & LATE


def test_an_audit_on_a_terminal_loads_nothing_that_is_slow(tmp_path: Path) -> None:
    export = tmp_path / "all.csv"
    export.write_text("Username,License Type\nab1,7\nAB1,7\n")
    script = f"from apiuser.cli import main\nmain(['audit', {str(export)!r}])"

    *_, loaded = run(f"{script}\n{LIST}").splitlines()

    tops = {name.partition(".")[0] for name in json.loads(loaded)}
    slow = LATE - {"json", "tomllib"}  # the words of exports are TOML
    assert not tops & (slow | {"html", "openpyxl", "xlsxwriter"})


def test_checking_a_name_does_without_json() -> None:
    script = "import sys\nfrom apiuser.cli import main\nmain(['check', 'abc1'])"

    assert run(f"{script}\nprint('json' in sys.modules)").endswith("False\n")


def test_secrets_come_from_the_systems_random_source_alone() -> None:
    """Static: no module imports `random`; the others draw, salt files and make tokens."""
    users = []
    for path in sorted(Path(apiuser.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not {"random", "numpy.random"} & set(names), path
            if "secrets" in names:
                users.append(path.name)

    assert sorted(users) == [
        "age_scrypt.py",
        "automaton.py",
        "form_server.py",
        "kdbx.py",
        "lab_server.py",
    ]


def test_no_draw_takes_a_remainder() -> None:
    """Static: the drawing modules have no modulo and ask for whole numbers only."""
    asked = set()
    for name in ("automaton.py", "drawing.py"):
        text = (
            Path(apiuser.__file__)
            .parent.joinpath("credentials", name)
            .read_text(encoding="utf-8")
        )
        for node in ast.walk(ast.parse(text)):
            assert not isinstance(node, ast.Mod)
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "secrets":
                asked.add(node.attr)

    assert asked == {"randbelow"}


def test_the_contributor_page_shows_the_floors_that_are_enforced() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    table = page.split("| floor | modules |")[1].split("\n\n")[0]
    core = re.findall("The pure core .*: everything but (.*)", page)

    shown = [
        set(re.findall(r"`(\w+)`", line.split("|")[2]))
        for line in table.splitlines()[2:]
    ]

    assert shown == [set(layer.split(" | ")) for layer in contract["layers"]]
    assert set(re.findall(r"`(\w+)`", core[0])) == set(OUTSIDE)
