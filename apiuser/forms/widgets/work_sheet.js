// The work sheet in the notebook and in Voilà: a window pairs with the widget first.

import { nameWindow, openPort } from "./paired.js";
import { mountSheet } from "./sheet.js";

const PART = 1 << 20;
const DEAD =
  "The kernel does not answer, so nothing here works now. Your entries were kept, the " +
  "secret was not. Run the cell again; without a notebook, reload the page.";

function render({ model, el }) {
  const sheetRoot = document.createElement("div");
  const asks = document.createElement("div");
  el.append(asks, sheetRoot);
  let port = null;
  let closed = false;
  let paired = false;

  const sheet = mountSheet(sheetRoot, {
    act: (event) => port.act(event),
    askSecret: (what) => port.askSecret(what),
    takeSecret: (what, text) => port.takeSecret(what, text),
    record: (kind) => port.act({ do: "record", kind }),
    async upload(file) {
      const { name, size } = file;
      let at = 0;
      do {
        const part = await file.slice(at, at + PART).arrayBuffer();
        await port.sendPart({ do: "upload", name, size, at }, part);
        at += PART;
      } while (at < size);
    },
  });

  const makeButton = (label, onclick) =>
    Object.assign(document.createElement("button"), {
      type: "button",
      textContent: label,
      onclick,
    });

  const makeLine = (text) => Object.assign(document.createElement("p"), { textContent: text });

  // A window beside this one is never out of sight, nor what it asked for.
  const describeOthers = () => {
    const owners = model.get("owners") ?? [];
    if (owners.length < 2) return [];
    const counts = Object.entries(model.get("asks") ?? {});
    const read = counts.filter(([point]) => point !== port?.point);
    const times = read.reduce((sum, [, count]) => sum + count, 0);
    return [
      makeLine(`${owners.length} windows work on this sheet.`),
      ...(times ? [makeLine(`Another window asked for the secret: ${times}.`)] : []),
    ];
  };
  // Another window that wants to work here is let in by this one, or not at all.
  const showAsks = () => {
    const waiting = paired ? (model.get("waiting") ?? []) : [];
    const lines = paired ? describeOthers() : [];
    asks.className = lines.length || waiting.length ? "aus-asks" : "";
    asks.setAttribute("role", "group");
    asks.setAttribute("aria-label", "Other windows");
    asks.replaceChildren(
      ...lines,
      ...waiting.map(([point, digits]) => {
        const line = document.createElement("p");
        line.append(
          `Another window (${digits}) asks to work on this sheet. Is it yours? `,
          makeButton("Let it in", () => port.act({ do: "admit", window: point })),
          makeButton("No", () => port.act({ do: "refuse", window: point })),
        );
        return line;
      }),
    );
  };

  const enter = async (kind) => {
    if (kind === "paired") {
      paired = true;
      sheet.setAlive(true);
      showAsks();
      return;
    }
    const digits = await nameWindow(port.point);
    sheet.setAlive(
      false,
      `This sheet is open in another window. Let this one (${digits}) in there, or `,
    );
    sheet.banner.append(
      makeButton("take over here: that forgets the secret", async () => {
        try {
          const answer = await port.takeOver();
          await enter(answer.kind);
        } catch (error) {
          sheet.setAlive(false, error.message);
        }
      }),
    );
  };

  // Let in, or shut out: by the kernel's own list of windows.
  const lookAtOwners = () => {
    if (!port) return;
    const mine = (model.get("owners") ?? []).includes(port.point);
    if (mine && !paired) enter("paired");
    else if (!mine && paired) {
      paired = false;
      enter("waiting");
    }
    showAsks();
  };
  const show = () => {
    const shown = model.get("shown");
    if (shown?.stages) sheet.show(shown);
  };

  // The output areas around would scroll by themselves, and the foot not stay in view.
  const settle = () => {
    if (!el.isConnected) return requestAnimationFrame(settle);
    for (let box = el.parentElement; box; box = box.parentElement) {
      if (!box.className.includes?.("jp-OutputArea")) continue;
      box.style.overflow = "visible";
      if (box.classList.contains("jp-Cell-outputArea")) break;
    }
    return undefined;
  };
  settle();
  show();
  sheet.setAlive(false, "Connecting.");
  model.on("change:shown", show);
  model.on("change:waiting", showAsks);
  model.on("change:owners", lookAtOwners);
  model.on("change:asks", showAsks);
  openPort(model, {
    onAlive(alive) {
      if (closed) return;
      if (!alive) sheet.setAlive(false, DEAD);
      else if (paired) sheet.setAlive(true);
    },
  })
    .then(async (opened) => {
      port = opened;
      const answer = await port.greet();
      await enter(answer.kind);
    })
    .catch((error) => sheet.setAlive(false, error.message));

  return () => {
    closed = true;
    model.off("change:shown", show);
    model.off("change:waiting", showAsks);
    model.off("change:owners", lookAtOwners);
    model.off("change:asks", showAsks);
    sheet.close();
    port?.close();
  };
}

export default { render };
