const COLUMNS = [
  "Severity",
  "Code",
  "Username",
  "What to do",
  "File",
  "Line",
  "Record",
  "Conflict",
];
const FILE = 4;
const SEVERITIES = ["error", "warning", "notice"];
const PAUSE = 200;
const PATIENCE = 5_000;
const SILENT =
  "The kernel does not answer. Wait until it is idle, or run the cell again.";

const makeNonce = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function makeSelect(options) {
  const select = make("select");
  fillSelect(select, options);
  return select;
}

function fillSelect(select, options) {
  const chosen = select.value;
  select.replaceChildren(
    make("option", { value: "", textContent: "all" }),
    ...options.map((value) => make("option", { value, textContent: value })),
  );
  select.value = options.includes(chosen) ? chosen : "";
}

// The label stands beside its input: inside it, the options would be its name too.
function makeFilter(name, input) {
  input.id = `apiuser-${makeNonce()}`;
  const label = make("label", { htmlFor: input.id, textContent: name });
  return make("div", {}, label, input);
}

function makeRow(cells) {
  const row = make("tr");
  cells.forEach((text, column) => {
    const cell = make("td", { textContent: text });
    if (column === FILE) {
      cell.textContent = text.split(/[\\/]/).at(-1);
      cell.title = text;
    }
    cell.className = `apiuser-column-${column}`;
    row.append(cell);
  });
  row.firstChild.classList.add(`apiuser-${cells[0]}`);
  return row;
}

function render({ model, el }) {
  el.classList.add("apiuser-table");
  const code = makeSelect(model.get("codes"));
  const severity = makeSelect(SEVERITIES);
  const text = make("input", { type: "search", autocomplete: "off" });
  const filters = make(
    "div",
    { className: "apiuser-filters" },
    makeFilter("Search", text),
    makeFilter("Severity", severity),
    makeFilter("Code", code),
  );
  const status = make("p");
  status.setAttribute("role", "status");
  const head = make("tr");
  for (const name of COLUMNS) {
    const cell = make("th", { textContent: name, scope: "col" });
    head.append(cell);
  }
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, head), body);
  const frame = make("div", { className: "apiuser-scroll", tabIndex: 0 }, table);
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Findings");
  const more = make("button", { type: "button", hidden: true });
  el.append(filters, status, frame, more);

  let limit = model.get("page");
  let nonce = "";
  let timer = 0;
  const ask = () => {
    nonce = makeNonce();
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = SILENT;
    }, PATIENCE);
    model.send({
      kind: "ask",
      nonce,
      code: code.value,
      severity: severity.value,
      text: text.value.trim(),
      limit,
    });
  };
  const hear = (answer) => {
    if (answer?.nonce !== nonce) return;
    clearTimeout(timer);
    body.replaceChildren(...answer.rows.map(makeRow));
    const { found, total } = answer;
    const shown = answer.rows.length;
    frame.hidden = shown === 0;
    more.hidden = shown === found;
    more.textContent = `Show ${Math.min(model.get("page"), found - shown)} more`;
    const filtered = found === total ? "" : ` that match, of ${total} in all`;
    status.textContent = `Showing ${shown} of ${found} findings${filtered}.`;
  };
  const askAnew = () => {
    limit = model.get("page");
    ask();
  };
  const renew = () => {
    fillSelect(code, model.get("codes"));
    askAnew();
  };

  let pause = 0;
  text.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(askAnew, PAUSE);
  });
  code.addEventListener("change", askAnew);
  severity.addEventListener("change", askAnew);
  more.addEventListener("click", () => {
    limit += model.get("page");
    ask();
  });
  model.on("msg:custom", hear);
  model.on("change:edition", renew);
  if (model.get("edition") > 0) ask();
  return () => {
    clearTimeout(timer);
    clearTimeout(pause);
    model.off("msg:custom", hear);
    model.off("change:edition", renew);
  };
}

export default { render };
