// The small cards: the wait for a new user, what Autotask answered, how to compare exports.

import { copyText } from "./copying.js";
import { drawChanged, make, makeButton, makePress } from "./drawing.js";
import { drawCauses, drawNote } from "./notes.js";

// How long a new user still needs, counted down while the card is shown.
export function makeWaitCard({ getState }) {
  const line = make("p", { className: "aus-wait" });
  let counting = 0;

  function tellTime({ ready, minutes }) {
    if (ready === null) return "The wait begins when the page is saved.";
    const left = Math.ceil(ready - Date.now() / 1000);
    if (left <= 0) return `${minutes} minutes have passed: test once.`;
    counting = setTimeout(countDown, 1000);
    const seconds = String(left % 60).padStart(2, "0");
    return `The new user should work in ${Math.floor(left / 60)}:${seconds}`;
  }

  function countDown() {
    clearTimeout(counting);
    const card = getState().cards.find(({ code }) => code === "wait");
    if (card) line.textContent = tellTime(card.wait);
  }

  return { draw: () => line, patch: countDown, stop: () => clearTimeout(counting) };
}

// What Autotask may have answered; the one that was chosen shows its causes, and is
// recorded by a press of its own.
export function makeAnswersCard({ press, take, goToRow, sayBeside }) {
  let place = null;
  let opened = false; // whether all causes of an answer were opened
  let pressed = ""; // the answer that was pressed, until its causes are shown

  function drawToggle({ name, label, now }) {
    const button = makePress(name, label, () => {
      pressed = name;
      return press(name);
    });
    button.setAttribute("aria-pressed", String(now));
    return button;
  }

  function drawWords() {
    const words = make("input", {
      autocomplete: "off",
      spellcheck: false,
      placeholder: "paste what it said",
    });
    words.setAttribute("aria-label", "What it said");
    const find = makePress("recognise", "Find", () => take("answer", words.value));
    words.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") find.click();
    });
    return make("div", { className: "aus-buttons" }, words, find, sayBeside("recognise"));
  }

  function drawAnswers({ answers, answered, asks_words, advice, causes }) {
    const record = answered && drawToggle({ ...answered, label: "Record this answer" });
    record?.classList.add("aus-recorded");
    return [
      make("div", { className: "aus-buttons" }, ...answers.map(drawToggle)),
      ...(asks_words ? [drawWords()] : []),
      ...(record ? [make("div", { className: "aus-buttons" }, record)] : []),
      ...drawCauses(causes, goToRow, opened, (open) => {
        opened = open;
      }),
      ...advice.map(drawNote),
    ];
  }

  return {
    draw() {
      place = make("div", { className: "aus-answers" });
      return place;
    },
    patch(card) {
      drawChanged(place, card, () => drawAnswers(card));
      if (!card.answers.some(({ name, now }) => now && name === pressed)) return;
      pressed = "";
      place.querySelector("ol > li, p")?.scrollIntoView({ block: "nearest" });
    },
  };
}

// The command that compares two exports, to copy.
export function makeCompareCard({ sayBeside, sayAtPlace }) {
  const command = make("code");

  async function copyCommand() {
    try {
      await copyText(Promise.resolve(command.textContent));
      sayAtPlace("compare", "Copied.");
    } catch (error) {
      getSelection().selectAllChildren(command);
      sayAtPlace("compare", error.message);
    }
  }

  return {
    draw({ compare: { title, text } }) {
      const copy = makeButton("Copy", copyCommand);
      copy.setAttribute("aria-label", "Copy the command");
      return make(
        "details",
        {},
        make("summary", { textContent: title }),
        make("p", { textContent: text }),
        make("p", {}, command),
        make("div", { className: "aus-buttons" }, copy, sayBeside("compare", { stays: true })),
      );
    },
    patch({ compare }) {
      command.textContent = compare.command;
    },
  };
}
