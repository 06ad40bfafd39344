"""The checks by name; `uv run --group dev nox --list` lists them.

All of them run in the project's one environment, into which uv puts what each needs.
"""

import json
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"

PINNED = ("--build-constraints", "constraints.txt", "--require-hashes")
UNNOTICED = ("survived", "no_tests", "suspicious", "segfault")
LEAST_NOTICED = 95  # of 100 changes to the code
SHORT = ("-seed=1", "-runs=20000", "-max_total_time=60")


@nox.session
def lint(session: nox.Session) -> None:
    """Style of the Python, notebooks included."""
    session.run("uv", "run", "--group", "lint", "ruff", "check")
    session.run("uv", "run", "--group", "lint", "ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Types."""
    session.run("uv", "run", "--group", "typing", "--group", "test", "mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Floors: what may import what."""
    session.run("uv", "run", "--group", "lint", "lint-imports")


@nox.session
def javascript(session: nox.Session) -> None:
    """Style of the JavaScript; needs `npm ci` once."""
    session.run("npm", "run", "--silent", "check")


@nox.session
def tests(session: nox.Session) -> None:
    """The fast tests, and every branch that they must reach."""
    fast = ("tests", "--ignore", "tests/browser", "--cov", *session.posargs)
    session.run("uv", "run", "--group", "test", "pytest", "-q", *fast)


@nox.session
def notebooks(session: nox.Session) -> None:
    """The notebooks, compared with their stored outputs."""
    session.run("uv", "run", "--group", "test", "pytest", "-q", "notebooks")


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """The forms, the report and the guide in a browser; takes some minutes."""
    chosen = session.posargs or ("tests/browser",)
    session.run("uv", "run", "--group", "test", "pytest", "-q", *chosen)


@nox.session(default=False)
def firefox(session: nox.Session) -> None:
    """The forms in Firefox, on every processor."""
    files = (
        f"tests/browser/test_{name}.py" for name in ("create", "page_form", "audit")
    )
    chosen = session.posargs or ("-n", "auto", "--dist", "loadfile", *files)
    run = ("uv", "run", "--group", "test", "pytest", "-q", *chosen)
    session.run(*run, env={"APIUSER_BROWSER": "firefox"})


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Changes to the code that no test notices; takes ten minutes."""
    mutmut = ("uv", "run", "--group", "mutation", "--group", "test", "mutmut")
    session.run(*mutmut, "run", *session.posargs)
    session.run(*mutmut, "results")
    session.run(*mutmut, "export-cicd-stats", silent=True)
    text = Path("mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8")
    numbers = json.loads(text)
    noticed = numbers["killed"] + numbers["timeout"]
    tried = noticed + sum(numbers[kind] for kind in UNNOTICED)
    said = f"{noticed} of {tried} changes were noticed"
    if noticed * 100 < max(tried, 1) * LEAST_NOTICED:
        session.error(f"{said}, fewer than {LEAST_NOTICED} of 100")
    session.log(said)


@nox.session
def docs(session: nox.Session) -> None:
    """The guide, with its warnings as errors."""
    # Not --quiet, which hides warnings from --strict too.
    build = ("mkdocs", "build", "--strict", "--site-dir", ".cache/site")
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    session.run("uv", "run", "--group", "docs", *build, env=quiet)


@nox.session
def wheel(session: nox.Session) -> None:
    """The wheel, installed with every hash compared; the tests look into it."""
    session.run(
        "uv", "build", "--clear", "--wheel", "--out-dir", ".cache/wheel", *PINNED
    )
    python = ("--python", sys.executable)
    session.run("uv", "venv", "--clear", "--quiet", *python, ".cache/pinned")
    install = ("uv", "pip", "install", "--quiet", "--python", ".cache/pinned")
    session.run(*install, "--require-hashes", "--requirements", "constraints.txt")
    session.run(*install, "--no-index", "--find-links", ".cache/wheel", "apiuser")
    session.run("uv", "pip", "check", "--python", ".cache/pinned")
    alone = ("uv", "run", "--no-project", "--python", ".cache/pinned", "python", "-I")
    session.run(*alone, "-m", "apiuser", "policies")


@nox.session
def fuzz(session: nox.Session) -> None:
    """The reader on any bytes, a short run from a fixed seed."""
    if sys.platform != "linux" or sys.version_info >= (3, 13):
        session.skip("the fuzzer installs on Linux, with Python below 3.13")
    corpus = Path(".cache/corpus")
    corpus.mkdir(parents=True, exist_ok=True)
    groups = ("--group", "fuzz", "--group", "test")
    options = ("-max_len=300", "-verbosity=0", *(session.posargs or SHORT))
    run = ("python", "fuzz/reader.py", *options, str(corpus))
    session.run("uv", "run", *groups, *run)
