// What the sheets draw alike.

const ACCEPT = ".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson";
const SIGNS = { ok: "\u2713", error: "\u2715", warning: "!", notice: "i" };
const WORDS = { ok: "", error: "Error: ", warning: "Warning: ", notice: "" };

export function make(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}

export const makeButton = (label, onclick, className = "") =>
  make("button", { type: "button", textContent: label, onclick, className });

// Hands a file to the browser, which may ask where it goes before it reads it.
export function download(name, blob) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const makeUid = () => crypto.getRandomValues(new Uint32Array(2)).join("-");

export const makeSign = (level) =>
  make("span", { textContent: SIGNS[level], className: `aus-${level}`, ariaHidden: "true" });

// A sheet is a banner for what stops it, a fieldset that can be shut, and a live region.
export function frameSheet(root) {
  const banner = make("div", { className: "aus-banner", hidden: true });
  banner.setAttribute("role", "alert");
  const region = make("p", { className: "aus-hidden" });
  region.setAttribute("role", "status");
  const field = make("fieldset", { className: "aus-all" });
  root.classList.add("apiuser-sheet");
  // A click beside the boxes would else lead to the cell, where letters are commands.
  root.tabIndex = -1;
  root.replaceChildren(banner, field, region);
  const warn = (text) => {
    banner.hidden = text === "";
    banner.textContent = text;
  };
  const onKey = (event) => {
    // Single letters are commands of the notebook; Ctrl+Enter would run the cell.
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  };
  root.addEventListener("keydown", onKey);
  const pressing = watchPressing(root);
  return {
    banner,
    field,
    warn,
    whenLetGo: pressing.whenLetGo,
    say: (text) => {
      region.textContent = text;
    },
    setAlive(now, text = "") {
      field.disabled = !now;
      warn(now ? "" : text);
    },
    release() {
      pressing.release();
      root.removeEventListener("keydown", onKey);
    },
  };
}

// A button that is found again by its name when what it is in is redrawn.
export function makePress(name, label, onclick, className = "") {
  const button = makeButton(label, onclick, className);
  button.dataset.press = name;
  return button;
}

// Returns how to go back to the button of `place` that has the focus, once redrawn; it
// tells whether there still is one.
export function findPressed(place) {
  const { activeElement } = document;
  const name = place.contains(activeElement) && activeElement.dataset.press;
  return () => {
    const again = name ? place.querySelector(`[data-press="${CSS.escape(name)}"]`) : null;
    again?.focus({ preventScroll: true });
    return Boolean(again);
  };
}

// Redraws only what shows something new: focus, typed text and whatever a pointer is
// pressing stay.
const drawn = new WeakMap();
export function drawChanged(place, shown, draw) {
  const signature = JSON.stringify(shown);
  if (drawn.get(place) === signature) return;
  drawn.set(place, signature);
  const focusAgain = findPressed(place);
  place.replaceChildren(...draw());
  focusAgain();
}

// Between pressing a button and letting it go nothing is redrawn: what moved or was
// redrawn under the pointer would take the click with it. `whenLetGo` shows at once if
// nothing is pressed.
function watchPressing(root) {
  let pressed = false;
  let waiting = [];
  const press = ({ target }) => {
    pressed = target.closest("button, label, summary, a, [type=checkbox]") !== null;
  };
  // The click comes after the pointer has gone up, and before anything else.
  const letGo = () =>
    setTimeout(() => {
      const shows = waiting;
      pressed = false;
      waiting = [];
      for (const show of shows) show();
    });
  root.addEventListener("pointerdown", press);
  addEventListener("pointerup", letGo);
  addEventListener("pointercancel", letGo);
  return {
    whenLetGo(show) {
      if (pressed) waiting.push(show);
      else show();
    },
    release() {
      root.removeEventListener("pointerdown", press);
      removeEventListener("pointerup", letGo);
      removeEventListener("pointercancel", letGo);
    },
  };
}

// A box shows what a person entered until the kernel has answered: whatever it tells
// before that is older. Returns how to show what the kernel knows.
export function makeEntered(box, { send, whenLetGo }) {
  let known = box.checked;
  let unanswered = 0;
  const showKnown = () => {
    if (!unanswered) box.checked = known;
  };
  box.addEventListener("change", async () => {
    unanswered += 1;
    await send(box.checked);
    unanswered -= 1;
    whenLetGo(showKnown);
  });
  return (now) => {
    known = now;
    showKnown();
  };
}

// Leads to a row in this stage or another.
export const makeLead = (row, goTo, label = `Go to ${row.label}`) =>
  makePress(`go:${row.key}`, label, () => goTo(row), "aus-link");

export function drawFinding({ level, text, code, row }, ruleLink = () => null, goTo = null) {
  const link = code ? ruleLink(code) : null;
  return make(
    "p",
    { className: `aus-${level}` },
    makeSign(level),
    ` ${WORDS[level]}${text}`,
    code
      ? make("small", {}, " ", link ? make("a", { href: link, textContent: code }) : code)
      : null,
    row ? " " : null,
    row ? makeLead(row, goTo) : null,
  );
}

// The fields beside a file: what it needs to be read, or does not say;
// `give` takes what was typed.
// The half is taken at once, as it needs no second reading.
export function drawAsks(file, asks, give) {
  const fields = asks.map(({ label, value, choices }) => {
    const input = make(choices.length ? "select" : "input");
    input.append(...choices.map(([name, title]) => new Option(title, name)));
    input.value = value;
    return { input, field: make("label", {}, label, input) };
  });
  const read = async () => {
    const texts = fields.map(({ input }) => input.value);
    const given = asks.map(({ option }, at) => [option, texts[at]]);
    if (!(await give(Object.fromEntries(given)))) return;
    // What is accepted is drawn anew; a secret that was pasted here must not stay.
    for (const [at, { input }] of fields.entries()) input.value = asks[at].value;
  };
  const half = asks.findIndex(({ option }) => option === "half");
  if (half >= 0) fields[half].input.addEventListener("change", read);
  const again = asks.length > (half >= 0 ? 1 : 0) ? [makeButton("Read again", read)] : [];
  const labelled = fields.map(({ field }) => field);
  const place = make("div", { className: "aus-reading" }, ...labelled, ...again);
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", file);
  return place;
}

export function takeDropped(place, take) {
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

// A place for files, which are chosen by the button.
export function makeDrop(take, { id, name }) {
  const input = make("input", {
    type: "file",
    multiple: true,
    id,
    className: "aus-hidden",
    accept: ACCEPT,
    tabIndex: -1,
  });
  input.setAttribute("aria-label", name);
  const choose = makeButton("Add files", () => input.click());
  const place = make("div", { className: "aus-drop" });
  input.addEventListener("change", () => {
    take([...input.files]).then(() => {
      input.value = "";
    });
  });
  return { place, input, choose };
}
