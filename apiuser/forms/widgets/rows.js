// The rows of the work sheet: each a value with its box, what is found in it, and its
// buttons.

import { makeControls } from "./controls.js";
import { copyText } from "./copying.js";
import { drawChanged, drawFinding, make, makeButton, makePress, takeDropped } from "./drawing.js";
import { drawNote, drawTrouble } from "./notes.js";

// What a row is redrawn for; all else is patched.
export const signRow = ({ key, kind, label, secret, available, turn, buttons, options }) =>
  JSON.stringify([key, kind, label, secret && available, turn, buttons, options]);

// Returns how to draw the rows and to keep them current, and what is done with one of them.
// `settle` waits until all is sent.
export function makeRows({
  uid,
  port,
  tell,
  press,
  take,
  say,
  settle,
  clearing,
  ruleLink,
  goToRow,
  getState,
  whenLetGo,
}) {
  let rows = new Map();
  let former = new Map();
  let openHelp = "";

  const list = () => getState().cards.flatMap((card) => card.rows);
  const find = (key) => list().find((row) => row.key === key);
  const sayAt = (key, text, shown = text) => {
    rows.get(key)?.tell(shown);
    say(text);
  };
  const failAt = (key, text) => sayAt(key, text, drawTrouble(text));
  const flush = () => {
    for (const row of rows.values()) row.flush?.();
  };
  const patch = () => {
    for (const row of rows.values()) row.patch();
  };
  const drawControl = makeControls({ port, tell, press, take, sayAt, failAt, whenLetGo });

  async function copyRow(key) {
    if (!find(key)) return;
    flush();
    await settle();
    const { label, secret, text: value } = find(key);
    const text = secret ? port.askSecret("secret") : Promise.resolve(value);
    try {
      await copyText(text, secret ? "Press Reveal, click the secret and press Ctrl+C." : undefined);
      if (secret) {
        await clearing.later(key, await text);
      } else {
        rows.get(key)?.tell("");
        say(`${label} copied.`);
      }
      await tell({ do: "copied", key });
    } catch (error) {
      rows.get(key)?.select?.();
      sayAt(key, error.message);
    }
  }

  function makeCopy({ key, label }) {
    const view = makePress(`copy:${key}`, "Copy", () => copyRow(key));
    view.setAttribute("aria-label", `Copy ${label}`);
    return {
      view,
      patch(row) {
        view.disabled = row.secret ? !row.available : row.text === "";
        view.textContent = row.copied ? "\u2713 Copied" : "Copy";
        view.classList.toggle("aus-copied", row.copied);
        view.classList.toggle("aus-soft", getState().foot.next?.key === key);
      },
    };
  }

  // One row at a time shows its help.
  function makeHelp({ key, label }, id) {
    const view = make("div", { className: "aus-help", id: `${id}-help`, hidden: true });
    const toggle = () => {
      openHelp = openHelp === key ? "" : key;
      patch();
      if (!view.hidden) view.scrollIntoView({ block: "nearest" });
    };
    const question = makeButton("?", toggle, "aus-q");
    question.setAttribute("aria-label", `Why: ${label}`);
    question.setAttribute("aria-controls", view.id);
    return {
      view,
      question,
      patch(row) {
        view.hidden = openHelp !== key;
        question.setAttribute("aria-expanded", String(!view.hidden));
        if (!view.hidden && !view.childElementCount) view.append(...row.help.map(drawNote));
      },
    };
  }

  const drawButtons = (first) =>
    first.buttons.map(({ name, label }) => {
      const button = makePress(name, label, () => press(name));
      button.setAttribute("aria-label", `${label}: ${first.label}`);
      return button;
    });

  function makeRow(first) {
    const { key } = first;
    const id = `aus-${uid}-${key}`;
    const current = () => find(key) ?? first;
    const control = drawControl(first, id, current);
    const { input } = control;
    const note = make("small");
    const copy = first.copy ? makeCopy(first) : null;
    const help = makeHelp(first, id);
    const states = make("div", { className: "aus-states", id: `${id}-states` });
    const told = make("div", { className: "aus-told" });
    const label = make("label", { textContent: first.label });
    if (input) {
      label.htmlFor = input.id = id;
      input.setAttribute("aria-describedby", states.id);
    } else label.className = "aus-plain";
    const view = make(
      "div",
      { className: `aus-row aus-kind-${first.kind}` },
      label,
      make("div", { className: "aus-value" }, control.view, note),
      make("div", { className: "aus-tools" }, ...drawButtons(first), copy?.view ?? null),
      first.help.length ? help.question : make("span"),
      states,
      told,
      first.secret ? clearing.drawButton(key) : null,
      help.view,
    );
    // The words that say so are beside the button.
    if (control.takeFiles) takeDropped(view, control.takeFiles);

    function patchValue(row) {
      control.patch(row);
      note.textContent = row.note;
      note.hidden = row.note === "";
      view.classList.toggle("aus-wrong", row.invalid);
      if (!input) return;
      input.setAttribute("aria-invalid", String(row.invalid));
      input.disabled = getState().finished;
    }

    function patchStates(row) {
      // A line that goes leaves its place for now: no button moves from under a pointer.
      if (states.childElementCount) states.classList.add("aus-place");
      drawChanged(states, row.states, () =>
        row.states.map((one) => drawFinding(one, ruleLink, goToRow)),
      );
    }

    return {
      key,
      view,
      signed: signRow(first),
      typed: input && !first.secret,
      flush: control.flush,
      select: control.select,
      stop: control.stop,
      focus: () => (input ?? view.querySelector("button"))?.focus(),
      tell: (what) => told.replaceChildren(what),
      closeGap: () => states.classList.remove("aus-place"),
      patch() {
        const row = current();
        patchValue(row);
        patchStates(row);
        copy?.patch(row);
        help.patch(row);
      },
    };
  }

  // The integrations to choose from stand where other cards have rows.
  function makeChoices({ choices }) {
    const view = make("div", { className: "aus-choices" });
    view.setAttribute("role", "radiogroup");
    view.setAttribute("aria-label", getState().heading);
    const buttons = choices.map((choice) => {
      const button = make(
        "button",
        { type: "button", className: "aus-choice", onclick: () => press(choice.name) },
        make("b", { textContent: choice.title }),
        make("span", { textContent: choice.text }),
      );
      button.setAttribute("role", "radio");
      return button;
    });
    view.append(...buttons);
    return {
      key: "integration",
      view,
      focus: () => buttons[0].focus(),
      tell: () => {},
      patch() {
        const shown = getState().cards.find((one) => one.choices)?.choices ?? [];
        for (const [at, choice] of shown.entries()) {
          buttons[at].setAttribute("aria-checked", String(choice.now));
        }
      },
    };
  }

  const add = (row) => {
    rows.set(row.key, row);
    return row.view;
  };

  return {
    // In one stage the boxes somebody may be typing in are not redrawn.
    renew(sameStage, sameJob) {
      if (!sameJob) openHelp = "";
      for (const row of rows.values()) if (!sameStage || !row.typed) row.stop?.();
      former = sameStage ? rows : new Map();
      rows = new Map();
    },
    draw(first) {
      const kept = former.get(first.key);
      const same = kept?.typed && kept.signed === signRow(first);
      return add(same ? kept : makeRow(first));
    },
    drawChoices: (card) => add(makeChoices(card)),
    patch,
    flush,
    sayAt,
    copy: copyRow,
    has: (key) => rows.has(key),
    closeGaps() {
      for (const row of rows.values()) row.closeGap?.();
    },
    focus: (key) => rows.get(key)?.focus(),
    bring: (key) => rows.get(key)?.view.scrollIntoView({ block: "nearest" }),
    findFocused: () =>
      [...rows.values()].find(({ view }) => view.contains(document.activeElement))?.key,
    stop() {
      for (const row of rows.values()) row.stop?.();
    },
  };
}
