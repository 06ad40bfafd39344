// Copying to the clipboard, and clearing it again: the same in the notebook and the page.

const CLEARED_AFTER = 30_000;
const HISTORY = "A clipboard history keeps it.";

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

// Clears a copied secret after a while if the browser lets the page read the clipboard;
// else `offer(true)` shows a button, which calls `clear`.
export function makeClearing({ say, offer }) {
  let timer = 0;
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
  const later = async (secret) => {
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
  };
  return { clear, later, stop: () => clearTimeout(timer) };
}
