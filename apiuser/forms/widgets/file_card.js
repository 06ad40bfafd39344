// The card of the encrypted file, and the way into a vault by hand.

import { makeReveal, sendTyped } from "./controls.js";
import { copyText } from "./copying.js";
import { drawChanged, make, makeButton } from "./drawing.js";

const HALF_COPIED =
  "Username copied, without its suffix: take the full one from Autotask's page, or applications refuse it.";
const HALF =
  "The username lacks its suffix, and applications refuse it so. Enter what usernames end with in Prepare, then write the file";

const drawWarning = (text) => make("p", { className: "aus-warning", textContent: `! ${text}` });
const tellStored = ({ path, kind }) => `${path}: ${kind}, checked.`;

// Returns how to draw the card, to keep it current, and to let go.
export function makeFileCard({
  uid,
  port,
  press,
  take,
  say,
  warn,
  sayAtPlace,
  sayBeside,
  clearing,
  save,
  getState,
}) {
  const parts = {};
  const findCard = () => getState().cards.find((card) => card.code === "file");

  function drawFile(card) {
    if (!card.can_write) return drawElsewhere();
    const inputs = {
      file: make("input", { value: card.file, className: "aus-mono" }),
      title: make("input", { placeholder: "the integration's and the tenant's name" }),
      url: make("input", { placeholder: "where the user logs in" }),
      notes: make("textarea", { rows: 2 }),
      receiver: make("input", { placeholder: "who gets the file" }),
      recipient: make("input", { placeholder: "age1\u2026" }),
    };
    const lock = makeLock(inputs);
    parts.stored = make("div", { className: "aus-states" });
    return make(
      "div",
      {},
      drawFileRow(card, inputs, lock),
      parts.stored,
      make(
        "details",
        {},
        make("summary", { textContent: "More options" }),
        ...lock.rows,
        drawInput("Title", inputs.title),
        drawInput("Address", inputs.url),
        drawInput("Notes", inputs.notes),
        drawInput("Receiver", inputs.receiver),
      ),
      drawVault("Or your vault"),
    );
  }

  function drawElsewhere() {
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

  function drawInput(label, input) {
    input.setAttribute("aria-label", label);
    return make(
      "div",
      { className: "aus-row" },
      make("label", { textContent: label }),
      make("div", { className: "aus-value" }, input),
    );
  }

  // What the file is opened with, and the boxes for that.
  function makeLock({ file, recipient }) {
    const kind = make("select");
    kind.append(
      new Option("a generated passphrase", "generated"),
      new Option("a passphrase of my own", "own"),
      new Option("the receiver's age key (.age)", "recipient"),
    );
    const own = [
      ["passphrase", "My passphrase"],
      ["passphrase again", "My passphrase, again"],
    ].map(([what, label]) => {
      const input = make("input", { type: "password", autocomplete: "off" });
      return { input, row: drawInput(label, input), ...sendTyped(input, what, take) };
    });
    const ownRows = own.map(({ row }) => row);
    const recipientRow = drawInput("Receiver's key", recipient);
    const showBoxes = () => {
      for (const row of ownRows) row.hidden = kind.value !== "own";
      recipientRow.hidden = kind.value !== "recipient";
    };
    kind.addEventListener("change", () => {
      showBoxes();
      if (kind.value === "recipient") file.value = file.value.replace(/\.kdbx$/, ".age");
    });
    showBoxes();
    return {
      rows: [drawInput("Opened with", kind), ...ownRows, recipientRow],
      get value() {
        return kind.value;
      },
      send() {
        for (const { flush } of own) flush();
      },
      clear() {
        for (const { clear } of own) clear();
      },
      // The box that may be wrong, besides the name of the file.
      findBox: () => ({ own: own[0].input, recipient })[kind.value],
    };
  }

  function drawFileRow(card, inputs, lock) {
    const { file } = inputs;
    const place = make("small");
    const write = makeButton("Write", writeFile, "aus-soft");
    let sent = card.file;
    let settled = card.file;
    let proposed = card.file;

    const showPlace = () => {
      const whole = /^(~|[\\/]|[A-Za-z]:)/.test(file.value.trim());
      place.textContent = whole ? "" : `in ${card.folder}`;
    };
    // What is written already needs another press only for another name.
    const showWritten = () => {
      const again = findCard().stored.length > 0 && file.value === settled;
      write.classList.toggle("aus-soft", !again);
    };
    async function writeFile() {
      lock.send();
      const values = { lock: lock.value };
      for (const [key, input] of Object.entries(inputs)) values[key] = input.value;
      sent = file.value;
      sayAtPlace("store", "Writing.");
      if (!(await press("store", { values }))) sayAtPlace("store", "");
      lock.clear();
      if (getState().said.failed) {
        const wrong = file.getAttribute("aria-invalid") === "true";
        ((!wrong && lock.findBox()) || file).focus();
        return;
      }
      settled = file.value;
      showWritten();
      say(tellStored(findCard().stored.at(-1)));
      parts.stored.lastElementChild?.scrollIntoView({ block: "nearest" });
    }

    file.addEventListener("input", () => {
      showPlace();
      showWritten();
    });
    const row = drawInput("Encrypted file", file);
    file.after(place);
    const said = sayBeside("store");
    said.id = `aus-${uid}-file-said`;
    file.setAttribute("aria-describedby", said.id);
    row.append(make("div", { className: "aus-tools" }, write), make("span"), said);
    showPlace();
    parts.write = write;
    parts.patch = ({ file: name, stored }) => {
      // The name of a file that was written stays beside what is said about it.
      if (!stored.length && file.value === proposed && name !== proposed) {
        file.value = name;
        proposed = name;
      }
      showWritten();
      const { at, failed, of_file: ofFile } = getState().said;
      const wrong = failed && at === "store" && ofFile && file.value === sent;
      file.setAttribute("aria-invalid", String(wrong));
    };
    return row;
  }

  // What goes into a vault by hand is copied here, one after the other.
  function drawVault(title) {
    const copy = async (text, done) => {
      try {
        await copyText(text, "Copy it at its row in Fill in.");
        await done(await text);
      } catch (error) {
        sayAtPlace("vault", error.message);
      }
    };
    const identifier = makeButton("Copy tracking identifier", () =>
      copy(Promise.resolve(findCard().identifier), () =>
        sayAtPlace("vault", "Tracking identifier copied."),
      ),
    );
    parts.identifier = identifier;
    const findUsername = () => {
      const { username } = findCard();
      return username
        ? Promise.resolve(username)
        : Promise.reject(new Error("There is no username yet."));
    };
    parts.secret = makeButton("Copy secret", () =>
      copy(port.askSecret("secret"), async (secret) => {
        await clearing.later("vault", secret);
        await port.act({ do: "given", what: "secret" });
      }),
    );
    return make(
      "div",
      { className: "aus-row" },
      make("label", { textContent: title, className: "aus-plain" }),
      make(
        "div",
        { className: "aus-buttons" },
        makeButton("Copy username", () =>
          copy(findUsername(), () =>
            sayAtPlace("vault", findCard().suffixed ? "Full username copied." : HALF_COPIED),
          ),
        ),
        parts.secret,
        identifier,
        clearing.drawButton("vault"),
        sayBeside("vault", { stays: true }),
      ),
    );
  }

  let hidePassphrases = [];
  function drawPassphrase(path) {
    const what = `passphrase:${path}`;
    const label = `the passphrase of ${path.split(/[\\/]/).pop()}`;
    const { value, reveal, hide } = makeReveal(port, what, label, (text) => sayAtPlace(what, text));
    hidePassphrases.push(hide);
    const copy = makeButton(
      "Copy",
      async () => {
        const text = port.askSecret(what);
        try {
          await copyText(text, "Reveal it, select it and press Ctrl+C.");
          await clearing.later(what, await text);
          await port.act({ do: "given", what });
        } catch (error) {
          sayAtPlace(what, error.message);
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
      " Send it separately. ",
      clearing.drawButton(what),
      " ",
      sayBeside(what, { stays: true }),
    );
  }

  function drawStored({ stored, suffixed, available, useless }) {
    for (const hide of hidePassphrases) hide();
    hidePassphrases = [];
    const lines = stored.map((file) =>
      make("p", { className: "aus-ok" }, `\u2713 ${tellStored(file)} `),
    );
    const saveSheet = async () => {
      try {
        sayAtPlace("sheet", await save());
      } catch (error) {
        warn(error.message);
      }
    };
    lines
      .at(-1)
      ?.append(
        makeButton("Handover sheet", saveSheet, "aus-link"),
        " ",
        sayBeside("sheet", { stays: true }),
      );
    const drawn = stored.flatMap(({ path, passphrase }, at) =>
      passphrase ? [lines[at], drawPassphrase(path)] : [lines[at]],
    );
    if (available && !suffixed) drawn.push(drawWarning(`${HALF}${stored.length ? " again" : ""}.`));
    return [...drawn, ...useless.map(drawWarning)];
  }

  function patch(card) {
    if (parts.identifier) parts.identifier.hidden = !card.identifier;
    parts.secret.disabled = !card.available;
    if (!parts.stored) return;
    parts.write.disabled = !card.available;
    parts.patch(card);
    const { stored, suffixed, available, useless } = card;
    drawChanged(parts.stored, [stored, suffixed, available, useless], () => drawStored(card));
  }

  return {
    draw: drawFile,
    patch,
    stop() {
      for (const hide of hidePassphrases) hide();
    },
  };
}
