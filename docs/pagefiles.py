"""Put what the form in the page runs into the built site: Python, package, style."""

import json
import logging
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from apiuser.forms.widgets.scripts import WIDGETS, find_scripts

_LOG = logging.getLogger("mkdocs.hooks.pagefiles")
_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
_COMPILE = Path(__file__).with_name("compile_library.mjs")
# The page imports nothing of these; a test compares the archive with what it loads.
_NOT_FOR_THE_PAGE = {
    "apiuser": {
        *("auditing", "cli", "forms", "guide", "handover", "lab", "leaks"),
        *("exports/candidate_rows.py", "exports/engine", "exports/frames.py"),
        *("exports/hidden_files.py", "exports/xlsx"),
        *("files/drafts.py", "files/json_escapes.py", "files/reversal.py"),
        *("generation.py", "interrupts.py"),
        *("reports", "verification", "__main__.py"),
    },
    "email_validator": {"deliverability.py", "__main__.py"},
    "idna": {"cli.py", "codec.py", "compat.py", "__main__.py"},
    "jinja2": {
        *("constants.py", "debug.py", "ext.py", "meta.py", "nativetypes.py"),
        "sandbox.py",
    },
    "markupsafe": set(),
}
_ENDINGS = {".py", ".toml", ".txt", ".html", ".css"}
_STAMP = (2026, 1, 1, 0, 0, 0)
_REASON = re.compile(r'(<div id="apiuser-form">\s*)<p>.*?</p>', re.DOTALL)
_MISSING = (
    "<p>This copy of the guide was built without the form. In the folder of apiuser, "
    "run <code>npm ci</code>, which needs Node.js, and build the guide again; or run "
    "<code>uv run apiuser lab</code>, which opens the form in JupyterLab.</p>"
)


def on_page_content(html: str, config: MkDocsConfig, **_: object) -> str:
    """Say in the place of the form why it stays empty."""
    if _find_python(config):
        return html
    return _REASON.sub(rf"\1{_MISSING}", html)


def _find_python(config: MkDocsConfig) -> Path | None:
    """Return the folder of the Python for browsers, if the form can be built."""
    folder = Path(config.config_file_path).parent / "node_modules" / "pyodide"
    return folder if folder.is_dir() and shutil.which("node") else None


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files beside the page's own scripts."""
    root = Path(config.config_file_path).parent
    place = Path(config.site_dir) / "assets" / "page"
    pyodide = _find_python(config)
    if pyodide is None:
        _LOG.warning("The form in the page is missing: run Node's `npm ci` first.")
        return
    shim = root / "node_modules" / "iframe-worker" / "shim" / "index.js"
    shutil.copyfile(shim, place.parent / "iframe-worker.js")
    (place / "pyodide").mkdir(parents=True, exist_ok=True)
    for name in _PYODIDE:
        shutil.copyfile(pyodide / name, place / "pyodide" / name)
    library = place / "pyodide" / "python_stdlib.zip"
    shutil.copyfile(_compile_library(pyodide), library)
    _write_lock(pyodide / "pyodide-lock.json", place / "pyodide" / "pyodide-lock.json")
    _write_package(place / "apiuser.zip")
    for name in (*find_scripts("sheet.js"), "sheet.css"):
        shutil.copyfile(WIDGETS / name, place / name)


def _compile_library(pyodide: Path) -> Path:
    """Return the standard library compiled, which is kept for the next build."""
    source = (pyodide / "python_stdlib.zip").read_bytes()
    name = sha256(_COMPILE.read_bytes() + source).hexdigest()[:16]
    kept = pyodide.parent / ".cache" / "apiuser" / f"library-{name}.zip"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(".part")
        command = ["node", str(_COMPILE), str(pyodide), str(made)]
        subprocess.run(command, check=True)  # noqa: S603  # the project's own script
        made.replace(kept)
    return kept


def _write_lock(source: Path, target: Path) -> None:
    """Keep what names the Python; a list of packages would name a foreign host."""
    lock = json.loads(source.read_text("utf-8"))
    text = json.dumps({"info": lock["info"], "packages": {}})
    target.write_text(text, encoding="utf-8")


def _write_package(target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(_list_files()):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())


def _list_files() -> Iterator[tuple[str, Path]]:
    for name, left_out in _NOT_FOR_THE_PAGE.items():
        folder = Path(str(files(name)))
        for path in folder.rglob("*"):
            inner = path.relative_to(folder)
            around = {inner.as_posix(), *(part.as_posix() for part in inner.parents)}
            wanted = left_out.isdisjoint(around)
            if wanted and path.suffix in _ENDINGS:
                yield f"{name}/{inner.as_posix()}", path
        for listed in distribution(name).files or ():
            if listed.name.startswith("LICENSE"):
                yield f"{name}/{listed.name}", Path(str(listed.locate()))
