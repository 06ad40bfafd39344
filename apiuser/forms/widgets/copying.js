// Copying to the clipboard, and clearing it again: the same in the notebook and the page.

import { makeButton } from "./drawing.js";

const CLEARED_AFTER = 30_000;
const HISTORY = "Your clipboard history may still hold it.";

// Copies a text; the error says why there is none, or what to do without the clipboard.
export async function copyText(promise, otherwise = "Press Ctrl+C.") {
  try {
    await writeText(promise);
  } catch {
    await promise;
    throw new Error(`The browser did not allow copying. ${otherwise}`);
  }
}

// Safari wants the clipboard item at once and its text as a promise.
async function writeText(promise) {
  if (navigator.clipboard?.write && window.ClipboardItem) {
    const blob = promise.then((text) => new Blob([text], { type: "text/plain" }));
    blob.catch(() => {}); // reported by the caller
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } else {
    await navigator.clipboard.writeText(await promise);
  }
}

const fingerprint = async (text) => {
  const bytes = new TextEncoder().encode(text);
  return String(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
};

// Asking for the permission would interrupt people, so it is only looked up.
async function mayReadClipboard() {
  try {
    const answer = await navigator.permissions.query({ name: "clipboard-read" });
    return answer.state === "granted";
  } catch {
    return false;
  }
}

// Clears a copied secret after a while if the browser lets the page read the clipboard.
// Else a button for it is shown where the secret was copied, or in the foot if that place
// is not in `field` any more. `sayThere` speaks at a place. A sheet that is taken off the
// page is no reason to leave the secret in the clipboard.
export function makeClearing(field, sayThere) {
  const buttons = new Map();
  let copiedFrom = "";
  let wanted = false;
  let timer = 0;
  const say = (text) => sayThere(copiedFrom, text);
  const patch = () => {
    const near = field.contains(buttons.get(copiedFrom) ?? null) ? copiedFrom : "foot";
    for (const [place, button] of buttons) button.hidden = !wanted || place !== near;
  };
  const offer = (now) => {
    wanted = now;
    patch();
  };
  const clear = async () => {
    clearTimeout(timer);
    offer(false);
    try {
      await navigator.clipboard.writeText("");
      say("Clipboard cleared.");
    } catch {
      offer(true);
      say("The browser did not allow clearing; press Clear clipboard.");
    }
  };
  return {
    patch,
    drawButton(place) {
      const button = makeButton("Clear clipboard", clear, "aus-soft aus-clear");
      button.hidden = true;
      buttons.set(place, button);
      return button;
    },
    async later(place, secret) {
      copiedFrom = place;
      clearTimeout(timer);
      const copied = await fingerprint(secret);
      const allowed = await mayReadClipboard();
      offer(!allowed);
      say(
        allowed
          ? `Copied. Cleared in 30 seconds. ${HISTORY}`
          : `Copied. Press Clear clipboard after pasting. ${HISTORY}`,
      );
      if (!allowed) return;
      timer = setTimeout(async () => {
        try {
          const held = await fingerprint(await navigator.clipboard.readText());
          if (held === copied) await clear();
        } catch {
          offer(true);
          say("The clipboard could not be read; press Clear clipboard.");
        }
      }, CLEARED_AFTER);
    },
  };
}
