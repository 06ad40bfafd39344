// The work sheet on a screen: it draws what checklist/sheet.py describes, and tells the
// port what a person did. The notebook and the page of the guide use it alike.

import { makeControls } from "./controls.js";
import { copyText, makeClearing } from "./copying.js";
import {
  drawChanged,
  drawFinding,
  frameSheet,
  make,
  makeButton,
  makeUid,
  takeDropped,
} from "./drawing.js";
import { makeFileCard } from "./file_card.js";
import { drawNote, drawSaid, drawTrouble } from "./notes.js";
import { makeRecordCard } from "./record_card.js";
import { makeAnswersCard, makeCompareCard, makeWaitCard } from "./small_cards.js";

// What is said beside these stays when the sheet is shown again.
const STAYS = /^(vault|record|compare|passphrase:.*)$/s;

// Beside this press only the question is said, whether it may replace what is there.
const ASKED = "generate";

// A button that is found again by its name when the sheet is redrawn.
function makePress(name, label, onclick, className = "") {
  const button = makeButton(label, onclick, className);
  button.dataset.press = name;
  return button;
}

// Draws a sheet into `root`; returns how to show another state and to let go.
export function mountSheet(root, port, { ruleLink = () => null } = {}) {
  const uid = makeUid();
  let state = null;
  let signature = "";
  let rows = new Map();
  let alive = true;
  let openHelp = "";
  let sending = Promise.resolve();

  const { banner, field, warn, say, setAlive, whenLetGo, release } = frameSheet(root);

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
  let latest = null;
  let sent = null;
  const press = (name, extra = {}) => {
    flush();
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
  // Focus follows a press as soon as it is answered, before anybody can type elsewhere: to
  // a new stage's heading, or to the first field with an error.
  const followPress = (before) => {
    if (!sent || state.drawn === sent.drawn) return;
    const { name } = sent;
    sent = null;
    const row = rows.get(aim);
    aim = "";
    if (row) row.focus();
    else if (state.stage !== before.stage) focusHeading();
    else if (name === "primary" && state.faults.length) focusRow(state.faults[0].key);
  };

  let aim = ""; // the row that a press leads to
  const focusHeading = () => field.querySelector("h2")?.focus();
  const focusRow = (key) => rows.get(key)?.focus();
  const flush = () => {
    for (const row of rows.values()) row.flush?.();
  };

  const clearing = makeClearing(field, (place, text) =>
    (rows.has(place) ? sayAt : sayAtPlace)(place, text),
  );
  const sayAt = (key, text) => {
    rows.get(key)?.tell(text);
    say(text);
  };
  const failAt = (key, text) => {
    rows.get(key)?.tell(drawTrouble(text));
    say(text);
  };
  const drawControl = makeControls({ port, tell, press, take, sayAt, failAt });

  async function copyRow(key) {
    const row = find(key);
    if (!row) return;
    flush();
    await sending;
    const fresh = find(key);
    const secret = fresh.secret;
    const text = secret ? port.askSecret("secret") : Promise.resolve(fresh.text);
    try {
      await copyText(text, secret ? "Press Reveal, click the secret and press Ctrl+C." : undefined);
      if (secret) {
        await clearing.later(key, await text);
      } else {
        rows.get(key)?.tell("");
        say(`${fresh.label} copied.`);
      }
      await tell({ do: "copied", key });
    } catch (error) {
      rows.get(key)?.select?.();
      sayAt(key, error.message);
    }
  }
  const copyNext = () => {
    const next = state?.foot.next;
    if (next) copyRow(next.key);
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
  const list = () => state.cards.flatMap((card) => card.rows);
  const find = (key) => list().find((row) => row.key === key);

  // --- drawing ---------------------------------------------------------------------

  const sign = (shown) =>
    JSON.stringify([
      shown.stage,
      shown.finished,
      shown.jobs.map((job) => job.now),
      shown.cards.map((card) => [card.code, card.kept?.length, card.rows.map(signRow)]),
    ]);
  const signRow = (row) => [
    row.key,
    row.kind,
    row.label,
    row.secret && row.available,
    row.turn,
    row.buttons,
    row.options,
  ];

  function show(next) {
    const before = state;
    state = next;
    const now = sign(next);
    // What was saved before is the record of unfinished work.
    if (next.finished && !before?.finished) beside.get("record")?.replaceChildren();
    if (now !== signature) {
      const button = root.contains(document.activeElement)
        ? document.activeElement.dataset.press
        : undefined;
      const row = [...rows.values()].find((one) => one.holdsFocus())?.key;
      signature = now;
      draw(before?.stage === next.stage);
      if (before?.stage === next.stage) {
        const again = button && field.querySelector(`[data-press="${CSS.escape(button)}"]`);
        if (again) again.focus();
        else if (row !== undefined) focusRow(row);
      }
    }
    patch();
    followPress(before);
    const { at, text } = state.said;
    if (text && text !== before?.said.text) say(text);
    if (!at && before?.said.text) say("");
  }

  let parts = {};
  let former = new Map();
  let own = new Map(); // what the cards drew, which stays for a stage
  // In one stage the boxes somebody may be typing in are not redrawn.
  function draw(sameStage) {
    former = sameStage ? rows : new Map();
    if (!sameStage) own = new Map();
    for (const row of rows.values()) if (!sameStage || !row.typed) row.stop?.();
    rows = new Map();
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
    const asked = state.jobs.map(({ name }) => sayBeside(name)); // below the bar, which stays whole
    const heading = make("h2", { textContent: state.heading, tabIndex: -1 });
    const body = state.cards.map(drawCard);
    const nav = make("nav", {}, parts.stages);
    nav.setAttribute("aria-label", "Stages");
    field.replaceChildren(
      make("div", { className: "aus-top" }, jobs, ...asked, parts.facts),
      nav,
      heading,
      make("p", { className: "aus-lead", textContent: state.lead }),
      parts.faults,
      ...body,
      drawFoot(),
    );
  }

  const beside = new Map();
  function sayBeside(name) {
    const place = make("span", { className: "aus-said" });
    beside.set(name, place);
    return place;
  }
  function sayAtPlace(name, text) {
    const place = beside.get(name);
    if (place) place.textContent = text;
    say(text);
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
      const action = makePress(name, label, () => press(name), "aus-soft aus-action");
      box.append(sayBeside(name), action);
    }
    for (const work of card.kept ?? []) {
      box.append(makeButton(work.label, () => press(work.name), "aus-link"));
    }
    if (card.choices) box.append(drawChoices(card));
    if (cards[card.code]) {
      if (!own.has(card.code)) own.set(card.code, cards[card.code].draw(card));
      box.append(own.get(card.code));
    }
    for (const row of card.rows) box.append(drawRow(row));
    return box;
  }

  function drawChoices(card) {
    const group = make("div", { className: "aus-choices" });
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", state.heading);
    const buttons = card.choices.map((choice) => {
      const button = make(
        "button",
        { type: "button", className: "aus-choice", onclick: () => press(choice.name) },
        make("b", { textContent: choice.title }),
        make("span", { textContent: choice.text }),
      );
      button.setAttribute("role", "radio");
      return button;
    });
    group.append(...buttons);
    rows.set("integration", {
      key: "integration",
      focus: () => buttons[0].focus(),
      holdsFocus: () => group.contains(document.activeElement),
      tell: () => {},
      patch: () => {
        const shown = state.cards.find((one) => one.choices)?.choices ?? [];
        for (const [at, choice] of shown.entries()) {
          buttons[at].setAttribute("aria-checked", String(choice.now));
        }
      },
    });
    return group;
  }

  function drawRow(first) {
    const { key } = first;
    const kept = former.get(key);
    const signed = JSON.stringify(signRow(first));
    if (kept?.typed && kept.signed === signed) {
      rows.set(key, kept);
      return kept.view;
    }
    const id = `aus-${uid}-${key}`;
    const current = () => find(key) ?? first;
    const label = make("label", { textContent: first.label });
    const states = make("div", { className: "aus-states", id: `${id}-states` });
    const help = make("div", { className: "aus-help", id: `${id}-help`, hidden: true });
    const told = make("div", { className: "aus-told" });
    const tools = make("div", { className: "aus-tools" });
    const control = drawControl(first, id, current);
    const box = make("div", { className: "aus-value" }, control.view);
    if (control.input) {
      label.htmlFor = control.input.id = id;
      control.input.setAttribute("aria-describedby", `${states.id}`);
    } else label.className = "aus-plain";
    const note = make("small");
    box.append(note);

    for (const button of first.buttons) {
      const pressed = makePress(button.name, button.label, () => press(button.name));
      pressed.setAttribute("aria-label", `${button.label}: ${first.label}`);
      tools.append(pressed);
    }
    let copy = null;
    if (first.copy) {
      copy = makePress(`copy:${key}`, "Copy", () => copyRow(key));
      copy.setAttribute("aria-label", `Copy ${first.label}`);
      tools.append(copy);
    }

    let question = null;
    if (first.help.length) {
      question = makeButton("?", () => {
        openHelp = openHelp === key ? "" : key;
        patch();
      });
      question.className = "aus-q";
      question.setAttribute("aria-label", `Why: ${first.label}`);
      question.setAttribute("aria-controls", help.id);
    }
    const view = make(
      "div",
      { className: `aus-row aus-kind-${first.kind}` },
      label,
      box,
      tools,
      question ?? make("span"),
      states,
      told,
      first.secret ? clearing.drawButton(key) : null,
      help,
    );
    // The words that say so are beside the button.
    if (control.takeFiles) takeDropped(view, control.takeFiles);
    rows.set(key, {
      key,
      view,
      signed,
      typed: control.input && !first.secret,
      flush: control.flush,
      select: control.select,
      focus: () => (control.input ?? view.querySelector("button"))?.focus(),
      holdsFocus: () => view.contains(document.activeElement),
      tell: (what) => told.replaceChildren(what),
      stop: control.stop,
      patch: () => {
        const row = current();
        control.patch(row);
        note.textContent = row.note;
        note.hidden = row.note === "";
        // A line that goes leaves its place: no button moves from under a pointer.
        if (states.childElementCount) states.classList.add("aus-place");
        states.replaceChildren(...row.states.map((one) => drawFinding(one, ruleLink)));
        if (control.input) {
          control.input.setAttribute("aria-invalid", String(row.invalid));
          control.input.disabled = state.finished;
        }
        view.classList.toggle("aus-wrong", row.invalid);
        if (copy) {
          copy.disabled = row.secret ? !row.available : row.text === "";
          copy.textContent = row.copied ? "\u2713 Copied" : "Copy";
          copy.classList.toggle("aus-copied", row.copied);
          copy.classList.toggle("aus-soft", state.foot.next?.key === key);
        }
        help.hidden = openHelp !== key;
        question?.setAttribute("aria-expanded", String(openHelp === key));
        if (!help.hidden && !help.childElementCount) help.append(...row.help.map(drawNote));
      },
    });
    return view;
  }

  // --- cards with parts of their own -----------------------------------------------

  const getState = () => state;
  const tools = { uid, port, press, take, warn, sayBeside, sayAtPlace, clearing, getState };
  const review = makeRecordCard({ ...tools, root });
  const cards = {
    file: makeFileCard({ ...tools, save: () => review.save("sheet") }),
    wait: makeWaitCard(tools),
    answers: makeAnswersCard({ ...tools, goToRow }),
    compare: makeCompareCard(tools),
    review,
  };

  // --- keeping it current ----------------------------------------------------------

  function patch() {
    parts.facts.textContent = state.facts;
    drawChanged(parts.stages, [state.stages, state.finished], () => state.stages.map(drawStage));
    parts.faults.hidden = state.faults.length === 0;
    drawChanged(parts.faults, state.faults, drawFaults);
    for (const row of rows.values()) row.patch?.();
    for (const card of state.cards) cards[card.code]?.patch(card);
    clearing.patch();
    const { next, text, primary } = state.foot;
    parts.next.hidden = next === null;
    if (next) parts.next.textContent = `Copy next: ${next.label}`;
    parts.text.textContent = text;
    parts.primary.textContent = primary.label;
    for (const [name, place] of beside) {
      if (name === "keep") place.replaceChildren(drawTrouble(state.trouble));
      else if (name === state.said.at)
        place.replaceChildren(
          name === ASKED && !state.said.failed
            ? drawFinding({ level: "warning", text: state.said.text, code: "" })
            : drawSaid(state.said),
        );
      else if (!STAYS.test(name)) place.textContent = "";
    }
  }

  function drawFaults() {
    const { length } = state.faults;
    const points = state.faults.map(({ key, label, text }) =>
      make(
        "li",
        {},
        makeButton(label, () => focusRow(key), "aus-link"),
        `: ${text}`,
      ),
    );
    const title = length === 1 ? "One thing to look at" : `${length} things to look at`;
    return [make("b", { textContent: title }), make("ul", {}, ...points)];
  }

  function drawStage(stage) {
    const button = makeButton("", () => press(stage.name));
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

  function goToRow({ key, stage }) {
    aim = key;
    press(stage).then((taken) => {
      if (!taken) aim = "";
    });
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
      clearing.stop();
      for (const card of Object.values(cards)) card.stop?.();
      for (const row of rows.values()) row.stop?.();
    },
  };
}
