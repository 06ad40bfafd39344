const SHOWN_FOR = 60_000;
const PATIENCE = 4_500;
const PAUSE = 300;
const CLEARED_AFTER = 30_000;
const HISTORY = "A clipboard history keeps its own copy.";
const toBytes = (text) => new TextEncoder().encode(text);
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const TO_VIEW = toBytes("apiuser secret for one view");
const TO_KERNEL = toBytes("apiuser secret for the kernel");
const DOTS = "\u2022".repeat(12);
const SILENT = "The kernel does not answer. Wait until it is idle, or run the cell again.";

const makeNonce = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

function make(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

const toBase64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

// Every client of the kernel hears its messages, and logs may keep them. So a secret is
// encrypted for the one side that asked for it, with key pairs that serve once. See
// sealing.py, which is the other side.
async function makePair() {
  if (!crypto.subtle) {
    throw new Error("The browser encrypts on localhost and https only; open it there.");
  }
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", pair.publicKey);
  return { privateKey: pair.privateKey, point: new Uint8Array(point) };
}

async function agree(privateKey, key, { salt, info, use }) {
  const theirs = await crypto.subtle.importKey("raw", fromBase64(key), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt, info },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    [use],
  );
}

async function open(pair, answer) {
  const aes = await agree(pair.privateKey, answer.key, {
    salt: fromBase64(answer.key),
    info: TO_VIEW,
    use: "decrypt",
  });
  const text = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: fromBase64(answer.iv) },
    aes,
    fromBase64(answer.sealed),
  );
  return new TextDecoder().decode(text);
}

// For the kernel's key of this box, and bound to the nonce of the message, with a pair
// that serves once. All but the encryption itself is done before there is a text.
async function prepareSeal(key) {
  const pair = await makePair();
  const aes = await agree(pair.privateKey, key, {
    salt: pair.point,
    info: TO_KERNEL,
    use: "encrypt",
  });
  return async (text, nonce) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData: toBytes(nonce) },
      aes,
      toBytes(text),
    );
    return { key: toBase64(pair.point), iv: toBase64(iv), sealed: toBase64(sealed) };
  };
}

// One question, one answer. Answers to other views, or too late, are not read;
// `onForeign` only learns that another view has sent a typed secret.
function makeExchange(model, onForeign) {
  const waiting = new Map();
  const hear = (answer) => {
    const settle = waiting.get(answer?.nonce);
    waiting.delete(answer?.nonce);
    if (settle) settle(answer);
    else if (answer?.kind === "received") onForeign();
  };
  model.on("msg:custom", hear);
  return {
    ask(question, nonce = makeNonce()) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(nonce);
          reject(new Error(SILENT));
        }, PATIENCE);
        waiting.set(nonce, (answer) => {
          clearTimeout(timer);
          if (answer.kind === "refused") reject(new Error(answer.message));
          else resolve(answer);
        });
        try {
          model.send({ ...question, nonce });
        } catch {
          clearTimeout(timer);
          waiting.delete(nonce);
          reject(new Error(SILENT));
        }
      });
    },
    close: () => model.off("msg:custom", hear),
  };
}

const fingerprint = async (text) => toBase64(await crypto.subtle.digest("SHA-256", toBytes(text)));

// Asking for the permission would interrupt people, so it is only looked up.
async function mayReadClipboard() {
  try {
    const answer = await navigator.permissions.query({ name: "clipboard-read" });
    return answer.state === "granted";
  } catch {
    return false;
  }
}

// Safari wants the clipboard item at once and its text as a promise.
async function copy(promise) {
  if (navigator.clipboard?.write && window.ClipboardItem) {
    const blob = promise.then((text) => new Blob([text], { type: "text/plain" }));
    blob.catch(() => {}); // reported by the caller
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } else {
    await navigator.clipboard.writeText(await promise);
  }
}

function render({ model, el }) {
  el.classList.add("apiuser-secret");
  el.setAttribute("role", "group");
  const exchange = makeExchange(model, () => foreign());
  const name = make("span", { className: "apiuser-label" });
  const value = make("code", { textContent: DOTS });
  const reveal = make("button", { type: "button", textContent: "Reveal" });
  const copyButton = make("button", { type: "button", textContent: "Copy" });
  const status = make("p");
  status.setAttribute("role", "status");
  const row = make("div", { className: "apiuser-row" });
  const clearButton = make("button", { type: "button", textContent: "Clear" });
  clearButton.setAttribute("aria-label", "Clear the clipboard");
  clearButton.hidden = true;
  row.append(value, reveal, copyButton, clearButton);
  el.append(name, row);

  let forget = () => {};
  let foreign = () => {};
  let hiding = 0;
  let generation = 0;
  let shown = false;
  let sending = Promise.resolve(); // what was typed goes out before anything is asked
  const nameButtons = () => {
    const label = model.get("label");
    reveal.textContent = shown ? "Hide" : "Reveal";
    reveal.setAttribute("aria-label", `${reveal.textContent} ${label}`);
    copyButton.setAttribute("aria-label", `Copy ${label}`);
    value.setAttribute("aria-hidden", String(!shown)); // dots say nothing
    el.setAttribute("aria-label", label);
  };
  const hide = () => {
    clearTimeout(hiding);
    generation += 1;
    shown = false;
    value.textContent = DOTS;
    value.classList.remove("apiuser-shown");
    nameButtons();
  };
  const supply = async () => {
    await sending;
    const pair = await makePair();
    const answer = await exchange.ask({ kind: "ask", key: toBase64(pair.point) });
    if (answer.kind === "none") throw new Error("There is no secret yet.");
    return open(pair, answer);
  };

  reveal.addEventListener("click", async () => {
    status.textContent = "";
    if (shown) {
      hide();
      return;
    }
    const asked = generation;
    try {
      const secret = await supply();
      if (asked !== generation) return;
      value.textContent = secret;
      value.classList.add("apiuser-shown");
      shown = true;
      nameButtons();
      status.textContent = "Shown for one minute.";
      hiding = setTimeout(() => {
        hide();
        status.textContent = "Hidden again.";
      }, SHOWN_FOR);
    } catch (error) {
      status.textContent = error.message;
    }
  });

  let clearing = 0;
  const clear = async () => {
    clearTimeout(clearing);
    clearButton.hidden = true;
    try {
      await navigator.clipboard.writeText("");
      status.textContent = `Clipboard cleared. ${HISTORY}`;
    } catch {
      clearButton.hidden = false;
      status.textContent = "The browser did not allow clearing; press Clear.";
    }
  };
  const clearLater = async (copied) => {
    clearTimeout(clearing);
    const allowed = await mayReadClipboard();
    clearButton.hidden = allowed;
    status.textContent = allowed
      ? `Copied. Cleared from the clipboard in 30 seconds if still there. ${HISTORY}`
      : `Copied. Press Clear after pasting: this page may not look into the clipboard. ${HISTORY}`;
    if (!allowed) return;
    clearing = setTimeout(async () => {
      try {
        const held = await fingerprint(await navigator.clipboard.readText());
        if (held === copied) await clear();
      } catch {
        clearButton.hidden = false;
        status.textContent = "The clipboard could not be looked at; press Clear.";
      }
    }, CLEARED_AFTER);
  };
  clearButton.addEventListener("click", clear);

  copyButton.addEventListener("click", async () => {
    status.textContent = "";
    const secret = supply();
    try {
      await copy(secret);
      await clearLater(await fingerprint(await secret));
    } catch {
      // Was it the kernel or the clipboard? Only the former has a sentence.
      status.textContent = await secret.then(
        () => "The browser did not allow copying. " + "Press Reveal, select the text and copy it.",
        (error) => error.message,
      );
    }
  });

  if (model.get("typing")) {
    const input = make("input", { type: "password", autocomplete: "off" });
    input.id = `apiuser-${makeNonce()}`;
    input.spellcheck = false;
    const label = make("label", { htmlFor: input.id });
    label.textContent = `Type or paste: ${model.get("label")}`;
    el.append(label, input);
    let pause = 0;
    let sent = "";
    // Prepared ahead, so that what was typed goes out at once, before the press of a
    // button that follows.
    let next = null;
    const prepare = () => {
      next = prepareSeal(model.get("typing"));
      next.catch(() => {}); // told when something is sent
    };
    const deliver = async (text) => {
      try {
        const nonce = makeNonce();
        const seal = next;
        prepare();
        const sealed = await (await seal)(text, nonce);
        await exchange.ask({ kind: "typed", ...sealed }, nonce);
      } catch (error) {
        sent = null;
        status.textContent = error.message;
      }
    };
    prepare();
    const send = () => {
      clearTimeout(pause);
      if (input.value === sent) return;
      const text = input.value;
      sent = text;
      hide();
      status.textContent = "";
      sending = sending.then(() => deliver(text));
    };
    input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(send, PAUSE);
    });
    input.addEventListener("blur", send);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") send();
    });
    forget = () => {
      clearTimeout(pause);
      input.value = "";
      sent = "";
    };
    // Typed in another view of the same box: what this view knows is out of date.
    foreign = () => {
      if (document.activeElement !== input) forget();
      hide();
    };
  }
  el.append(status);

  const refresh = () => {
    hide();
    forget();
    status.textContent = "";
  };
  const enable = () => {
    const available = model.get("available");
    reveal.disabled = !available;
    copyButton.disabled = !available;
    if (!available) hide();
  };
  const rename = () => {
    name.textContent = model.get("label");
    nameButtons();
  };
  rename();
  enable();
  model.on("change:refreshes", refresh);
  model.on("change:available", enable);
  model.on("change:label", rename);
  return () => {
    refresh();
    exchange.close();
    model.off("change:refreshes", refresh);
    model.off("change:available", enable);
    model.off("change:label", rename);
  };
}

export default { render };
