// The work sheet on a screen: it draws what checklist/sheet.py describes, and tells the
// port what a person did. The notebook and the page of the guide use it alike.

import { makeClearing } from "./copying.js";
import {
  drawChanged,
  drawFinding,
  findPressed,
  frameSheet,
  make,
  makeButton,
  makeLead,
  makePress,
  makeUid,
} from "./drawing.js";
import { makeFileCard } from "./file_card.js";
import { drawSaid, drawTrouble } from "./notes.js";
import { makeRecordCard } from "./record_card.js";
import { makeRows, signRow } from "./rows.js";
import { makeAnswersCard, makeCompareCard, makeWaitCard } from "./small_cards.js";

// What a sheet is redrawn for; all else is patched.
const signSheet = (shown) =>
  JSON.stringify([
    shown.stage,
    shown.finished,
    shown.jobs.map((job) => job.now),
    shown.cards.map((card) => [card.code, card.kept?.length, card.rows.map(signRow)]),
  ]);

const findJob = (shown) => shown?.jobs.find((job) => job.now).name;

// Draws a sheet into `root`; returns how to show another state and to let go.
export function mountSheet(root, port, { ruleLink = () => null } = {}) {
  const uid = makeUid();
  const { banner, field, warn, say, setAlive, whenLetGo, release } = frameSheet(root);
  let state = null;
  let signature = "";
  let alive = true;
  const getState = () => state;

  // --- sending ---------------------------------------------------------------------

  let sending = Promise.resolve();
  let latest = null;
  let sent = null;
  let aim = ""; // the row that a press leads to

  // Everything goes out in order: what was typed before the press that follows it. Tells
  // whether it was taken.
  const send = (deed) => {
    sending = sending.then(deed).then(
      () => true,
      (error) => {
        warn(error.message);
        return false;
      },
    );
    return sending;
  };
  const tell = (event) => send(() => port.act(event));
  const take = (what, text) => send(() => port.takeSecret(what, text));
  const press = (name, extra = {}) => {
    rows.flush();
    const { stage, drawn } = state;
    const twice = latest?.name === name && latest.drawn === drawn;
    latest = { name, drawn };
    return send(() => {
      // If a button of one sheet is pressed twice, the session takes the first press. One
      // of another button is meant for the sheet as drawn by now, if it shows the same
      // stage.
      const meant = !twice && state.stage === stage ? state.drawn : drawn;
      sent = { name, drawn: meant };
      return port.act({ do: "press", ...sent, ...extra });
    });
  };
  const goToRow = ({ key, stage }, isFix = false) => {
    // A fix is made in its own stage, though another one may show the value too.
    if (rows.has(key) && !(isFix && stage !== `stage:${state.stage}`)) {
      rows.focus(key);
      return;
    }
    aim = key;
    press(stage).then((taken) => {
      if (!taken) aim = "";
    });
  };
  // Focus follows a press as soon as it is answered, before anybody can type elsewhere: to
  // the row it leads to, to a new stage's heading, or to the first field with an error.
  const followPress = (before) => {
    if (!sent || state.drawn === sent.drawn) return;
    const { name } = sent;
    const row = aim;
    sent = null;
    aim = "";
    if (rows.has(row)) rows.focus(row);
    else if (state.stage !== before.stage || state.finished !== before.finished)
      field.querySelector("h2")?.focus();
    else if (name === "primary" && state.faults.length) rows.focus(state.faults[0].key);
    // What the button of a card has filled in comes into view, its first row above all.
    const filled = state.cards.find(({ action }) => action?.name === name);
    for (const { key } of filled?.rows.toReversed() ?? []) rows.bring(key);
  };

  // --- places where something is said ----------------------------------------------

  const beside = new Map();
  // If it stays, showing the sheet again does not clear what is said there.
  const sayBeside = (name, { stays = false } = {}) => {
    const place = make("span", { className: "aus-said" });
    beside.set(name, { place, stays });
    return place;
  };
  const sayAtPlace = (name, text) => {
    const { place } = beside.get(name) ?? {};
    if (place) place.textContent = text;
    say(text);
  };

  // --- rows, and cards with parts of their own -------------------------------------

  const clearing = makeClearing(field, (name, text) =>
    (rows.has(name) ? rows.sayAt : sayAtPlace)(name, text),
  );
  const tools = { uid, port, press, take, say, warn, sayBeside, sayAtPlace, clearing, getState };
  const rows = makeRows({ ...tools, tell, settle: () => sending, ruleLink, goToRow, whenLetGo });
  const review = makeRecordCard({ ...tools, root });
  const cards = {
    file: makeFileCard({ ...tools, save: () => review.save("sheet") }),
    wait: makeWaitCard(tools),
    answers: makeAnswersCard({ ...tools, goToRow: (row) => goToRow(row, true) }),
    compare: makeCompareCard(tools),
    review,
  };

  const copyNext = () => {
    const next = state?.foot.next;
    if (next) rows.copy(next.key);
  };
  // Alt+C works wherever the focus is, as long as the sheet is on the screen.
  const onShortcut = (event) => {
    const meant = event.altKey && !event.ctrlKey && event.code === "KeyC";
    if (meant && alive && root.isConnected && root.getClientRects().length) {
      event.preventDefault();
      copyNext();
    }
  };
  document.addEventListener("keydown", onShortcut);
  // Whoever has clicked, or goes on by the keyboard, aims at no button just then.
  root.addEventListener("click", rows.closeGaps);
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Tab") rows.closeGaps();
  });

  // --- showing ---------------------------------------------------------------------

  function show(next) {
    const before = state;
    const sameStage = before?.stage === next.stage;
    const sameJob = findJob(before) === findJob(next);
    state = next;
    // What was saved before is the record of unfinished work.
    if (next.finished && !before?.finished) beside.get("record")?.place.replaceChildren();
    const now = signSheet(next);
    if (now !== signature) {
      signature = now;
      const focusAgain = findFocus();
      draw(sameStage, sameJob);
      if (sameStage) focusAgain();
    }
    patch();
    followPress(before);
    const { at, text } = state.said;
    if (!sameStage || (!at && before?.said.text)) say("");
    if (text && text !== before?.said.text) say(text);
  }

  // Returns how to go back to the button or the row that has the focus, once redrawn.
  function findFocus() {
    const pressAgain = findPressed(field);
    const row = rows.findFocused();
    return () => pressAgain() || rows.focus(row);
  }

  // --- drawing ---------------------------------------------------------------------

  let parts = {};
  let own = new Map(); // what the cards drew, which stays for a stage

  function draw(sameStage, sameJob) {
    if (!sameStage) own = new Map();
    rows.renew(sameStage, sameJob);
    parts = {
      stages: make("ol", { className: "aus-stages" }),
      facts: make("span", { className: "aus-facts" }),
      faults: make("div", { className: "aus-faults", hidden: true }),
    };
    parts.faults.setAttribute("role", "group");
    parts.faults.setAttribute("aria-label", "Open points");
    const jobs = make("div", { className: "aus-jobs" });
    jobs.setAttribute("role", "group");
    jobs.setAttribute("aria-label", "What you came to do");
    for (const job of state.jobs) {
      const button = makePress(job.name, job.title, () => job.now || press(job.name));
      button.setAttribute("aria-pressed", String(job.now));
      jobs.append(button);
    }
    const questions = state.jobs.map(({ name }) => sayBeside(name)); // below the bar, which stays whole
    const heading = make("h2", { textContent: state.heading, tabIndex: -1 });
    const body = state.cards.map(drawCard);
    const nav = make("nav", {}, parts.stages);
    nav.setAttribute("aria-label", "Stages");
    field.replaceChildren(
      make("div", { className: "aus-top" }, jobs, ...questions, parts.facts),
      nav,
      heading,
      make("p", { className: "aus-lead", textContent: state.lead }),
      parts.faults,
      ...body,
      drawFoot(),
    );
  }

  function drawFoot() {
    parts.next = makePress("next", "", copyNext, "aus-soft");
    parts.text = make("span", { className: "aus-grow" });
    parts.primary = makePress("primary", "", () => press(state.foot.primary.name), "aus-primary");
    return make(
      "div",
      { className: "aus-foot" },
      parts.next,
      parts.text,
      sayBeside("primary"),
      sayBeside("keep"),
      clearing.drawButton("foot"),
      parts.primary,
    );
  }

  function drawCard(card) {
    const box = make("section", { className: `aus-card aus-card-${card.code}` });
    if (card.title) box.append(make("h3", { textContent: card.title }));
    if (card.action) {
      const { name, label } = card.action;
      parts.action = makePress(name, label, () => press(name), "aus-action");
      box.append(sayBeside(name), parts.action);
    }
    for (const work of card.kept ?? []) {
      box.append(makeButton(work.label, () => press(work.name), "aus-link"));
    }
    if (card.choices) box.append(rows.drawChoices(card));
    if (cards[card.code]) {
      if (!own.has(card.code)) own.set(card.code, cards[card.code].draw(card));
      box.append(own.get(card.code));
    }
    box.append(...card.rows.map(rows.draw));
    return box;
  }

  function drawFaults() {
    const { length } = state.faults;
    const points = state.faults.map((fault) =>
      make("li", {}, makeLead(fault, goToRow, fault.label), `: ${fault.text}`),
    );
    const title = length === 1 ? "One thing to look at" : `${length} things to look at`;
    return [make("b", { textContent: title }), make("ul", {}, ...points)];
  }

  function drawStage(stage) {
    const button = makePress(stage.name, "", () => press(stage.name));
    button.append(
      make("span", { textContent: stage.done ? "\u2713" : stage.number, className: "aus-n" }),
      " ",
      make("span", { textContent: stage.title, className: "aus-t" }),
      make("span", { textContent: stage.done ? ", done" : "", className: "aus-hidden" }),
    );
    button.disabled = state.finished;
    if (stage.state === "now") button.setAttribute("aria-current", "step");
    return make("li", { className: `aus-${stage.state}` }, button);
  }

  // --- keeping it current ----------------------------------------------------------

  function patch() {
    parts.facts.textContent = state.facts;
    drawChanged(parts.stages, [state.stages, state.finished], () => state.stages.map(drawStage));
    parts.faults.hidden = state.faults.length === 0;
    drawChanged(parts.faults, state.faults, drawFaults);
    rows.patch();
    for (const card of state.cards) {
      cards[card.code]?.patch(card);
      // A press that would only replace what was made does not stand out.
      if (card.action) parts.action.classList.toggle("aus-soft", !card.action.made);
    }
    clearing.patch();
    const { next, text, primary } = state.foot;
    // The last value was copied by it: what comes next is the press beside it.
    const last = next === null && document.activeElement === parts.next;
    parts.next.hidden = next === null;
    if (last) parts.primary.focus({ preventScroll: true });
    if (next) parts.next.textContent = `Copy next: ${next.label}`;
    parts.text.textContent = text;
    parts.primary.textContent = primary.label;
    patchSaid();
  }

  function patchSaid() {
    for (const [name, { place, stays }] of beside) {
      if (name === "keep") place.replaceChildren(drawTrouble(state.trouble));
      else if (name === state.said.at)
        place.replaceChildren(
          state.said.asks
            ? drawFinding({ level: "warning", text: state.said.text, code: "" })
            : drawSaid(state.said),
        );
      else if (!stays) place.textContent = "";
    }
  }

  return {
    show: (next) => whenLetGo(() => show(next)),
    warn,
    setAlive(now, text = "") {
      alive = now;
      setAlive(now, text);
    },
    banner,
    close() {
      release();
      document.removeEventListener("keydown", onShortcut);
      rows.stop();
      for (const card of Object.values(cards)) card.stop?.();
    },
  };
}
