// Runs the work sheet's own Python in the browser; it fetches its files and sends nothing.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = (name) => new URL(name, import.meta.url).href;
const FILES = "/files";

async function fetchPackage() {
  const found = await fetch(here("apiuser.zip"));
  if (!found.ok) throw new Error("The form's own files are missing on this site.");
  return found.arrayBuffer();
}

async function open() {
  const [python, archive] = await Promise.all([
    loadPyodide({ indexURL: here("pyodide/") }),
    fetchPackage(),
  ]);
  python.unpackArchive(archive, "zip", { extractDir: "/apiuser" });
  python.runPython("import sys; sys.path.insert(0, '/apiuser')");
  python.FS.mkdirTree(FILES);
  return python;
}

// Pyodide does not say that its WebAssembly cannot be loaded, and waits for ever.
const compile = WebAssembly.instantiateStreaming;
const lost = new Promise((_, reject) => {
  WebAssembly.instantiateStreaming = async (...given) => {
    try {
      return await compile(...given);
    } catch (error) {
      reject(error);
      throw error;
    }
  };
});
const opened = Promise.race([open(), lost]);
opened.catch(() => {}); // told to whoever asks
let page = null;
let drops = 0;

function begin(python, job) {
  const make = python.pyimport("apiuser.browser.page.Page");
  page = make(job);
  make.destroy();
  return page.show();
}

function answer(python, question, file) {
  if (question.do === "begin") return begin(python, question.job);
  if (!file) return page.answer(JSON.stringify(question));
  // Each has a folder of its own, as two may have the same name; Python gives it to them.
  drops += 1;
  const path = `${FILES}/${drops}/arrived`;
  python.FS.mkdir(`${FILES}/${drops}`);
  python.FS.writeFile(path, new Uint8Array(file.data));
  return page.answer(JSON.stringify({ ...question, path, name: file.name }));
}

globalThis.onmessage = async ({ data: { number, question, file } }) => {
  try {
    postMessage({ number, answer: answer(await opened, question, file) });
  } catch {
    // What went wrong may repeat the question, which may hold the secret.
    postMessage({ number, trouble: "The form met an error. Load the page again." });
  }
};
