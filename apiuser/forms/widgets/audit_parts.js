// What the audit and the comparison of two moments draw alike.

import {
  drawAsks,
  drawChanged,
  drawFinding,
  make,
  makeButton,
  makeDrop,
  makeEntered,
  makeSign,
  makeUid,
  takeDropped,
} from "./drawing.js";
import { tellName } from "./reading.js";

const PAUSE = 250;

export const makeSmall = (textContent) => make("small", { textContent, className: "aus-dim" });
export const count = (number) => number.toLocaleString("en");

export function makeCard(title, ...children) {
  return make(
    "section",
    { className: "aus-card" },
    make("h3", { textContent: title }),
    ...children,
  );
}

// A card with a point for each of some facts, such as whether something is so.
export const makePoints = (title, points) => makeCard(title, make("ul", {}, ...points));

// What is so, as good or bad as its level; the label may be a button.
export function drawPoint({ level, label, text }) {
  return make(
    "li",
    { className: "aus-point" },
    makeSign(level),
    typeof label === "string" ? make("span", { textContent: label }) : label,
    make("span", { textContent: text }),
  );
}

// A name, what is known of it, and where it is.
export function drawNamed(name, what, place) {
  return make(
    "li",
    {},
    make("code", { textContent: name }),
    make("span", { textContent: what }),
    make("span", { textContent: place }),
  );
}

// Rows that are asked for page by page, and searched, so that only these come here.
export function makePages(ask, { name, draw, first, rows = make("div") }) {
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

export function drawVerdict({ level, text, then }, again) {
  const title = make("h2", { textContent: text, tabIndex: -1 });
  return make(
    "div",
    { className: `aus-verdict aus-is-${level}` },
    title,
    make("p", { className: "aus-then", textContent: then }),
    make("p", {
      className: "aus-old",
      textContent: `What you chose has changed since. ${again} again.`,
    }),
  );
}

export function drawNotices(notices) {
  const list = notices.map((textContent) => make("li", { textContent }));
  const summary = make("summary", { textContent: `Noticed while reading (${list.length})` });
  return make("details", {}, summary, make("ul", {}, ...list));
}

// What is wrong with what is in a field, said below it until something else is entered.
export function makeFault(field, say) {
  const view = make("div", { id: `aus-${makeUid()}-fault`, className: "aus-fault" });
  field.setAttribute("aria-describedby", view.id);
  const show = (text = "") => {
    view.replaceChildren(...(text ? [drawFinding({ level: "error", text })] : []));
    field.setAttribute("aria-invalid", String(text !== ""));
    if (!text) return;
    field.focus();
    say(text);
  };
  field.addEventListener("input", () => show());
  return { view, show };
}

// The exports there are, each with what it needs, and the ways to add more.
// `more` is sent with all that is done here; without ticks, files are in or removed.
export function makeExports(port, { name: whole, more = {}, ticks, tools, again, say, whenLetGo }) {
  const uid = makeUid();
  const list = make("ul", { className: "aus-exports" });
  const said = make("p", { className: "aus-said" });
  const path = make("input", { id: `aus-${uid}-path`, autocomplete: "off", spellcheck: false });
  const label = ticks ? "File or folder here" : `${whole}: file or folder here`;
  const items = new Map();

  const act = (event) => port.act({ ...event, ...more });
  let arrived = []; // what is said of each file that was uploaded last
  const sayOfFiles = () => {
    said.textContent = arrived.map(({ text }) => text).join(" ");
  };
  const fail = (error) => {
    arrived = [];
    said.textContent = error.message;
    say(error.message);
  };
  const tell = (event) => act(event).catch(fail);

  function drawFile({ name, label: title }) {
    const text = make("small", { id: `aus-${uid}-${makeUid()}` });
    const box = make("input", { type: "checkbox" });
    box.setAttribute("aria-describedby", text.id);
    const showTick = makeEntered(box, {
      send: (on) => tell({ do: "tick", name, on }),
      whenLetGo,
    });
    const remove = makeButton("Remove", () => removeFile(name), "aus-link");
    remove.setAttribute("aria-label", `Remove ${title}`);
    const called = make("span", { textContent: title });
    const head = ticks ? [make("label", {}, box, called), text] : [called, text, remove];
    const give = async (values) => {
      try {
        await act({ do: "give", name, values });
        await again();
      } catch (error) {
        text.textContent = error.message;
        text.className = "aus-error";
        say(error.message);
      }
    };
    const view = make("li");
    const item = { view, made: "" };
    item.update = (file) => {
      showTick(file.chosen);
      text.textContent = file.text;
      text.className = file.level ? `aus-${file.level}` : "aus-dim";
      view.classList.toggle("aus-refused", file.level === "error");
      item.made = signFile(file);
      drawChanged(view, item.made, () => [
        ...head,
        ...(file.asks.length ? [drawAsks(title, file.asks, give)] : []),
      ]);
    };
    return item;
  }
  const signFile = ({ asks }) => JSON.stringify(asks);

  // What was said of a file goes with it.
  function removeFile(name) {
    const left = arrived.filter((one) => one.name !== name);
    arrived = left.length < arrived.length ? left : [];
    sayOfFiles();
    tell({ do: "remove", name });
  }

  async function addPath() {
    arrived = [];
    sayOfFiles();
    try {
      await act({ do: "add", path: path.value });
      path.value = "";
    } catch (error) {
      fail(error);
    }
  }

  async function upload(chosen) {
    arrived = [];
    for (const file of chosen) {
      try {
        const show = (share) => {
          said.textContent = `Reading ${tellName(file)}: ${Math.round(share * 100)} %`;
        };
        const { name } = await port.upload(file, show, more);
        arrived.push({ name, text: `${tellName(file)} added.` });
      } catch (error) {
        arrived.push({ text: error.message });
      }
    }
    sayOfFiles();
    say(said.textContent);
  }

  const drop = makeDrop(upload, { id: `aus-${uid}-choose`, name: whole });
  takeDropped(drop.place, upload);
  if (!ticks) drop.choose.setAttribute("aria-label", `${drop.choose.textContent}: ${whole}`);
  drop.place.append(
    drop.input,
    drop.choose,
    ...tools,
    make("span", { textContent: "or drop them here", className: "aus-dim" }),
  );
  path.addEventListener("keydown", (event) => {
    if (event.key === "Enter") addPath();
  });
  const byPath = make(
    "details",
    {},
    make("summary", { textContent: "Add by path" }),
    make(
      "div",
      { className: "aus-ask" },
      make("label", { textContent: label, htmlFor: path.id }),
      path,
      make("div", { className: "aus-tools" }, makeButton("Add", addPath)),
    ),
  );

  return {
    list,
    below: [drop.place, said, byPath],
    patch(files) {
      for (const name of items.keys()) {
        if (!files.some((file) => file.name === name)) items.delete(name);
      }
      const opened = items.size === 0;
      const fresh = files.filter(({ name, ...file }) => {
        const item = items.get(name);
        return !item || (file.asks.length > 0 && item.made !== signFile(file));
      });
      for (const file of files) {
        if (!items.has(file.name)) items.set(file.name, drawFile(file));
        items.get(file.name).update(file);
      }
      const wanted = files.map((file) => items.get(file.name).view);
      const same = wanted.length === list.children.length;
      if (!same || wanted.some((view, at) => view !== list.children[at])) {
        list.replaceChildren(...wanted);
      }
      // What has come, or needs something now, may be out of sight in a long list.
      const needed = fresh.find((file) => file.level === "error") ?? fresh[0];
      if (needed && !opened) {
        const { view } = items.get(needed.name);
        list.scrollTop += view.getBoundingClientRect().top - list.getBoundingClientRect().top;
      }
    },
  };
}
