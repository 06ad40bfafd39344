// The audit sheet in the notebook and in Voilà: it draws what checkup/describing.py says.

import { copyText } from "./copying.js";
import {
  drawAsks,
  drawFinding,
  frameSheet,
  make,
  makeButton,
  makeDrop,
  makeSign,
  makeUid,
} from "./drawing.js";
import { tellName } from "./reading.js";
import { openWindow } from "./window.js";

const PAUSE = 250;
const REPORTS = [
  [".html", "Report as a page"],
  [".csv", "CSV"],
  [".json", "JSON"],
  [".xlsx", "XLSX"],
];

const makeSmall = (textContent) => make("small", { textContent, className: "aus-dim" });
const count = (number) => number.toLocaleString("en");

function makeCard(title, ...children) {
  return make(
    "section",
    { className: "aus-card" },
    make("h3", { textContent: title }),
    ...children,
  );
}

// Rows that are asked for page by page, and searched, so that none but these come here.
function makePages(ask, { name, draw, first, rows = make("div") }) {
  let turn = 0;
  let start = 0;
  let timer = 0;
  const said = make("span", { className: "aus-grow" });
  said.setAttribute("role", "status");
  const search = make("input", { type: "search", autocomplete: "off", placeholder: "Search" });
  search.setAttribute("aria-label", `Search in ${name}`);
  const show = (page) => {
    start = page.start;
    rows.replaceChildren(...page.rows.map(draw));
    const last = page.start + page.rows.length;
    const among = page.found < page.total ? `, ${count(page.total)} in all` : "";
    said.textContent = page.found
      ? `${count(page.start + 1)} to ${count(last)} of ${count(page.found)}${among}`
      : `None found${among}`;
    previous.disabled = page.start === 0;
    next.disabled = last >= page.found;
    step = page.rows.length || step;
    pager.hidden = page.total <= page.rows.length && search.value === "";
  };
  let step = 1;
  const load = async (from) => {
    turn += 1;
    const mine = turn;
    try {
      const page = await ask({ text: search.value, start: from });
      if (mine === turn) show(page);
    } catch (error) {
      said.textContent = error.message;
    }
  };
  const previous = makeButton("Previous", () => load(Math.max(0, start - step)));
  const next = makeButton("Next", () => load(start + step));
  const pager = make("div", { className: "aus-pager" }, search, said, previous, next);
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(0), PAUSE);
  });
  if (first) show(first);
  else load(0);
  return [pager, rows];
}

function mountAudit(root, port) {
  const uid = makeUid();
  const { banner, field, warn, say, setAlive, release } = frameSheet(root);
  let state = null;
  let answer = { checked: false };
  let edition = 0;
  let alive = false;
  let jump = false;

  const tell = (event) => port.act(event).catch((error) => warn(error.message));

  // --- the skeleton ----------------------------------------------------------------

  const scope = ["One tenant", "Many tenants"].map((label, at) =>
    makeButton(label, () => tell({ do: "many", on: at === 1 })),
  );
  const names = make("textarea", {
    id: `aus-${uid}-names`,
    rows: 1,
    spellcheck: false,
    className: "aus-mono",
    autocomplete: "off",
  });
  const beside = make("span", { className: "aus-said" });
  const checkNames = makeButton("Check", () => check(false), "aus-soft");
  checkNames.setAttribute("aria-label", "Check these names");
  const suggest = makeButton("Suggest a free key", suggestKey);
  const verdicts = make("div", { className: "aus-verdicts" });
  const files = make("ul", { className: "aus-exports" });
  const nothing = make("p", { className: "aus-elsewhere" });
  const path = make("input", { id: `aus-${uid}-path`, autocomplete: "off", spellcheck: false });
  const filesSaid = make("p", { className: "aus-said" });
  const { place, input, choose } = makeDrop(upload, {
    id: `aus-${uid}-choose`,
    button: "Add files",
    name: "Add exports",
  });
  const results = make("div", { className: "aus-results" });
  const progress = make("progress", { hidden: true });
  progress.setAttribute("aria-label", "Work done");
  const line = make("span", { className: "aus-grow" });
  const reports = REPORTS.map(([ending, label]) => makeButton(label, () => download(ending)));
  const primary = makeButton("Check", () => check(true), "aus-primary");
  const switches = make("div", { className: "aus-jobs" }, ...scope);
  switches.setAttribute("role", "group");
  switches.setAttribute("aria-label", "Exports of");
  place.append(
    input,
    choose,
    makeButton("Look again", () => tell({ do: "look" }), "aus-link"),
    make("span", { textContent: "or drop them here", className: "aus-dim" }),
  );
  field.append(
    make("h2", { textContent: "Audit of usernames", className: "aus-hidden", tabIndex: -1 }),
    make("div", { className: "aus-top" }, switches),
    makeCard(
      "Is this name free?",
      make(
        "div",
        { className: "aus-ask" },
        make("label", { textContent: "Names, one a line", htmlFor: names.id }),
        names,
        make("div", { className: "aus-tools" }, checkNames, suggest),
      ),
      verdicts,
    ),
    makeCard(
      "Here are our exports",
      files,
      nothing,
      place,
      filesSaid,
      make(
        "details",
        {},
        make("summary", { textContent: "Add by path" }),
        make(
          "div",
          { className: "aus-ask" },
          make("label", { textContent: "File or folder here", htmlFor: path.id }),
          path,
          make("div", { className: "aus-tools" }, makeButton("Add", addPath)),
        ),
      ),
    ),
    results,
    make("div", { className: "aus-foot" }, progress, line, beside, ...reports, primary),
  );
  names.addEventListener("input", greyNames);
  names.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) check(false);
  });
  path.addEventListener("keydown", (event) => {
    if (event.key === "Enter") addPath();
  });

  // --- what is pressed -------------------------------------------------------------

  async function check(follow) {
    jump = follow;
    beside.textContent = "";
    try {
      await port.act({ do: "check", names: names.value });
    } catch (error) {
      beside.textContent = error.message;
      say(error.message);
    }
  }

  async function addPath() {
    filesSaid.textContent = "";
    try {
      await port.act({ do: "add", path: path.value });
      path.value = "";
    } catch (error) {
      filesSaid.textContent = error.message;
      say(error.message);
    }
  }

  async function upload(chosen) {
    const said = [];
    for (const file of chosen) {
      try {
        await port.upload(file, (share) => {
          filesSaid.textContent = `Reading ${tellName(file)}: ${Math.round(share * 100)} %`;
        });
        said.push(`${tellName(file)} is there.`);
      } catch (error) {
        said.push(error.message);
      }
    }
    filesSaid.textContent = said.join(" ");
    say(filesSaid.textContent);
  }

  async function suggestKey() {
    suggest.disabled = true;
    try {
      const { key } = await port.act({ do: "suggest" });
      const told = make("p", { className: "aus-ok" }, makeSign("ok"), " Free key: ", drawCopy(key));
      verdicts.prepend(told);
      say(`Free key: ${key}`);
    } catch (error) {
      beside.textContent = error.message;
    }
    suggest.disabled = false;
  }

  async function download(ending) {
    beside.textContent = "Making the file.";
    try {
      const { name, data } = await port.act({ do: "report", ending });
      const url = URL.createObjectURL(new Blob([data]));
      make("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      beside.textContent = `${name} was handed to the browser.`;
    } catch (error) {
      beside.textContent = error.message;
    }
    say(beside.textContent);
  }

  function drawCopy(text) {
    const copy = makeButton(
      "Copy",
      async () => {
        try {
          await copyText(Promise.resolve(text));
          copy.textContent = "\u2713 Copied";
          say(`${text} copied.`);
        } catch {
          getSelection().selectAllChildren(code);
          say("The browser did not allow copying. Press Ctrl+C.");
        }
      },
      "aus-link",
    );
    copy.setAttribute("aria-label", `Copy ${text}`);
    const code = make("code", { textContent: text });
    return make("span", {}, code, " ", copy);
  }

  // --- the exports -----------------------------------------------------------------

  const items = new Map();
  function drawFile(first) {
    const { name } = first;
    const current = () => state.files.find((file) => file.name === name) ?? first;
    const box = make("input", { type: "checkbox" });
    box.addEventListener("change", () => tell({ do: "tick", name, on: box.checked }));
    const text = make("small", { id: `aus-${uid}-${makeUid()}` });
    box.setAttribute("aria-describedby", text.id);
    const view = make("li", {}, make("label", {}, box, make("span", { textContent: name })), text);
    let half = null;
    if (first.asks_half) {
      half = make("select");
      half.append(
        new Option("Which half is it?", ""),
        new Option("Active resources", "active"),
        new Option("Inactive resources", "inactive"),
      );
      half.setAttribute("aria-label", `Which half is ${name}?`);
      half.addEventListener("change", () => tell({ do: "half", name, half: half.value }));
      view.append(half);
    }
    if (first.asks.length) {
      const asks = drawAsks(first.asks, async (values) => {
        try {
          await port.act({ do: "give", name, values });
          await check(false);
        } catch (error) {
          filesSaid.textContent = error.message;
          say(error.message);
        }
      });
      view.append(asks);
    }
    const update = () => {
      const file = current();
      box.checked = file.chosen;
      text.textContent = file.text;
      text.className = file.level ? `aus-${file.level}` : "aus-dim";
      view.classList.toggle("aus-refused", file.level === "error");
      if (half) half.value = file.half;
    };
    return { view, update, made: signFile(first) };
  }
  const signFile = ({ asks, asks_half }) => JSON.stringify([asks, asks_half]);

  function patchFiles() {
    for (const name of items.keys()) {
      if (!state.files.some((file) => file.name === name)) items.delete(name);
    }
    for (const file of state.files) {
      if (items.get(file.name)?.made !== signFile(file)) items.set(file.name, drawFile(file));
      items.get(file.name).update();
    }
    const wanted = state.files.map((file) => items.get(file.name).view);
    const same = wanted.length === files.children.length;
    if (!same || wanted.some((view, at) => view !== files.children[at])) {
      files.replaceChildren(...wanted);
    }
    nothing.textContent = state.nothing;
    nothing.hidden = !state.nothing;
  }

  // --- what was found --------------------------------------------------------------

  function greyNames() {
    verdicts.classList.toggle("aus-stale", names.value.trim() !== answer.names_text?.trim());
  }

  function drawName({ name, level, text, against, free }) {
    const shown = ["ok", "notice"].includes(level)
      ? drawCopy(name)
      : make("code", { textContent: name });
    const box = make(
      "div",
      {},
      make("p", {}, makeSign(level), " ", shown, ` ${text}`),
      ...against.map((one) => drawFinding(one)),
    );
    if (free) box.append(make("p", {}, "Free instead: ", drawCopy(free)));
    return box;
  }

  function drawVerdict({ level, text, then }) {
    const title = make("h2", { textContent: text, tabIndex: -1 });
    return make(
      "div",
      { className: `aus-verdict aus-is-${level}` },
      title,
      make("p", { className: "aus-then", textContent: then }),
      make("p", {
        className: "aus-old",
        textContent: "The exports changed since. Check again.",
      }),
    );
  }

  function drawTenants() {
    const rows = answer.tenants.map(({ tenant, label, now, level, text }) => {
      const button = makeButton(label, () => tell({ do: "tenant", tenant }), "aus-link");
      if (now) button.setAttribute("aria-current", "true");
      return make(
        "li",
        { className: "aus-point" },
        makeSign(level),
        button,
        make("span", { textContent: text }),
      );
    });
    return makeCard(`Tenants (${count(rows.length)})`, make("ul", {}, ...rows));
  }

  function drawPoint({ label, text, how, level, tick, lines }) {
    const view = make(
      "li",
      { className: "aus-point" },
      makeSign(level),
      make("span", { textContent: label }),
      make("span", { textContent: text }),
    );
    if (how) view.append(make("p", { textContent: how, className: "aus-dim" }));
    if (typeof tick === "boolean") {
      const box = make("input", { type: "checkbox", checked: tick });
      box.addEventListener("change", async () => {
        await tell({ do: "co_managed", on: !box.checked });
        check(false);
      });
      view.append(make("label", {}, box, " There are none"));
    }
    if (lines.length) {
      view.append(make("ul", {}, ...lines.map((one) => make("li", { textContent: one }))));
    }
    return view;
  }

  function drawBearer({ name, status, kind, place: where, note }) {
    return make(
      "li",
      {},
      make("code", { textContent: name }),
      make("span", { textContent: [status, kind].filter(Boolean).join(" ") }),
      make("span", { textContent: note ? `${where} (${note})` : where }),
    );
  }

  function drawGroup({ name, tag, code, level, bearers, more, advice }) {
    return make(
      "div",
      { className: "aus-group" },
      make(
        "h4",
        {},
        make("code", { textContent: name }),
        " ",
        make("span", { textContent: tag, className: `aus-tag aus-${level}` }),
        " ",
        makeSmall(code),
      ),
      make("ul", { className: "aus-bearers" }, ...bearers.map(drawBearer)),
      more ? makeSmall(`and ${count(more)} more, in the report`) : null,
      make("p", { textContent: advice }),
    );
  }

  function drawProblem({ code, name, level, number, share, do: what }) {
    const bar = make("span", { className: `aus-bar aus-is-${level}` });
    bar.style.width = `${Math.max(2, share * 100)}%`;
    const records = make("div", { className: "aus-records", hidden: true });
    const button = makeButton(
      name,
      () => {
        records.hidden = !records.hidden;
        button.setAttribute("aria-expanded", String(!records.hidden));
        if (records.hidden) return records.replaceChildren();
        const ask = (asked) => port.act({ do: "page", code, ...asked });
        return records.append(...makePages(ask, { name, draw: drawBearer, rows: make("ul") }));
      },
      "aus-link",
    );
    button.setAttribute("aria-expanded", "false");
    return make(
      "li",
      { className: "aus-problem" },
      make("span", {}, button, " ", makeSmall(code)),
      make("span", { className: "aus-plot", ariaHidden: "true" }, bar),
      make("span", { textContent: count(number) }),
      make("span", { textContent: what }),
      records,
    );
  }

  function drawResults() {
    const parts = [];
    if (answer.tenants?.length) parts.push(drawTenants());
    if (answer.verdict) parts.push(drawVerdict(answer.verdict));
    if (answer.points?.length) {
      parts.push(
        makeCard("Is the list complete?", make("ul", {}, ...answer.points.map(drawPoint))),
      );
    }
    if (answer.groups?.total) {
      const ask = (asked) => port.act({ do: "page", ...asked });
      const title = `Used twice or alike (${count(answer.groups.total)})`;
      const pages = makePages(ask, { name: title, draw: drawGroup, first: answer.groups });
      parts.push(makeCard(title, ...pages));
    }
    if (answer.problems?.length) {
      const list = make("ul", {}, ...answer.problems.map(drawProblem));
      parts.push(makeCard("What else was found", list));
    }
    if (answer.notices?.length) {
      const list = answer.notices.map((textContent) => make("li", { textContent }));
      const summary = make("summary", { textContent: `Noticed while reading (${list.length})` });
      parts.push(make("details", {}, summary, make("ul", {}, ...list)));
    }
    // What had the focus is drawn anew: its like takes the focus over.
    const held = results.contains(document.activeElement) ? document.activeElement.type : "";
    results.replaceChildren(...parts);
    const like = { checkbox: "input[type=checkbox]", button: "[aria-current]" }[held];
    if (held) results.querySelector(like ?? "h2")?.focus();
  }

  async function load() {
    if (!alive || edition === state.edition) return;
    const { edition: wanted } = state;
    try {
      answer = await port.act({ do: "answer" });
    } catch (error) {
      warn(error.message);
      return;
    }
    if (edition === wanted) return;
    edition = wanted;
    if (!names.value) names.value = answer.names_text ?? "";
    verdicts.replaceChildren(...(answer.names ?? []).map(drawName));
    greyNames();
    drawResults();
    patch();
    const told = jump ? answer.verdict?.text : verdicts.firstChild?.textContent;
    say(told ?? answer.verdict?.text ?? "");
    if (jump) results.querySelector("h2")?.focus();
    jump = false;
  }

  function patch() {
    for (const [at, button] of scope.entries()) {
      button.setAttribute("aria-pressed", String(state.many === (at === 1)));
    }
    patchFiles();
    const { work, stale } = state;
    const busy = Boolean(work.text);
    const old = stale || edition !== state.edition;
    results.classList.toggle("aus-stale", old || busy);
    results.classList.toggle("aus-changed", stale && !busy);
    progress.hidden = !busy;
    progress.max = work.total ?? 1;
    progress.value = work.done ?? 0;
    line.textContent = old ? "" : (answer.said ?? "");
    if (busy) line.textContent = `${work.text[0].toUpperCase()}${work.text.slice(1)}.`;
    for (const button of [primary, checkNames]) button.disabled = busy;
    for (const button of reports) {
      button.hidden = !answer.groups && !answer.tenants?.length;
      button.disabled = busy || old;
    }
  }

  return {
    banner,
    show(model) {
      state = { ...model.get("shown"), work: model.get("work") };
      patch();
      load();
    },
    setAlive(now, text) {
      alive = now;
      setAlive(now, text);
      if (now && state) load();
    },
    close: release,
  };
}

function render(view) {
  return openWindow(view, {
    mount: mountAudit,
    shows: ["shown", "work"],
    takeOver: "take over here",
  });
}

export default { render };
