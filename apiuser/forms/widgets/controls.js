// The boxes, ticks and buttons of a row, by its kind.

import { drawAsks, drawChanged, make, makeButton, makeDrop } from "./drawing.js";
import { tellName } from "./reading.js";

const SHOWN_FOR = 60_000;
const PAUSE = 250;
const DOTS = "\u2022".repeat(16);

// A text that is asked for when it is to be seen, and gone again after a minute.
export function makeReveal(port, what, label, tellOf) {
  const value = make("code");
  let hiding = 0;
  const reveal = makeButton(
    "",
    async () => {
      if (value.textContent !== DOTS) return hide();
      try {
        value.textContent = await port.askSecret(what);
        value.removeAttribute("aria-hidden");
        call("Hide");
        tellOf("Shown for one minute.");
        hiding = setTimeout(() => {
          hide();
          tellOf("Hidden again.");
        }, SHOWN_FOR);
        await port.act({ do: "given", what });
      } catch (error) {
        tellOf(error.message);
      }
      return undefined;
    },
    "aus-link",
  );
  const call = (word) => {
    reveal.textContent = word;
    reveal.setAttribute("aria-label", `${word} ${label}`);
  };
  const hide = () => {
    clearTimeout(hiding);
    value.textContent = DOTS;
    value.setAttribute("aria-hidden", "true");
    call("Reveal");
  };
  hide();
  return { value, reveal, hide };
}

// What is typed into a box for secrets leaves it sealed, and stays here only until the
// box is cleared. It goes out whole: as it is pasted, or when the box is left.
export function sendTyped(input, what, take) {
  let sent = "";
  const send = () => {
    const text = input.value;
    if (text === sent) return;
    sent = text;
    take(what, text);
  };
  input.addEventListener("input", ({ inputType }) => {
    if (inputType === "insertFromPaste" || inputType === "insertFromDrop") send();
  });
  input.addEventListener("blur", send);
  input.addEventListener("change", send);
  return {
    flush: send,
    clear() {
      input.value = "";
      sent = "";
    },
  };
}

// How each kind of row is drawn on one sheet: what is done goes out by `tell`, `press` and
// `take`; `sayAt` and `failAt` speak beside a row.
export function makeControls({ port, tell, press, take, sayAt, failAt, whenLetGo }) {
  const drawSays = () => {
    const view = make("span", { className: "aus-text" });
    return {
      view,
      patch: (row) => {
        view.textContent = row.value;
      },
    };
  };

  // An input whose value goes out after a pause, on leaving it, or before any press.
  function drawInput(input, read = () => input.value, write = (v) => (input.value = v)) {
    return (first, _id, current) => {
      let timer = 0;
      let sent = null;
      let unanswered = 0;
      let typed = false;
      const send = async () => {
        clearTimeout(timer);
        timer = 0;
        const value = read();
        // Until an answer comes, what is shown is older than what was sent.
        const unchanged = value === sent || (!unanswered && value === current().value);
        // If another value was refused, the box says so until the value that is kept is
        // typed and sent again.
        const typedAgain = typed && current().states.length > 0;
        typed = false;
        if (unchanged && !typedAgain) return;
        sent = value;
        unanswered += 1;
        const taken = await tell({ do: "set", key: first.key, value });
        unanswered -= 1;
        if (taken) whenLetGo(() => showValue(current()));
      };
      const showValue = (row) => {
        // What was typed since is newer than what is shown.
        if (timer || unanswered) return;
        // No box changes under the cursor only because its value was tidied: that waits
        // until the box is left. That a value was taken out is seen at once.
        const inBox = document.activeElement === input;
        const asSent = sent !== null && read() === sent;
        const tidied = typeof row.value === "string" && row.value !== "" && !row.restored;
        if (inBox && asSent && tidied) return;
        if (read() !== row.value) write(row.value);
        sent = row.value;
      };
      input.addEventListener("input", () => {
        typed = true;
        clearTimeout(timer);
        timer = setTimeout(send, PAUSE);
      });
      input.addEventListener("change", send);
      input.addEventListener("blur", send);
      return {
        view: input,
        input,
        flush: send,
        stop: () => clearTimeout(timer),
        select: () => input.select?.(),
        patch: showValue,
      };
    };
  }

  const drawText = (first, id, current) => {
    const input = make("input", { type: "text", autocomplete: "off", spellcheck: false });
    if (first.kind === "number") input.inputMode = "numeric";
    if (first.kind === "key") input.className = "aus-mono";
    const control = drawInput(input)(first, id, current);
    const { patch } = control;
    control.patch = (row) => {
      if (input.placeholder !== row.placeholder) input.placeholder = row.placeholder;
      patch(row);
    };
    if (first.options.length) {
      const options = make("datalist", { id: `${id}-options` });
      options.append(...first.options.map(({ name }) => make("option", { value: name })));
      input.setAttribute("list", options.id);
      control.view = make("span", { className: "aus-text" }, input, options);
    }
    return control;
  };

  const CONTROLS = {
    text: drawText,
    number: drawText,
    suggestion: drawText,
    key: drawText,
    lines: (first, id, current) => drawInput(make("textarea", { rows: 2 }))(first, id, current),
    tick: (first, id, current) => {
      const input = make("input", { type: "checkbox" });
      return drawInput(
        input,
        () => input.checked,
        (value) => (input.checked = value),
      )(first, id, current);
    },
    choice: (first, id, current) => {
      const input = make("select");
      input.append(...first.options.map(({ name, title }) => new Option(title, name)));
      return drawInput(input)(first, id, current);
    },
    fixed: () => {
      const view = make("code");
      return {
        view,
        select: () => getSelection().selectAllChildren(view),
        patch: (row) => {
          view.textContent = row.value || "not known yet";
        },
      };
    },
    secret: drawSecret,
    files: drawFiles,
  };

  function drawSecret(first) {
    if (!first.available) {
      const input = make("input", {
        type: "password",
        autocomplete: "off",
        spellcheck: false,
        placeholder: first.buttons.length
          ? "generate, or paste the one Autotask made"
          : "paste the one you stored",
      });
      return { view: input, input, ...sendTyped(input, "secret", take), patch: () => {} };
    }
    const { value, reveal, hide } = makeReveal(port, "secret", first.label, (text) =>
      sayAt(first.key, text),
    );
    const view = make("span", { className: "aus-text" }, value, reveal);
    if (first.buttons.length) {
      const paste = makeButton(
        "Paste another",
        () => {
          hide();
          const input = make("input", { type: "password", autocomplete: "off" });
          input.setAttribute("aria-label", `Paste another: ${first.label}`);
          sendTyped(input, "secret", take);
          view.replaceChildren(input);
          input.focus();
        },
        "aus-link",
      );
      view.append(paste);
    }
    return {
      view,
      stop: hide,
      patch: () => {},
    };
  }

  function drawFiles(first, id) {
    const text = make("span");
    const chips = make("ul", { className: "aus-files" });
    const readFiles = async (files) => {
      for (const file of files) {
        sayAt(first.key, `Reading ${tellName(file)}.`);
        try {
          await port.upload(file);
          sayAt(first.key, "");
        } catch (error) {
          failAt(first.key, error.message);
        }
      }
    };
    const { place, input, choose } = makeDrop(readFiles, {
      id: `${id}-choose`,
      name: "Choose exports",
    });
    place.append(text, input, choose, chips);
    const drawChip = (file) => {
      const item = make(
        "li",
        { className: file.refused ? "aus-refused" : "" },
        make("b", { textContent: file.label }),
        ` ${file.text} `,
        makeButton("Remove", () => press(`remove:${file.name}`), "aus-link"),
      );
      if (file.asks.length || file.again) {
        item.append(
          drawAsks(file.label, file.asks, (values) => press(`read:${file.name}`, { values })),
        );
      }
      return item;
    };
    let drawn = new Map();
    // What somebody types beside one file stays while another one is read.
    const keepChips = (files) => {
      const former = drawn;
      drawn = new Map(
        files.map((file) => {
          const signed = JSON.stringify(file);
          return [signed, former.get(signed) ?? drawChip(file)];
        }),
      );
      return [...drawn.values()];
    };
    return {
      view: place,
      takeFiles: readFiles,
      patch: (row) => {
        text.textContent = row.value;
        drawChanged(chips, row.files, () => keepChips(row.files));
      },
    };
  }

  return (first, id, current) => (CONTROLS[first.kind] ?? drawSays)(first, id, current);
}
