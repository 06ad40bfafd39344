// One window of a sheet in the notebook or in Voilà: it pairs with the widget first.

import { drawChanged, make, makeButton, makePress } from "./drawing.js";
import { nameWindow, openPort } from "./paired.js";
import { readPart } from "./reading.js";

const PART = 4 << 20;
const DEAD =
  "The kernel does not answer, so nothing here works now. If it is busy or the connection " +
  "was lost, the form carries on by itself. If it was restarted, press Run > Run All " +
  "Cells, or reload the page if it has no menu.";

// Which windows ask to be let in. A button never moves under the pointer: a new line comes
// last, and one whose window has gone keeps its place for as long as another one asks.
function makeQuestions(act) {
  const place = make("div");
  let lines = [];
  const addLine = ([point, code]) => {
    const node = make(
      "p",
      {},
      `Another window (${code}) asks to work on this form. Is it yours? `,
      makeButton("Let it in", () => act({ do: "admit", window: point })),
      makeButton("No", () => act({ do: "refuse", window: point })),
    );
    place.append(node);
    lines.push({ point, code, node, open: true });
  };
  const closeLine = (line, end) => {
    line.open = false;
    line.node.style.minHeight = `${line.node.offsetHeight}px`;
    line.node.textContent = `The window (${line.code}) ${end}.`;
  };
  return {
    place,
    show(waiting, owners) {
      for (const line of lines.filter(({ open }) => open)) {
        if (waiting.some(([point]) => point === line.point)) continue;
        closeLine(line, owners.includes(line.point) ? "was let in" : "has gone");
      }
      if (!waiting.length) {
        lines = [];
        place.replaceChildren();
      }
      const shown = lines.filter(({ open }) => open).map(({ point }) => point);
      waiting.filter(([point]) => !shown.includes(point)).forEach(addLine);
    },
  };
}

// Mounts a sheet and lets it work as soon as this window may. `mount` gets the place and
// a port; it returns how to show a state, to shut the sheet, and to let go. `kept` says
// what outlives the kernel.
export function openWindow({ model, el }, { mount, shows, nameTakeOver, kept = "" }) {
  const root = make("div");
  const asks = make("div", { className: "aus-asks", hidden: true });
  asks.setAttribute("role", "group");
  asks.setAttribute("aria-label", "Other windows");
  const questions = makeQuestions((event) => port.act(event));
  const others = make("div");
  asks.append(questions.place, others);
  el.append(root);
  let port = null;
  let closed = false;
  let paired = false;
  let waits = false;
  let earlier = {}; // how often each window had asked when this one was let in
  let asked = false; // whether the first window asks about this one
  let silent = false;
  let ownCode = null;

  const sheet = mount(root, {
    act: (event) => port.act(event),
    askSecret: (what) => port.askSecret(what),
    takeSecret: (what, text) => port.takeSecret(what, text),
    async upload(file, tell = () => {}, more = {}) {
      const { name, size } = file;
      let at = 0;
      let answer;
      do {
        const part = await readPart(file, at, PART);
        answer = await port.sendPart({ do: "upload", name, size, at, ...more }, part);
        at += PART;
        tell(Math.min(at / (size || 1), 1));
      } while (at < size);
      return answer;
    },
  });
  root.prepend(asks);

  // Always say that another window is working here, and what it asked for.
  const countOthers = () => {
    const owners = model.get("owners") ?? [];
    const counts = Object.entries(model.get("asks") ?? {});
    const read = counts.filter(([point]) => point !== port?.point);
    const times = read.reduce((sum, [point, count]) => sum + count - (earlier[point] ?? 0), 0);
    return { windows: owners.length, times };
  };
  const drawOthers = ({ windows, times }) => [
    make(
      "p",
      {},
      `${windows} windows may work on this form. `,
      makePress("alone", "Shut all others out", () => port.act({ do: "alone" })),
    ),
    ...(times
      ? [make("p", { textContent: `Another window showed or copied a secret: ${times}.` })]
      : []),
  ];
  // Another window can work here only if this one lets it in.
  const showAsks = () => {
    const waiting = paired ? (model.get("waiting") ?? []) : [];
    const counted = countOthers();
    const several = paired && counted.windows > 1;
    asks.hidden = !(several || waiting.length);
    questions.show(waiting, model.get("owners") ?? []);
    drawChanged(others, several && counted, () => (several ? drawOthers(counted) : []));
  };

  const enter = async (kind) => {
    const letIn = waits && kind === "paired";
    if (letIn) earlier = { ...model.get("asks") };
    waits = kind !== "paired";
    if (!waits) {
      paired = true;
      asked = false;
      sheet.setAlive(true);
      showAsks();
      return;
    }
    ownCode ??= await nameWindow(port.point, model.get("key"));
    if (!waits) return; // it was let in meanwhile
    const before = asked;
    asked = isAsked();
    if (asked)
      showOutside(`Another window opened this form first. Allow this one (${ownCode}) there`);
    else if (before)
      showOutside("The other window did not let this one in. Load this page to ask again");
    else showOutside("Another window took over. Load this page to ask to be let in");
  };
  const isAsked = () => (model.get("waiting") ?? []).some(([point]) => point === port.point);
  const showOutside = (text) => {
    sheet.setAlive(false, `${text} or, if that window is closed by now, `);
    sheet.banner.append(
      makeButton(nameTakeOver(model), async () => {
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
    } else if (waits && asked !== isAsked()) enter("waiting");
    showAsks();
  };
  // The secret is in the kernel only, and a closed page cannot be told from a reloaded one.
  const warnOfLoss = (event) => {
    if (paired && model.get("shown").loses) event.preventDefault();
  };
  const show = () => {
    if (Object.keys(model.get("shown")).length) sheet.show(model);
  };

  // The output areas around would scroll by themselves, and the foot not stay in view.
  const settle = () => {
    if (!el.isConnected) return requestAnimationFrame(settle);
    for (let box = el; box; box = box.parentElement) {
      if (/jp-OutputArea|lm-Widget/.test(box.className)) box.style.overflow = "visible";
      if (box.classList.contains("jp-Cell-outputArea")) break;
    }
    return undefined;
  };
  const heard = {
    ...Object.fromEntries(shows.map((name) => [`change:${name}`, show])),
    "change:waiting": lookAtOwners,
    "change:owners": lookAtOwners,
    "change:asks": showAsks,
  };
  settle();
  show();
  sheet.setAlive(false, "Connecting.");
  addEventListener("beforeunload", warnOfLoss);
  for (const [name, hear] of Object.entries(heard)) model.on(name, hear);
  openPort(model, {
    onAlive(alive) {
      if (closed) return;
      if (!alive) sheet.setAlive(false, `${DEAD}${kept}`);
      else if (paired) sheet.setAlive(true);
      else if (silent && waits) enter("waiting");
      silent = !alive;
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
    removeEventListener("beforeunload", warnOfLoss);
    for (const [name, hear] of Object.entries(heard)) model.off(name, hear);
    sheet.close();
    port?.close();
  };
}
