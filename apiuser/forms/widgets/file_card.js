// The card of the encrypted file, and the way into a vault by hand.

import { makeReveal, sendTyped } from "./controls.js";
import { copyText } from "./copying.js";
import { drawChanged, make, makeButton } from "./drawing.js";

const HALF_COPIED =
  "Username copied, without its suffix: take the full one from Autotask's page, or applications refuse it.";

// Returns how to draw the card, to keep it current, and to let go.
export function makeFileCard({
  uid,
  port,
  press,
  take,
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
      title: make("input", { placeholder: "the integration's and the tenant's name" }),
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
      const { flush: send, clear } = sendTyped(input, what, take);
      return { input, row, send, clear };
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
        for (const { clear } of own) clear();
        if (!getState().said.failed) {
          settled = inputs.file.value;
          showWritten();
          return;
        }
        const wrong = inputs.file.getAttribute("aria-invalid") === "true";
        const asked = { own: own[0].input, recipient: inputs.recipient }[lock.value];
        (wrong || !asked ? inputs.file : asked).focus();
      },
      "aus-soft",
    );
    // What is written already needs another press only for another name.
    let settled = card.file;
    const showWritten = () => {
      const again = findCard().stored.length > 0 && inputs.file.value === settled;
      write.classList.toggle("aus-soft", !again);
    };
    inputs.file.addEventListener("input", showWritten);
    parts.write = write;
    parts.stored = make("div", { className: "aus-states" });
    const fileRow = name("File", inputs.file);
    inputs.file.after(place);
    const said = sayBeside("store");
    said.id = `aus-${uid}-file-said`;
    inputs.file.setAttribute("aria-describedby", said.id);
    fileRow.append(make("div", { className: "aus-tools" }, write), make("span"), said);
    let proposed = card.file;
    parts.patch = ({ file, stored }) => {
      // The name of a file that was written stays beside what is said about it.
      if (!stored.length && inputs.file.value === proposed && file !== proposed) {
        inputs.file.value = file;
        proposed = file;
      }
      showWritten();
      const { at, text, failed } = getState().said;
      const typed = inputs.file.value.split(/[\\/]/).pop();
      const wrong = failed && at === "store" && text.includes(`${typed}:`);
      inputs.file.setAttribute("aria-invalid", String(wrong));
    };
    const vault = drawVault("Or your vault");
    return make("div", {}, fileRow, parts.stored, vault, more);
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
        makeButton("Copy secret", () =>
          copy(port.askSecret("secret"), (secret) => clearing.later("vault", secret)),
        ),
        identifier,
        clearing.drawButton("vault"),
        sayBeside("vault"),
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
      " Send it another way. ",
      clearing.drawButton(what),
      " ",
      sayBeside(what),
    );
  }

  function drawStored({ stored }) {
    for (const hide of hidePassphrases) hide();
    hidePassphrases = [];
    const known = getState().passphrases ?? [];
    const lines = stored.map(({ path, kind }) =>
      make("p", { className: "aus-ok" }, `\u2713 ${path}: ${kind}. `),
    );
    lines
      .at(-1)
      ?.append(
        makeButton(
          "Handover sheet",
          () => save().catch((error) => warn(error.message)),
          "aus-link",
        ),
      );
    return stored.flatMap(({ path }, at) =>
      known.includes(path) ? [lines[at], drawPassphrase(path)] : [lines[at]],
    );
  }

  function patch(card) {
    if (parts.identifier) parts.identifier.hidden = !card.identifier;
    if (!parts.stored) return;
    parts.write.disabled = !card.available;
    parts.patch(card);
    drawChanged(parts.stored, [card.stored, getState().passphrases], () => drawStored(card));
  }

  return {
    draw: drawFile,
    patch,
    stop() {
      for (const hide of hidePassphrases) hide();
    },
  };
}
