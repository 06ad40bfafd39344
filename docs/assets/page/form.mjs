// The work sheet in this page: Python in a worker answers what the sheet asks.
import { make, makeButton } from "./drawing.js";
import { readPart } from "./reading.js";
import { mountSheet } from "./sheet.js";

const PATIENCE = 30_000;
const SLOW = "The form has not loaded within half a minute. Check the connection.";
const FAILED = "The form could not be loaded. Check the connection.";
const ENDED = "The form stopped working, and the secret is lost. Load the page again.";
const MOST_BYTES = 64 << 20;
const LARGE = "The file is larger than 64 MB. Use the notebook for it.";

// One question, one answer, in order; a worker that ends says so once and for all.
function startWorker(onEnd) {
  const worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module" });
  const waiting = new Map();
  let last = 0;
  let ended = false;
  worker.onmessage = ({ data }) => {
    const asked = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.trouble) asked?.reject(new Error(data.trouble));
    else asked?.resolve(JSON.parse(data.answer));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    ended = true;
    for (const { reject } of waiting.values()) reject(new Error(ENDED));
    waiting.clear();
    onEnd();
  };
  return {
    ask(question, file = null) {
      if (ended) return Promise.reject(new Error(ENDED));
      return new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        worker.postMessage({ number: last, question, file });
      });
    },
    end: () => worker.terminate(),
  };
}

function openSheet(root, job) {
  const worker = startWorker(() => sheet.setAlive(false, ENDED));
  let works = false;
  const ask = async (event, file) => {
    const answer = await worker.ask(event, file);
    const { secret, text, name, refused, ...shown } = answer;
    works = shown.works;
    sheet.show(shown);
    if (refused) throw new Error(refused);
    return { secret, text, name };
  };
  const port = {
    act: (event) => ask(event),
    askSecret: async () => {
      const { secret } = await ask({ do: "ask" });
      if (!secret) throw new Error("There is no secret yet.");
      return secret;
    },
    takeSecret: (what, text) => ask({ do: "typed", what, text }),
    record: (kind) => ask({ do: "record", kind }),
    upload: async (file) => {
      if (file.size > MOST_BYTES) throw new Error(LARGE);
      const data = await readPart(file, 0, MOST_BYTES);
      return ask({ do: "file" }, { name: file.name, data });
    },
  };
  const ruleLink = (code) => new URL(`../../rules/#${code.toLowerCase()}`, import.meta.url).href;
  const sheet = mountSheet(root, port, { ruleLink });
  // Leaving would lose what was entered, with the secret, or a record that is not saved.
  const guard = (event) => {
    if (works) event.preventDefault();
  };
  addEventListener("beforeunload", guard);
  return {
    begin: () => ask({ do: "begin", job }),
    close() {
      removeEventListener("beforeunload", guard);
      sheet.close();
      worker.end();
    },
  };
}

function open(shown) {
  const begun = performance.now();
  const said = make("p", { textContent: "Loading: about 8 MB, once." });
  said.setAttribute("role", "status");
  const board = make("div");
  shown.root.replaceChildren(said);
  shown.sheet = openSheet(board, shown.job);
  let timer = 0;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(SLOW)), PATIENCE);
  });
  return Promise.race([shown.sheet.begin(), late])
    .then(() => {
      shown.place.replaceChildren(board);
      document.querySelector(".form-picture")?.remove();
      board.querySelector("h2").focus();
      shown.place.dataset.ready = `${Math.round(performance.now() - begun)}`;
    })
    .catch((error) => {
      shown.sheet.close();
      const trouble = make("p", { textContent: error.message === SLOW ? SLOW : FAILED });
      trouble.setAttribute("role", "alert");
      const again = makeButton("Try again", () => open(shown), "aus-primary");
      shown.root.replaceChildren(trouble, again);
      again.focus();
    })
    .finally(() => clearTimeout(timer));
}

function offer(shown) {
  shown.sheet?.close();
  shown.sheet = null;
  delete shown.place.dataset.ready;
  shown.root.replaceChildren(
    makeButton("Open the form in this page", () => open(shown), "aus-primary"),
  );
  shown.place.replaceChildren(shown.root);
}

let form = null;
function setUp() {
  const place = document.getElementById("apiuser-form");
  if (place === (form?.place ?? null)) return;
  form?.sheet?.close();
  form = null;
  if (!place || typeof WebAssembly !== "object") return;
  const root = make("div", { className: "apiuser-sheet" });
  const asked = new URLSearchParams(location.search);
  form = { place, root, job: asked.get("job") ?? "", sheet: null };
  offer(form);
  if (asked.has("open")) open(form); // a button of another page was pressed for it
}

setUp();
// A theme may exchange pages without a load.
globalThis.document$?.subscribe(setUp);
// A browser may keep a page that was left, to go back to; the secret is not kept with it.
addEventListener("pagehide", () => {
  if (form?.sheet) offer(form);
});
