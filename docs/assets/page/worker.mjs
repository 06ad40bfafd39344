// Runs the checklist's own Python in the browser; it fetches its files and sends nothing.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = (name) => new URL(name, import.meta.url).href;

async function open() {
  const python = await loadPyodide({ indexURL: here("pyodide/") });
  const answer = await fetch(here("apiuser.zip"));
  if (!answer.ok) throw new Error("The form's own files are missing on this site.");
  python.unpackArchive(await answer.arrayBuffer(), "zip", { extractDir: "/apiuser" });
  python.runPython("import sys; sys.path.insert(0, '/apiuser')");
  const make = python.pyimport("apiuser.browser.page.Page");
  const page = make();
  make.destroy();
  return page;
}

const opened = open();

self.onmessage = async ({ data: { number, question } }) => {
  try {
    const page = await opened;
    postMessage({ number, answer: page.answer(JSON.stringify(question)) });
  } catch (error) {
    // The question may hold the secret, so only what Python is called is passed on.
    const known = error?.constructor?.name === "PythonError";
    postMessage({ number, trouble: known ? "The form met an error." : error.message });
  }
};
