// The checklist in the page: draws what the worker's Python answers.
const SHOWN_FOR = 60_000;
const WAITS = "Press Start anew to take this choice; the values entered below are dropped then.";

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function makeButton(text, press, className = "") {
  const button = make("button", { type: "button", textContent: text, className });
  button.addEventListener("click", press);
  return button;
}

function startWorker() {
  const worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module" });
  const waiting = new Map();
  let last = 0;
  const fail = (message) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.trouble) reject(new Error(data.trouble));
    else resolve(JSON.parse(data.answer));
  };
  worker.onerror = () => fail("The form could not be loaded; load the page again.");
  return (question) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ number: last, question });
    });
}

class Form {
  constructor(root) {
    this.root = root;
    this.drawn = "";
    this.hiding = 0;
    this.status = make("p", { className: "apiuser-status" });
    this.status.setAttribute("role", "status");
  }

  async open() {
    this.say("Loading: about 6 MB, once.");
    const begun = performance.now();
    this.ask = startWorker();
    await this.do({ do: "show", step: 0 });
    this.root.dataset.ready = `${Math.round(performance.now() - begun)}`;
  }

  say(text) {
    this.status.textContent = text;
  }

  async do(question) {
    try {
      const state = await this.ask(question);
      this.show(state);
      return state;
    } catch (error) {
      this.say(error.message);
      return null;
    }
  }

  show(state) {
    const wanted = `${state.job}/${state.integration}/${state.code}`;
    if (wanted !== this.drawn) this.draw(state);
    this.drawn = wanted;
    this.patch(state);
    this.say(state.said);
  }

  draw(state) {
    this.hide = () => {};
    this.entries = new Map();
    const job = makeSelect("Job", state.jobs, state.job);
    const integration = makeSelect("Integration", state.integrations, state.integration);
    const start = makeButton("Start anew", () =>
      this.do({ do: "start", job: job.input.value, integration: integration.input.value }),
    );
    for (const { input } of [job, integration]) {
      input.addEventListener("change", () => this.say(WAITS));
    }
    const head = make("div", { className: "apiuser-head" }, job.view, integration.view, start);
    this.stepper = make("ol");
    const nav = make("nav", { className: "apiuser-stepper" }, this.stepper);
    nav.setAttribute("aria-label", "Steps");
    this.instructions = make("div");
    this.background = make("div");
    this.explained = "";
    this.copies = make("div", { className: "apiuser-copies" });
    const title = `Step ${state.current + 1} of ${state.steps.length}: ${state.title}`;
    const body = make(
      "div",
      { className: "apiuser-body" },
      make("h3", { textContent: title }),
      this.instructions,
    );
    this.makeKey = makeButton("Generate Key", () => this.do({ do: "make_key" }));
    for (const field of state.fields) {
      if (field.input === "key") body.append(this.makeKey);
      const entry = field.input === "secret" ? this.makeSecret(field) : this.makeEntry(field);
      this.entries.set(field.key, entry);
      body.append(entry.view);
    }
    this.wait = make("p");
    body.append(this.wait, this.copies);
    if (state.code === "handover") body.append(this.makeRecord());
    const back = makeButton("Back", () => this.do({ do: "show", step: state.current - 1 }));
    back.disabled = state.current === 0;
    const last = state.current + 1 === state.steps.length;
    const next = makeButton(
      last ? "Done" : "Done, next step",
      () => this.do({ do: "finish" }),
      "apiuser-primary",
    );
    body.append(this.background, this.status);
    body.append(make("div", { className: "apiuser-row" }, back, next));
    const page = make("div", { className: "apiuser-page" });
    this.page = page;
    const columns = make("div", { className: "apiuser-columns" }, nav, body, page);
    const moved = this.drawn !== "";
    this.root.replaceChildren(head, columns);
    if (moved) {
      const heading = body.querySelector("h3");
      heading.tabIndex = -1;
      heading.focus();
    }
  }

  makeEntry(field) {
    const id = `apiuser-${field.key}`;
    const advice = make("p", { className: "apiuser-advice", id: `${id}-advice` });
    const hint = make("p");
    const findings = make("ul", { id: `${id}-findings` });
    const input = makeInput(field, id);
    input.setAttribute("aria-describedby", `${advice.id} ${findings.id}`);
    const label = make("label", { htmlFor: id, textContent: field.label });
    const tick = field.input === "tick";
    const send = () => {
      entry.touched = true;
      this.do({ do: "set", key: field.key, value: tick ? input.checked : input.value });
    };
    input.addEventListener(tick || field.input === "choice" ? "change" : "input", send);
    if (field.input === "lines") takeDrops(input, send);
    const parts = tick ? [make("span", {}, input, " ", label)] : [label, input];
    const list = make("div", { className: "apiuser-findings" }, findings);
    const view = make("div", { className: "apiuser-field" }, ...parts, advice, hint, list);
    if (input.list) view.append(input.suggestions);
    const entry = { view, input, advice, hint, findings, touched: field.value !== "" };
    return entry;
  }

  makeSecret(field) {
    const value = make("code", { textContent: "\u2022".repeat(12) });
    const input = make("input", { type: "password", autocomplete: "off", id: "apiuser-typed" });
    input.spellcheck = false;
    const reveal = makeButton("Reveal", async () => {
      if (reveal.textContent === "Hide") {
        this.hide();
        return;
      }
      const state = await this.ask({ do: "reveal" });
      value.textContent = state.secret;
      value.className = "apiuser-shown";
      reveal.textContent = "Hide";
      this.hiding = setTimeout(() => this.hide(), SHOWN_FOR);
    });
    this.hide = () => {
      clearTimeout(this.hiding);
      value.textContent = "\u2022".repeat(12);
      value.className = "";
      reveal.textContent = "Reveal";
    };
    const copy = makeButton("Copy", async () => {
      try {
        const state = await this.ask({ do: "reveal" });
        await navigator.clipboard.writeText(state.secret);
        this.say("Copied. A clipboard history keeps its own copy.");
      } catch {
        this.say("The browser did not allow copying. Press Reveal and copy it by hand.");
      }
    });
    reveal.setAttribute("aria-label", `Reveal ${field.label}`);
    copy.setAttribute("aria-label", `Copy ${field.label}`);
    const generate = makeButton("Generate Secret", () => {
      this.hide();
      input.value = "";
      this.do({ do: "make_secret" });
    });
    input.addEventListener("input", () => {
      this.hide();
      this.do({ do: "take_secret", text: input.value });
    });
    const label = make("label", { htmlFor: input.id });
    label.textContent = `Type or paste: ${field.label}`;
    const facts = make("p");
    const findings = make("ul");
    const list = make("div", { className: "apiuser-findings" }, findings);
    const row = make("div", { className: "apiuser-row" }, value, reveal, copy);
    const box = make("div", { className: "apiuser-secret" }, row, label, input);
    const view = make("div", { className: "apiuser-field" }, generate, box, facts, list);
    return { view, secret: true, reveal, copy, facts, findings, touched: true };
  }

  makeRecord() {
    const save = async (ending, type) => {
      const state = await this.do({ do: "record", ending });
      if (!state?.record) return;
      const url = URL.createObjectURL(new Blob([state.record], { type }));
      make("a", { href: url, download: state.file }).click();
      URL.revokeObjectURL(url);
    };
    return make(
      "div",
      { className: "apiuser-row" },
      makeButton("Download the record (HTML)", () => save("html", "text/html")),
      makeButton("Download the record (Markdown)", () => save("md", "text/markdown")),
      makeButton("Finish: forget the secret", () => this.do({ do: "forget" })),
    );
  }

  patch(state) {
    this.instructions.innerHTML = state.instructions;
    // Only where it changed: what was unfolded would fold again.
    if (this.explained !== state.background) {
      this.explained = state.background;
      this.background.innerHTML = state.background;
    }
    this.page.innerHTML = state.picture;
    this.wait.textContent = state.wait;
    this.makeKey.hidden = !state.makes_key;
    this.stepper.replaceChildren(...state.steps.map((step, at) => this.makeStep(step, at, state)));
    for (const field of state.fields) this.patchField(this.entries.get(field.key), field, state);
    this.copies.hidden = state.copies.length === 0;
    this.copies.replaceChildren(
      make("strong", { textContent: "To copy into Autotask" }),
      ...state.copies.map((copy) => this.makeCopy(copy)),
    );
  }

  patchField(entry, field, state) {
    entry.view.hidden = !field.counts;
    const lines = field.findings.map(makeFinding);
    if (entry.secret) {
      entry.reveal.disabled = !state.available;
      entry.copy.disabled = !state.available;
      entry.facts.textContent = state.secret_facts;
      entry.findings.replaceChildren(...lines);
      return;
    }
    entry.advice.textContent = field.advice;
    entry.hint.textContent = field.hint;
    if (field.input === "tick") entry.input.checked = field.value;
    else if (entry.input.value !== field.value && document.activeElement !== entry.input) {
      entry.input.value = field.value;
      entry.touched = field.value !== "";
    }
    entry.findings.replaceChildren(...(entry.touched ? lines : []));
  }

  makeStep(step, at, state) {
    const button = makeButton("", () => this.do({ do: "show", step: at }));
    button.title = step.title;
    button.append(
      make("span", { className: "apiuser-figure", textContent: `${at + 1}` }),
      make("span", { className: "apiuser-title", textContent: step.title }),
      make("span", { className: "apiuser-state", textContent: step.done ? "done" : "" }),
    );
    if (at === state.current) button.setAttribute("aria-current", "step");
    return make("li", {}, button);
  }

  makeCopy({ label, text }) {
    const value = make("input", { readOnly: true, value: text });
    value.setAttribute("aria-label", label);
    const copy = makeButton("Copy", async () => {
      await navigator.clipboard.writeText(text).catch(() => value.select());
      this.say(`${label}: copied.`);
    });
    copy.setAttribute("aria-label", `Copy ${label}`);
    copy.disabled = text === "";
    const name = make("span", { className: "apiuser-label", textContent: label });
    const row = make("div", { className: "apiuser-row" }, value, copy);
    return make("div", { className: "apiuser-copy" }, name, row);
  }
}

function makeSelect(label, options, chosen) {
  const id = `apiuser-${label.toLowerCase()}`;
  const input = make("select", { id });
  input.append(...options.map(({ name, title }) => new Option(title, name)));
  input.value = chosen;
  const words = make("label", { htmlFor: id, textContent: label });
  return { input, view: make("div", { className: "apiuser-field" }, words, input) };
}

function makeInput(field, id) {
  switch (field.input) {
    case "tick":
      return make("input", { type: "checkbox", id });
    case "choice": {
      const input = make("select", { id });
      input.append(...field.options.map(({ name, title }) => new Option(title, name)));
      return input;
    }
    case "lines":
      return make("textarea", { id, rows: 4 });
    default: {
      const input = make("input", { type: "text", id, autocomplete: "off" });
      if (field.options.length) {
        const list = make("datalist", { id: `${id}-list` });
        list.append(...field.options.map(({ name }) => new Option(name, name)));
        input.setAttribute("list", list.id);
        input.suggestions = list;
      }
      return input;
    }
  }
}

// A finding ends in the code of its rule, which leads to the page of rules.
function makeFinding({ severity, text, code }) {
  const rules = new URL(`../../rules/#${code.toLowerCase()}`, import.meta.url);
  const link = make("a", { href: rules.href, textContent: code });
  const words = text.slice(0, text.lastIndexOf("("));
  return make("li", { className: `apiuser-${severity}` }, words, "(", link, ")");
}

// A list of names can be dropped as a text file, one name a line.
function takeDrops(input, send) {
  input.addEventListener("dragover", (event) => event.preventDefault());
  input.addEventListener("drop", async (event) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    const text = await file.text();
    input.value = [input.value.trim(), text.trim()].filter(Boolean).join("\n");
    send();
  });
}

function setUp() {
  const place = document.getElementById("apiuser-form");
  if (!place || place.dataset.set) return;
  place.dataset.set = "yes";
  const root = make("div", { className: "apiuser-form apiuser-checklist" });
  if (typeof WebAssembly !== "object") return;
  const form = new Form(root);
  const start = makeButton(
    "Open the form in this page",
    () => {
      start.remove();
      form.open();
    },
    "apiuser-primary",
  );
  root.append(start, form.status);
  place.replaceChildren(root);
}

setUp();
// Pages are exchanged without a load where the theme does that.
globalThis.document$?.subscribe(setUp);
