"""Put what the form in the page runs into the built site: Python, package, style."""

import json
import logging
import shutil
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

_LOG = logging.getLogger("mkdocs.hooks.pagefiles")
_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
# These need packages that the page does not have, or a file system of one's own.
_NOT_FOR_THE_PAGE = frozenset(
    {"auditing", "cli", "forms", "guide", "handover", "reports", "leaks", "exports"}
    | {"lab.py", "__main__.py"}
)
_STAMP = (2026, 1, 1, 0, 0, 0)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files beside the page's own scripts."""
    root = Path(config.config_file_path).parent
    place = Path(config.site_dir) / "assets" / "page"
    pyodide = root / "node_modules" / "pyodide"
    if not pyodide.is_dir():
        _LOG.warning("The form in the page is missing: run `npm ci` first.")
        return
    shim = root / "node_modules" / "iframe-worker" / "shim" / "index.js"
    shutil.copyfile(shim, place.parent / "iframe-worker.js")
    (place / "pyodide").mkdir(parents=True, exist_ok=True)
    for name in _PYODIDE:
        shutil.copyfile(pyodide / name, place / "pyodide" / name)
    _write_lock(pyodide / "pyodide-lock.json", place / "pyodide" / "pyodide-lock.json")
    _write_package(root / "apiuser", place / "apiuser.zip")
    for name in ("forms.css", "checklist.css"):
        shutil.copyfile(root / "apiuser" / "forms" / "widgets" / name, place / name)


def _write_lock(source: Path, target: Path) -> None:
    """Keep what names the Python; a list of packages would name a foreign host."""
    lock = json.loads(source.read_text("utf-8"))
    text = json.dumps({"info": lock["info"], "packages": {}})
    target.write_text(text, encoding="utf-8")


def _write_package(package: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(_list_files(package)):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())


def _list_files(package: Path) -> Iterator[tuple[str, Path]]:
    for path in package.rglob("*"):
        inner = path.relative_to(package)
        wanted = path.suffix in {".py", ".toml", ".txt", ".json", ".bin"}
        if wanted and inner.parts[0] not in _NOT_FOR_THE_PAGE:
            yield f"apiuser/{inner.as_posix()}", path
    for name in ("email_validator", "idna"):
        spec = find_spec(name)
        folder = Path(str(spec.origin)).parent if spec else Path(name)
        for path in folder.glob("*.py"):
            yield f"{name}/{path.name}", path
