// The work sheet on a screen: it draws what checklist/sheet.py describes, and tells the
// port what a person did. The notebook and the page of the guide use it alike.

import { copyText, makeClearing } from "./copying.js";
import {
  drawAsks,
  drawChanged,
  drawFinding,
  frameSheet,
  make,
  makeButton,
  makeDrop,
  makeSign,
  makeUid,
} from "./drawing.js";
import { tellName } from "./reading.js";

const FIRST_CAUSES = 5; // how many causes are shown before "more"
const SHOWN_FOR = 60_000;
const PAUSE = 250;
const DOTS = "\u2022".repeat(16);

// A button that is found again by its name when the sheet is drawn anew.
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
  const tell = (event) => {
    sending = sending
      .then(() => port.act(event))
      .then(
        () => true,
        (error) => {
          warn(error.message);
          return false;
        },
      );
    return sending;
  };
  let latest = null;
  const press = (name, extra = {}) => {
    flush();
    // The sheet that was pressed on: of two presses on one sheet the session does the first.
    latest = { name, drawn: state.drawn };
    return tell({ do: "press", ...latest, ...extra });
  };
  // Focus follows a press as soon as it is answered, before anybody can type elsewhere: to
  // a new stage's heading, or to the first field with an error.
  const followPress = (before) => {
    if (!latest || state.drawn === latest.drawn) return;
    const { name } = latest;
    latest = null;
    if (state.stage !== before.stage) focusHeading();
    else if (name === "primary" && state.faults.length) focusRow(state.faults[0].key);
  };

  const focusHeading = () => field.querySelector("h2")?.focus();
  const focusRow = (key) => rows.get(key)?.focus();
  const flush = () => {
    for (const row of rows.values()) row.flush?.();
  };

  const clearing = makeClearing({
    say: (text) => sayAt(secretPlace, text),
    offer: (wanted) => {
      for (const row of rows.values()) if (row.offerClear) row.offerClear(wanted);
    },
  });
  let secretPlace = "secret";
  const sayAt = (key, text) => {
    rows.get(key)?.tell(text);
    say(text);
  };

  async function copyRow(key) {
    const row = find(key);
    if (!row) return;
    flush();
    await sending;
    const fresh = find(key);
    const secret = fresh.secret;
    const text = secret ? port.askSecret("secret") : Promise.resolve(fresh.text);
    try {
      await copyText(text);
      if (secret) {
        secretPlace = key;
        await clearing.later(await text);
      } else {
        rows.get(key)?.tell("");
        say(`${fresh.label} copied.`);
      }
      await tell({ do: "copied", key });
    } catch {
      const reason = await text.then(
        () => "The browser did not allow copying. Select the text and press Ctrl+C.",
        (error) => error.message,
      );
      rows.get(key)?.select?.();
      sayAt(key, reason);
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
  let extras = new Map();
  // In one stage the boxes somebody may be typing in are not drawn anew.
  function draw(sameStage) {
    former = sameStage ? rows : new Map();
    if (!sameStage) extras = new Map();
    for (const row of rows.values()) if (!sameStage || !row.typed) row.stop?.();
    rows = new Map();
    parts = {
      ...(sameStage ? parts : {}),
      stages: make("ol", { className: "aus-stages" }),
      facts: make("span", { className: "aus-facts" }),
      faults: make("div", { className: "aus-faults", hidden: true }),
      cards: [],
    };
    parts.faults.setAttribute("role", "group");
    parts.faults.setAttribute("aria-label", "Open points");
    const jobs = make("div", { className: "aus-jobs" });
    jobs.setAttribute("role", "group");
    jobs.setAttribute("aria-label", "What you came to do");
    for (const job of state.jobs) {
      const button = makePress(job.name, job.title, () => job.now || press(job.name));
      button.setAttribute("aria-pressed", String(job.now));
      jobs.append(button, sayBeside(job.name));
    }
    const heading = make("h2", { textContent: state.heading, tabIndex: -1 });
    const body = state.cards.map(drawCard);
    const nav = make("nav", {}, parts.stages);
    nav.setAttribute("aria-label", "Stages");
    field.replaceChildren(
      make("div", { className: "aus-top" }, jobs, parts.facts),
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
    if (EXTRAS[card.code]) {
      if (!extras.has(card.code)) extras.set(card.code, EXTRAS[card.code](card));
      box.append(extras.get(card.code));
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
    const control = CONTROLS[first.kind]?.(first, id, current) ?? drawSays();
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
    const clear = makeButton("Clear", () => clearing.clear(), "aus-soft");
    clear.setAttribute("aria-label", "Clear the clipboard");
    clear.hidden = true;
    if (first.secret) tools.append(clear);

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
      help,
    );
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
      offerClear: first.secret
        ? (wanted) => {
            clear.hidden = !wanted;
          }
        : null,
      stop: control.stop,
      patch: () => {
        const row = current();
        control.patch(row);
        note.textContent = row.note;
        note.hidden = row.note === "";
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

  function drawCauses(causes) {
    const items = causes.map(({ text, doubt, sources, reports, check, fix }) => {
      const named = make("details", {}, make("summary", { textContent: reports }));
      named.append(drawNote({ text: "", doubt: "", sources }));
      return make(
        "li",
        {},
        drawNote({ text, doubt, sources: [] }),
        make("p", { textContent: `Check: ${check}` }),
        make("p", { textContent: `Fix: ${fix}` }),
        sources.length ? named : null,
      );
    });
    const lists = [];
    if (items.length) lists.push(make("ol", {}, ...items.slice(0, FIRST_CAUSES)));
    if (items.length > FIRST_CAUSES) {
      const left = items.length - FIRST_CAUSES;
      const others = `${left} more ${left === 1 ? "cause" : "causes"}`;
      const rest = make("ol", { start: FIRST_CAUSES + 1 }, ...items.slice(FIRST_CAUSES));
      lists.push(make("details", {}, make("summary", { textContent: others }), rest));
    }
    return lists;
  }

  const drawTrouble = (text) => drawSaid({ text, failed: text !== "" });
  const drawSaid = ({ text, failed }) =>
    failed ? make("span", { className: "aus-error" }, makeSign("error"), ` Error: ${text}`) : text;

  function drawNote({ text, doubt, sources }) {
    const node = make("p", { textContent: text });
    const where = make("small");
    if (doubt) where.append(` Certainty: ${doubt}.`);
    for (const { title, url } of sources) {
      where.append(
        " ",
        url
          ? make("a", {
              href: url,
              textContent: title,
              target: "_blank",
              rel: "noopener noreferrer",
            })
          : title,
      );
    }
    node.append(where);
    return node;
  }

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
      const send = async () => {
        clearTimeout(timer);
        timer = 0;
        const value = read();
        if (value === sent || value === current().value) return;
        sent = value;
        unanswered += 1;
        const taken = await tell({ do: "set", key: first.key, value });
        unanswered -= 1;
        if (taken) showValue(current());
      };
      const showValue = (row) => {
        // What was typed since is newer than what is shown.
        if (timer || unanswered) return;
        // A value that was tidied waits until the box is left; one that was taken out or
        // made here has to be seen.
        const typing = document.activeElement === input;
        if (typing && sent !== null && row.value !== "" && read() === sent) return;
        if (read() !== row.value) write(row.value);
        sent = row.value;
      };
      input.addEventListener("input", () => {
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
    lines: (first, id, current) => drawInput(make("textarea", { rows: 3 }))(first, id, current),
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
        placeholder: "generate, or paste the one Autotask made",
      });
      return { view: input, input, ...sendTyped(input, "secret"), patch: () => {} };
    }
    const { value, reveal, hide } = makeReveal("secret", first.label, (text) =>
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
          sendTyped(input, "secret");
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
      select: () => getSelection().selectAllChildren(value),
      patch: () => {},
    };
  }

  // A text that is asked for when it is to be seen, and gone again after a minute.
  function makeReveal(what, label, tellOf) {
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

  // What is typed into a box for secrets leaves it sealed, and is kept nowhere here. It
  // goes out whole: as it is pasted, or when the box is left.
  function sendTyped(input, what) {
    let sent = "";
    const send = () => {
      const text = input.value;
      if (text === sent) return;
      sent = text;
      sending = sending
        .catch(() => {})
        .then(() => port.takeSecret(what, text))
        .catch((error) => warn(error.message));
    };
    input.addEventListener("input", ({ inputType }) => {
      if (inputType === "insertFromPaste" || inputType === "insertFromDrop") send();
    });
    input.addEventListener("blur", send);
    input.addEventListener("change", send);
    return { flush: send };
  }

  function drawFiles(first, id) {
    const text = make("span");
    const chips = make("ul", { className: "aus-files" });
    const take = async (files) => {
      for (const file of files) {
        sayAt(first.key, `Reading ${tellName(file)}.`);
        try {
          await port.upload(file);
          sayAt(first.key, "");
        } catch (error) {
          sayAt(first.key, "");
          rows.get(first.key)?.tell(drawTrouble(error.message));
          say(error.message);
        }
      }
    };
    const { place, input, choose } = makeDrop(take, {
      id: `${id}-choose`,
      button: "Choose",
      name: "Choose exports",
    });
    place.append(text, input, choose, chips);
    const drawChip = (file) => {
      const item = make(
        "li",
        { className: file.refused ? "aus-refused" : "" },
        make("b", { textContent: file.name }),
        ` ${file.text} `,
        makeButton("Remove", () => press(`remove:${file.name}`), "aus-link"),
      );
      if (file.asks.length || file.again) {
        item.append(drawAsks(file.asks, (values) => press(`read:${file.name}`, { values })));
      }
      return item;
    };
    return {
      view: place,
      patch: (row) => {
        text.textContent = row.value;
        drawChanged(chips, row.files, () => row.files.map(drawChip));
      },
    };
  }

  // --- cards with parts of their own -----------------------------------------------

  const EXTRAS = {
    file: drawFile,
    wait: () => {
      parts.wait = make("p", { className: "aus-wait" });
      return parts.wait;
    },
    answers: () => {
      parts.answers = make("div", { className: "aus-answers" });
      return parts.answers;
    },
    compare: ({ compare: { title, text } }) => {
      const copy = makeButton("Copy", async () => {
        try {
          await copyText(Promise.resolve(parts.command.textContent));
          sayAtPlace("compare", "Copied.");
        } catch {
          getSelection().selectAllChildren(parts.command);
          sayAtPlace("compare", "The browser did not allow copying. Press Ctrl+C.");
        }
      });
      copy.setAttribute("aria-label", "Copy the command");
      parts.command = make("code");
      return make(
        "details",
        {},
        make("summary", { textContent: title }),
        make("p", { textContent: text }),
        make("p", {}, parts.command),
        make("div", { className: "aus-buttons" }, copy, sayBeside("compare")),
      );
    },
    review: () => {
      parts.review = make("table", { className: "aus-review" });
      const record = (kind) => () => saveRecord(kind).catch((error) => warn(error.message));
      return make(
        "div",
        {},
        parts.review,
        make(
          "div",
          { className: "aus-buttons" },
          makeButton("Record", record("html")),
          makeButton("Print", () => printRecord().catch((error) => warn(error.message))),
          makeButton("Copy all", async () => {
            try {
              await copyText(port.record("text").then((file) => file.text));
              sayAtPlace("copy-all", "Copied.");
            } catch (error) {
              sayAtPlace("copy-all", error.message);
            }
          }),
          sayBeside("copy-all"),
        ),
      );
    },
  };
  const sayAtPlace = (name, text) => {
    const place = beside.get(name);
    if (place) place.textContent = text;
    say(text);
  };

  function drawFile(card) {
    if (!card.can_write) {
      const text =
        "This page cannot write an encrypted file. The notebook can (apiuser lab): paste " +
        "the secret there.";
      return make(
        "div",
        {},
        make("p", { className: "aus-elsewhere", textContent: text }),
        drawVault("Into your vault"),
      );
    }
    const name = (label, node) => {
      node.setAttribute("aria-label", label);
      return make(
        "div",
        { className: "aus-row" },
        make("label", { textContent: label }),
        make("div", { className: "aus-value" }, node),
      );
    };
    const place = make("small");
    const showPlace = () => {
      const whole = /^(~|[\\/]|[A-Za-z]:)/.test(inputs.file.value.trim());
      place.textContent = whole ? "" : `in ${card.folder}`;
    };
    const inputs = {
      file: make("input", { value: card.file, className: "aus-mono", oninput: showPlace }),
      title: make("input", { placeholder: "as the integration and the tenant are called" }),
      url: make("input", { placeholder: "where the user logs in" }),
      notes: make("textarea", { rows: 2 }),
      receiver: make("input", { placeholder: "who gets the file" }),
      recipient: make("input", { placeholder: "age1\u2026" }),
    };
    const lock = make("select");
    lock.append(
      new Option("a generated passphrase", "generated"),
      new Option("a passphrase of my own", "own"),
      new Option("the receiver's age key (.age)", "recipient"),
    );
    const own = ["passphrase", "passphrase again"].map((what) => {
      const input = make("input", { type: "password", autocomplete: "off" });
      const row = name(what === "passphrase" ? "My passphrase" : "My passphrase, again", input);
      row.hidden = true;
      const { flush: send } = sendTyped(input, what);
      return { input, row, send };
    });
    const recipient = name("Receiver's key", inputs.recipient);
    recipient.hidden = true;
    lock.addEventListener("change", () => {
      for (const { row } of own) row.hidden = lock.value !== "own";
      recipient.hidden = lock.value !== "recipient";
      if (lock.value === "recipient") {
        inputs.file.value = inputs.file.value.replace(/\.kdbx$/, ".age");
      }
    });
    showPlace();
    const more = make(
      "details",
      {},
      make("summary", { textContent: "More options" }),
      name("Opened with", lock),
      ...own.map(({ row }) => row),
      recipient,
      name("Title", inputs.title),
      name("Address", inputs.url),
      name("Notes", inputs.notes),
      name("Receiver", inputs.receiver),
    );
    const write = makeButton(
      "Write",
      async () => {
        for (const { send } of own) send();
        const values = { lock: lock.value };
        for (const [key, input] of Object.entries(inputs)) values[key] = input.value;
        await press("store", { values });
        for (const { input } of own) input.value = "";
        if (state.said.failed) inputs.file.focus();
      },
      "aus-soft",
    );
    parts.write = write;
    parts.stored = make("div", { className: "aus-states" });
    const fileRow = name("File", inputs.file);
    inputs.file.after(place);
    const said = sayBeside("store");
    said.id = `aus-${uid}-file-said`;
    inputs.file.setAttribute("aria-describedby", said.id);
    fileRow.append(make("div", { className: "aus-tools" }, write), make("span"), said);
    let proposed = card.file;
    parts.patchFile = ({ file }) => {
      if (inputs.file.value === proposed && file !== proposed) {
        inputs.file.value = file;
        proposed = file;
      }
      const { at, text, failed } = state.said;
      const typed = inputs.file.value.split(/[\\/]/).pop();
      const wrong = failed && at === "store" && text.includes(typed);
      inputs.file.setAttribute("aria-invalid", String(wrong));
    };
    const vault = drawVault("or into your vault");
    return make("div", {}, fileRow, parts.stored, vault, more);
  }

  // What goes into a vault by hand is copied here, one after the other.
  function drawVault(title) {
    parts.clear = makeButton("Clear", () => vaultClearing.clear(), "aus-soft");
    parts.clear.hidden = true;
    const copy = async (text, done) => {
      try {
        await copyText(text);
        await done(await text);
      } catch {
        const reason = await text.then(
          () => "The browser did not allow copying.",
          (error) => error.message,
        );
        sayAtPlace("vault", reason);
      }
    };
    const findLogin = () => {
      const { login } = state.cards.find((card) => card.code === "file");
      return login
        ? Promise.resolve(login)
        : Promise.reject(new Error("There is no username yet."));
    };
    return make(
      "div",
      { className: "aus-row" },
      make("label", { textContent: title, className: "aus-plain" }),
      make(
        "div",
        { className: "aus-buttons" },
        makeButton("Copy login", () =>
          copy(findLogin(), () => sayAtPlace("vault", "Login copied.")),
        ),
        makeButton("Copy secret", () => copy(port.askSecret("secret"), vaultClearing.later)),
        parts.clear,
        sayBeside("vault"),
      ),
    );
  }
  const vaultClearing = makeClearing({
    say: (text) => sayAtPlace("vault", text),
    offer: (wanted) => {
      if (parts.clear) parts.clear.hidden = !wanted;
    },
  });

  let hidePassphrases = [];
  function drawPassphrase(path) {
    const what = `passphrase:${path}`;
    const label = `the passphrase of ${path.split(/[\\/]/).pop()}`;
    const { value, reveal, hide } = makeReveal(what, label, (text) => sayAtPlace("vault", text));
    hidePassphrases.push(hide);
    const copy = makeButton(
      "Copy",
      async () => {
        const text = port.askSecret(what);
        try {
          await copyText(text);
          await vaultClearing.later(await text);
        } catch (error) {
          warn(error.message);
        }
      },
      "aus-link",
    );
    copy.setAttribute("aria-label", `Copy ${label}`);
    return make(
      "p",
      { className: "aus-ok" },
      "Passphrase: ",
      value,
      " ",
      reveal,
      " ",
      copy,
      " Send it another way.",
    );
  }

  async function saveRecord(kind) {
    const { name, text } = await port.record(kind);
    const type = kind === "html" || kind === "sheet" ? "text/html" : "text/plain";
    const url = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
  }

  async function printRecord() {
    const { text } = await port.record("html");
    const frame = make("iframe", { className: "aus-hidden", srcdoc: text });
    frame.addEventListener("load", () => {
      frame.contentWindow.print();
      setTimeout(() => frame.remove(), 1_000);
    });
    root.append(frame);
  }

  // --- keeping it current ----------------------------------------------------------

  function patch() {
    parts.facts.textContent = state.facts;
    drawChanged(parts.stages, [state.stages, state.finished], () => state.stages.map(drawStage));
    parts.faults.hidden = state.faults.length === 0;
    drawChanged(parts.faults, state.faults, drawFaults);
    for (const row of rows.values()) row.patch?.();
    for (const card of state.cards) patchCard(card);
    const { next, text, primary } = state.foot;
    parts.next.hidden = next === null;
    if (next) parts.next.textContent = `Copy next: ${next.label}`;
    parts.text.textContent = text;
    parts.primary.textContent = primary.label;
    for (const [name, place] of beside) {
      if (name === "keep") place.replaceChildren(drawTrouble(state.trouble));
      else if (name === state.said.at) place.replaceChildren(drawSaid(state.said));
      else if (!["vault", "copy-all", "compare"].includes(name)) place.textContent = "";
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

  function drawStored({ stored }) {
    for (const hide of hidePassphrases) hide();
    hidePassphrases = [];
    const known = state.passphrases ?? [];
    const lines = stored.map(({ path, kind }) =>
      make("p", { className: "aus-ok" }, `\u2713 ${path}: ${kind}. `),
    );
    lines
      .at(-1)
      ?.append(
        makeButton(
          "Handover sheet",
          () => saveRecord("sheet").catch((error) => warn(error.message)),
          "aus-link",
        ),
      );
    return stored.flatMap(({ path }, at) =>
      known.includes(path) ? [lines[at], drawPassphrase(path)] : [lines[at]],
    );
  }

  function drawAnswers({ answers, advice, causes }) {
    const buttons = answers.map(({ name, label, now }) => {
      const button = makeButton(label, () => press(name));
      button.setAttribute("aria-pressed", String(now));
      return button;
    });
    return [
      make("div", { className: "aus-buttons" }, ...buttons),
      ...advice.map(drawNote),
      ...drawCauses(causes),
    ];
  }

  function patchCard(card) {
    if (card.code === "file" && parts.stored) {
      parts.write.disabled = !card.available;
      parts.patchFile(card);
      drawChanged(parts.stored, [card.stored, state.passphrases], () => drawStored(card));
    }
    if (card.code === "answers") {
      drawChanged(parts.answers, card, () => drawAnswers(card));
    }
    if (card.compare) parts.command.textContent = card.compare.command;
    if (card.code === "review" && parts.review) {
      parts.review.replaceChildren(
        ...card.review.map(({ label, text, state: how }) => {
          const head = make("th", { textContent: label, scope: "row" });
          return make(
            "tr",
            {},
            head,
            make("td", { textContent: text }),
            make("td", { textContent: how, className: "aus-dim" }),
          );
        }),
      );
    }
    if (card.code === "wait") countDown();
  }

  let counting = 0;
  function countDown() {
    clearTimeout(counting);
    const wait = state.cards.find((card) => card.code === "wait")?.wait;
    if (!wait || !parts.wait) return;
    if (wait.ready === null) {
      parts.wait.textContent = "The wait begins when the page is saved.";
      return;
    }
    const left = Math.ceil(wait.ready - Date.now() / 1000);
    if (left <= 0) {
      parts.wait.textContent = "Five minutes have passed: test once.";
      return;
    }
    const seconds = String(left % 60).padStart(2, "0");
    parts.wait.textContent = `Ready in ${Math.floor(left / 60)}:${seconds}`;
    counting = setTimeout(countDown, 1000);
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
      vaultClearing.stop();
      for (const hide of hidePassphrases) hide();
      clearTimeout(counting);
      for (const row of rows.values()) row.stop?.();
    },
  };
}
