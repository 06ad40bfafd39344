// Compiles the standard library that Pyodide brings as source, with the same Python, so
// that the form in the page is ready in half the time.
// Usage: node compile_library.mjs FOLDER_OF_PYODIDE TARGET.zip
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Without docstrings, which nobody reads there; its hash is not checked again.
const COMPILE = `
import importlib.util
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

with (
    zipfile.ZipFile("/source.zip") as source,
    zipfile.ZipFile("/target.zip", "w", zipfile.ZIP_DEFLATED) as target,
):
    for name in source.namelist():
        data = source.read(name)
        if name.endswith(".py"):
            code = compile(data, name, "exec", dont_inherit=True, optimize=2)
            seen = importlib.util.source_hash(data)
            name, data = f"{name}c", _code_to_hash_pyc(code, seen, False)
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        target.writestr(info, bytes(data))
`;

const [folder, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: `${folder}/` });
const source = new Uint8Array(readFileSync(join(folder, "python_stdlib.zip")));
python.FS.writeFile("/source.zip", source);
python.runPython(COMPILE);
writeFileSync(target, python.FS.readFile("/target.zip"));
