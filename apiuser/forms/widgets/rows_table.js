const PAUSE = 200;
const PATIENCE = 5_000;
const SILENT = "The kernel does not answer. Wait until it is idle, or run the cell again.";

const makeNonce = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
const show = (number) => number.toLocaleString("en");

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function fillSelect(select, options) {
  const chosen = select.value;
  select.replaceChildren(
    make("option", { value: "", textContent: "all" }),
    ...options.map((value) => make("option", { value, textContent: value })),
  );
  select.value = options.includes(chosen) ? chosen : "";
}

// Long paths would make high rows; the whole one is shown on hovering.
function shorten(path) {
  const parts = path.split(/[\\/]/);
  return parts.length > 2 ? `…/${parts.slice(-2).join("/")}` : path;
}

// The label stands beside its input: inside it, the options would be its name too.
function makeFilter(name, input) {
  input.id = `apiuser-${makeNonce()}`;
  const label = make("label", { htmlFor: input.id, textContent: name });
  return make("div", {}, label, input);
}

function render({ model, el }) {
  el.classList.add("apiuser-table");
  const columns = model.get("columns");
  const headers = Object.fromEntries(columns);
  const noun = model.get("name").toLowerCase();
  const keys = Object.keys(model.get("choices"));
  const selects = Object.fromEntries(keys.map((key) => [key, make("select")]));
  const text = make("input", { type: "search", autocomplete: "off" });
  const filters = make(
    "div",
    { className: "apiuser-filters" },
    makeFilter("Search", text),
    ...keys.map((key) => makeFilter(headers[key], selects[key])),
  );
  const status = make("p");
  status.setAttribute("role", "status");
  const head = make("tr");
  for (const [, header] of columns) {
    head.append(make("th", { textContent: header, scope: "col" }));
  }
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, head), body);
  const frame = make("div", { className: "apiuser-scroll", tabIndex: 0 }, table);
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", model.get("name"));
  const [first, previous, next, last] = [
    "First page",
    "Previous page",
    "Next page",
    "Last page",
  ].map((textContent) => make("button", { type: "button", textContent }));
  const moves = make(
    "div",
    { className: "apiuser-row", hidden: true },
    ...[first, previous, next, last],
  );
  el.append(filters, status, frame, moves);

  const makeRow = (cells) => {
    const row = make("tr");
    cells.forEach((textContent, at) => {
      const [key] = columns[at];
      const cell = make("td", { textContent, className: `apiuser-column-${key}` });
      if (key === "file") {
        cell.title = textContent;
        cell.textContent = shorten(textContent);
      }
      if (key === "severity") cell.classList.add(`apiuser-${textContent}`);
      row.append(cell);
    });
    return row;
  };

  let start = 0;
  let found = 0;
  let nonce = "";
  let timer = 0;
  const ask = (from) => {
    start = from;
    nonce = makeNonce();
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = SILENT;
    }, PATIENCE);
    model.send({
      kind: "ask",
      nonce,
      values: Object.fromEntries(keys.map((key) => [key, selects[key].value])),
      text: text.value.trim(),
      start,
    });
  };
  const hear = (answer) => {
    if (answer?.nonce !== nonce) return;
    clearTimeout(timer);
    body.replaceChildren(...answer.rows.map(makeRow));
    frame.scrollTop = 0;
    const shown = answer.rows.length;
    const total = answer.total;
    found = answer.found;
    frame.hidden = shown === 0;
    moves.hidden = found <= model.get("page");
    first.disabled = previous.disabled = start === 0;
    next.disabled = last.disabled = start + shown >= found;
    const filtered = found === total ? "" : ` that match, of ${show(total)} in all`;
    const part = shown === found ? show(found) : `${show(start + 1)} to ${show(start + shown)}`;
    status.textContent = `Showing ${part} of ${show(found)} ${noun}${filtered}.`;
  };
  const askAnew = () => ask(0);
  const renew = () => {
    const choices = model.get("choices");
    for (const key of keys) fillSelect(selects[key], choices[key]);
    askAnew();
  };

  let pause = 0;
  text.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(askAnew, PAUSE);
  });
  for (const select of Object.values(selects)) {
    select.addEventListener("change", askAnew);
  }
  const size = model.get("page");
  first.addEventListener("click", askAnew);
  previous.addEventListener("click", () => ask(Math.max(0, start - size)));
  next.addEventListener("click", () => ask(start + size));
  last.addEventListener("click", () => ask(size * Math.floor((found - 1) / size)));
  model.on("msg:custom", hear);
  model.on("change:edition", renew);
  if (model.get("edition") > 0) renew();
  return () => {
    clearTimeout(timer);
    clearTimeout(pause);
    model.off("msg:custom", hear);
    model.off("change:edition", renew);
  };
}

export default { render };
