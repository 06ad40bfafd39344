"""The wheel holds what a user needs and nothing else, and is the same bytes each time.

It is built from a copy of the project in which somebody has worked.
"""

import os
import re
import shlex
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("apiuser", "notebooks")
FILES = ("pyproject.toml", "README.md", "LICENSE", "constraints.txt", ".gitignore")
WORKED = (
    "apiuser/__pycache__/lab.cpython-311.pyc",
    "notebooks/.ipynb_checkpoints/create-api-user-checkpoint.ipynb",
    "notebooks/data/.ipynb_checkpoints/sample-checkpoint.csv",
)


def build(project: Path, target: Path) -> Path:
    """Build the wheel as for a release, with every hash compared."""
    uv = os.environ.get("UV") or shutil.which("uv") or "uv"
    command = [uv, "build", "--quiet", "--wheel", "--out-dir", str(target)]
    hashed = ["--build-constraints", "constraints.txt", "--require-hashes"]
    subprocess.run([*command, *hashed], cwd=project, check=True)
    (wheel,) = target.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's sources, as git has them."""
    folder = tmp_path_factory.mktemp("project")
    left = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=left)
    for name in FILES:
        shutil.copy2(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(project, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_package_and_the_notebooks_and_nothing_else(
    project: Path, wheel: Path
) -> None:
    homes = {"apiuser": project, "notebooks": project / "apiuser"}
    wanted = {
        (home / path.relative_to(project)).relative_to(project).as_posix()
        for part, home in homes.items()
        for path in (project / part).rglob("*")
        if path.is_file()
    }

    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())

    facts = {name for name in held if ".dist-info/" in name or ".data/" in name}
    assert held - facts == wanted
    assert {name.split("/", 1)[1] for name in facts} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "data/etc/jupyter/jupyter_server_config.json",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/apiuser/credentials/confusables-license.txt",
    }


def test_work_left_among_the_sources_changes_no_byte_of_the_wheel(
    project: Path, wheel: Path, tmp_path: Path
) -> None:
    worked = tmp_path / "worked"
    shutil.copytree(project, worked)
    for name in WORKED:
        (worked / name).parent.mkdir(parents=True, exist_ok=True)
        (worked / name).write_text("left over", encoding="utf-8")
    for path in worked.rglob("*"):
        os.utime(path, (0, 0))
        path.chmod(0o700 if path.is_dir() else 0o600)

    again = build(worked, tmp_path / "again")

    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def find_install() -> list[str]:
    """Return the words of the installation that the security page gives."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    (words,) = re.findall(
        r"^uv venv && (uv pip install .*) && uv run", text, re.MULTILINE
    )
    return shlex.split(words)


@pytest.mark.parametrize("package", ["comm", "hatchling"])
def test_the_documented_installation_refuses_a_package_of_other_bytes(
    project: Path, tmp_path: Path, package: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    constraints = copy / "constraints.txt"
    hashes = re.compile(rf"^{package}==.*(?:\n    --hash.*)+", re.MULTILINE)
    text = hashes.sub(
        lambda found: re.sub("sha256:....", "sha256:0000", found[0]),
        constraints.read_text(encoding="utf-8"),
    )
    constraints.write_text(text, encoding="utf-8")
    uv = os.environ.get("UV") or shutil.which("uv") or "uv"
    subprocess.run([uv, "venv", "--quiet", tmp_path / "venv"], check=True)

    done = subprocess.run(
        [uv, *find_install()[1:]],
        cwd=copy,
        env=os.environ | {"VIRTUAL_ENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "sha256:0000" in done.stderr
    assert "Computed:" in done.stderr
    assert package in done.stderr
