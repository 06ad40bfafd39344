// One window's side of pairing.py: it proves its messages, and only it can read the
// secrets that are sealed for it. Its keys cannot be read out of the browser.

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const PATIENCE = 6_000;
const BEAT = 4_000;
const SILENT =
  "The kernel does not answer. If it is busy, the form carries on by itself; if it was " +
  "restarted, press Run > Run All Cells, or reload the page if it has no menu.";

const toBytes = (text) => new TextEncoder().encode(text);
const toBase64 = (buffer) => {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
};
const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const toHex = (buffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function signBy(ticket, text) {
  const kind = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", ticket, kind, false, ["sign"]);
  return toBase64(await crypto.subtle.sign("HMAC", key, toBytes(text)));
}

// Where a page that goes leaves its ticket for the next one of the same tab: this alone
// outlives a reload, is no other tab's, and is emptied as soon as it is read. The ticket
// opens nothing, and the kernel takes it once and for a minute (pairing.py).
const makeTray = (widgetKey) => {
  const name = `apiuser ${widgetKey}`;
  const attempt = (deed) => {
    try {
      return deed(globalThis.sessionStorage);
    } catch {
      return null; // the browser allows no storage: the page comes as another window
    }
  };
  return {
    put: (ticket) => attempt((storage) => storage.setItem(name, JSON.stringify(ticket))),
    take: () =>
      attempt((storage) => {
        const text = storage.getItem(name);
        storage.removeItem(name);
        return JSON.parse(text);
      }),
  };
};

async function agree(widgetKey) {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const theirs = await crypto.subtle.importKey("raw", fromBase64(widgetKey), CURVE, false, []);
  const bits = await crypto.subtle.deriveBits(
    { name: "ECDH", public: theirs },
    pair.privateKey,
    256,
  );
  const base = await crypto.subtle.importKey("raw", bits, "HKDF", false, [
    "deriveKey",
    "deriveBits",
  ]);
  const by = (purpose) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: point,
    info: toBytes(purpose),
  });
  const derive = (purpose, kind, uses) =>
    crypto.subtle.deriveKey(by(purpose), base, kind, false, uses);
  const ticket = await crypto.subtle.deriveBits(by("apiuser: return of a window"), base, 256);
  return {
    ticket: toBase64(ticket),
    goodbye: await signBy(ticket, "goodbye"),
    point: toBase64(point),
    proof: await derive(
      "apiuser: messages of a window",
      { name: "HMAC", hash: "SHA-256", length: 256 },
      ["sign"],
    ),
    secrets: await derive("apiuser: secrets of a window", { name: "AES-GCM", length: 256 }, [
      "encrypt",
      "decrypt",
    ]),
  };
}

// By which a person tells a window from others, as pairing.py makes it.
export async function nameWindow(point, widgetKey) {
  const base = await crypto.subtle.importKey("raw", toBytes(point), "PBKDF2", false, [
    "deriveBits",
  ]);
  const kind = { name: "PBKDF2", hash: "SHA-256", salt: toBytes(widgetKey), iterations: 100_000 };
  const bits = await crypto.subtle.deriveBits(kind, base, 32);
  const digits = String(new DataView(bits).getUint32(0) % 100_000_000).padStart(8, "0");
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

export async function openPort(model, { onAlive }) {
  if (!globalThis.crypto?.subtle) {
    throw new Error("The form works on localhost and https only; open it there.");
  }
  const keys = await agree(model.get("key"));
  const tray = makeTray(model.get("key"));
  const waiting = new Map();
  const working = new Map();
  let last = 0;
  let queue = Promise.resolve();

  const hear = (answer, buffers) => {
    if (answer?.point !== keys.point) return;
    const settle = waiting.get(answer.number) ?? working.get(answer.number);
    waiting.delete(answer.number);
    working.delete(answer.number);
    settle?.({ ...answer, data: buffers?.[0] });
  };
  model.on("msg:custom", hear);

  // Work that takes a while is begun at once and answered later: `begun` hears of it.
  const send = (message, number, buffers, begun = () => {}) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(number);
        onAlive(false);
        reject(new Error(SILENT));
      }, PATIENCE);
      const settle = (answer) => {
        clearTimeout(timer);
        onAlive(true);
        if (answer.kind === "working") {
          working.set(number, settle);
          begun();
        } else if (answer.kind === "refused") reject(new Error(answer.message));
        else resolve(answer);
      };
      waiting.set(number, settle);
      try {
        model.send({ ...message, point: keys.point, number }, undefined, buffers);
      } catch {
        clearTimeout(timer);
        waiting.delete(number);
        onAlive(false);
        reject(new Error(SILENT));
      }
    });

  // In order, since the numbers only rise; what takes a while holds up nothing.
  const act = (makeEvent, buffers) => {
    let begun;
    const accepted = new Promise((resolve) => {
      begun = resolve;
    });
    const turn = queue.then(async () => {
      last += 1;
      const number = last;
      const event = JSON.stringify(await makeEvent(number));
      const proof = await crypto.subtle.sign("HMAC", keys.proof, toBytes(`${number}\n${event}`));
      return send({ kind: "act", event, proof: toBase64(proof) }, number, buffers, begun);
    });
    queue = Promise.race([turn.catch(() => {}), accepted]);
    return turn;
  };

  const greet = (kind, more = {}) => {
    last += 1;
    return send({ kind, ...more }, `${kind}-${last}`);
  };
  const arrive = async () => {
    const former = tray.take();
    if (!former) return greet("hello");
    const proof = await signBy(fromBase64(former.ticket), `return ${keys.point}`);
    return greet("return", { former: former.point, proof });
  };
  let wasWaiting = false; // to be let in, when it left
  const owns = () => (model.get("owners") ?? []).includes(keys.point);
  // A window that was let in may come back as the next page; one that waits gives up its
  // turn. Nothing is awaited, since a page that goes waits for nothing.
  const leave = () => {
    // A page leaves twice, and by the second time the kernel may have forgotten it.
    wasWaiting ||= (model.get("waiting") ?? []).some(([point]) => point === keys.point);
    if (owns()) tray.put({ point: keys.point, ticket: keys.ticket });
    else if (!wasWaiting) return;
    try {
      model.send({ kind: "goodbye", point: keys.point, number: "goodbye", proof: keys.goodbye });
    } catch {
      // The kernel has gone before.
    }
  };
  // The page is still here, or again, though the kernel was told that it goes.
  const stay = () => {
    tray.take();
    const again = wasWaiting ? greet("hello") : act(() => ({ do: "stay" }));
    wasWaiting = false;
    again.catch(() => {});
  };
  // What is sent as late as `pagehide` is often lost. Before that, a person may still
  // stay.
  let staying = 0;
  const leaveSoon = () => {
    leave();
    clearTimeout(staying);
    staying = setTimeout(stay, PATIENCE);
  };
  const showAgain = ({ persisted }) => {
    if (persisted) stay();
  };
  addEventListener("beforeunload", leaveSoon);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", showAgain);
  // A window that waits is hidden while a person lets it in: it says that it is there.
  const beat = setInterval(() => {
    if (!(document.hidden && owns()) && waiting.size === 0) greet("ping").catch(() => {});
  }, BEAT);

  return {
    point: keys.point,
    greet: arrive,
    takeOver: () => greet("takeover"),
    act: (event) => act(() => event),
    async askSecret(what) {
      const answer = await act(() => ({ do: "ask", what }));
      const text = await crypto.subtle.decrypt(
        {
          name: "AES-GCM",
          iv: fromBase64(answer.iv),
          additionalData: toBytes(`to window ${answer.number}`),
        },
        keys.secrets,
        fromBase64(answer.sealed),
      );
      return new TextDecoder().decode(text);
    },
    takeSecret: (what, text) =>
      act(async (number) => {
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const sealed = await crypto.subtle.encrypt(
          { name: "AES-GCM", iv, additionalData: toBytes(`from window ${number}`) },
          keys.secrets,
          toBytes(text),
        );
        return { do: "typed", what, iv: toBase64(iv), sealed: toBase64(sealed) };
      }),
    sendPart: async (event, part) => {
      const digest = toHex(await crypto.subtle.digest("SHA-256", part));
      return act(() => ({ ...event, digest }), [part]);
    },
    close() {
      clearInterval(beat);
      clearTimeout(staying);
      removeEventListener("beforeunload", leaveSoon);
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", showAgain);
      leave();
      model.off("msg:custom", hear);
    },
  };
}
