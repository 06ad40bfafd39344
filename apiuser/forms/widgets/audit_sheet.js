// The audit sheet in the notebook and in Voilà: it draws what auditing/checkup/sheet_view.py says.

import { makeFindings } from "./audit_findings.js";
import { makeCard, makeExports, makeFault } from "./audit_parts.js";
import { copyText } from "./copying.js";
import {
  download,
  drawFinding,
  frameSheet,
  make,
  makeButton,
  makeSign,
  makeUid,
} from "./drawing.js";
import { makeMoments } from "./moments.js";
import { openWindow } from "./window.js";

const REPORTS = [
  [".html", "Report as a page"],
  [".csv", "CSV"],
  [".json", "JSON"],
  [".xlsx", "XLSX"],
];

function mountAudit(root, port) {
  const uid = makeUid();
  const { banner, field, warn, say, setAlive, whenLetGo, release } = frameSheet(root);
  let state = null;
  let answer = { checked: false };
  let edition = 0;
  let alive = false;
  let jump = false;
  let typed = false;

  const tell = (event) => port.act(event).catch((error) => warn(error.message));

  // --- the skeleton ----------------------------------------------------------------

  const scope = [
    ["One tenant", () => choose(false)],
    ["Many tenants", () => choose(true)],
    ["Before and after", () => tell({ do: "comparing", on: true })],
  ].map(([label, show]) => makeButton(label, show));
  const names = make("textarea", {
    id: `aus-${uid}-names`,
    rows: 1,
    spellcheck: false,
    className: "aus-mono",
    autocomplete: "off",
  });
  const fault = makeFault(names, say);
  const beside = make("span", { className: "aus-said" });
  const checkNames = makeButton("Check names", () => check(false), "aus-soft");
  const suggest = makeButton("Suggest a free key", suggestKey);
  const verdicts = make("div", { className: "aus-verdicts" });
  const hint = make("p", { className: "aus-elsewhere" });
  const files = makeExports(port, {
    name: "Add exports",
    ticks: true,
    tools: [makeButton("Look for new files", () => tell({ do: "look" }), "aus-link")],
    again: () => check(false),
    say,
    whenLetGo,
  });
  const findings = makeFindings(port, { tell, check, whenLetGo });
  const progress = make("progress", { hidden: true });
  progress.setAttribute("aria-label", "Progress");
  const line = make("span", { className: "aus-grow" });
  const reports = REPORTS.map(([ending, label]) => makeButton(label, () => makeReport(ending)));
  const primary = makeButton("Check", goOn, "aus-primary");
  const switches = make("div", { className: "aus-jobs" }, ...scope);
  switches.setAttribute("role", "group");
  switches.setAttribute("aria-label", "Exports of");
  const moments = makeMoments(port, {
    say,
    warn,
    whenLetGo,
    tellBeside: (text) => {
      beside.textContent = text;
    },
  });
  const body = make("div");
  const auditing = make(
    "div",
    {},
    makeCard(
      "Is this name free?",
      make(
        "div",
        { className: "aus-ask" },
        make("label", { textContent: "Names, one per line", htmlFor: names.id }),
        names,
        make("div", { className: "aus-tools" }, checkNames, suggest),
        fault.view,
      ),
      verdicts,
    ),
    makeCard("Exports to audit", files.list, hint, ...files.below),
    findings.view,
  );
  field.append(
    make("h2", { textContent: "Audit of usernames", className: "aus-hidden", tabIndex: -1 }),
    make("div", { className: "aus-top" }, switches),
    body,
    make("div", { className: "aus-foot" }, progress, line, beside, ...reports, primary),
  );
  names.addEventListener("input", () => {
    typed = true;
    greyNames();
  });
  names.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) check(false);
  });

  // --- what is pressed -------------------------------------------------------------

  function goOn() {
    if (state.comparing) moments.compare();
    else check(true);
  }

  async function choose(on) {
    await tell({ do: "comparing", on: false });
    await tell({ do: "many", on });
  }

  async function check(follow) {
    jump = follow;
    try {
      const reply = await port.act({ do: "check", names: names.value });
      fault.show(reply.fault);
    } catch (error) {
      beside.textContent = error.message;
      say(error.message);
    }
  }

  async function suggestKey() {
    suggest.disabled = true;
    try {
      const { key } = await port.act({ do: "suggest" });
      const told = make("p", { className: "aus-ok" }, makeSign("ok"), " New key: ", drawCopy(key));
      verdicts.prepend(told);
      say(`New key: ${key}`);
    } catch (error) {
      beside.textContent = error.message;
    }
    suggest.disabled = false;
  }

  async function makeReport(ending) {
    beside.textContent = "Making the file.";
    try {
      const { name, data } = await port.act({ do: "report", ending });
      download(name, new Blob([data]));
      beside.textContent = `${name} is ready: see your browser's downloads.`;
    } catch (error) {
      beside.textContent = error.message;
    }
    say(beside.textContent);
  }

  function drawCopy(text) {
    const copy = makeButton(
      "Copy",
      async () => {
        try {
          await copyText(Promise.resolve(text));
          copy.textContent = "\u2713 Copied";
          say(`${text} copied.`);
        } catch (error) {
          getSelection().selectAllChildren(code);
          say(error.message);
        }
      },
      "aus-link",
    );
    copy.setAttribute("aria-label", `Copy ${text}`);
    const code = make("code", { textContent: text });
    return make("span", {}, code, " ", copy);
  }

  // --- what is shown ---------------------------------------------------------------

  function greyNames() {
    verdicts.classList.toggle("aus-stale", names.value.trim() !== answer.names_text?.trim());
  }

  function drawName({ name, level, text, against, free }) {
    const shown = ["ok", "notice"].includes(level)
      ? drawCopy(name)
      : make("code", { textContent: name });
    const box = make(
      "div",
      {},
      make("p", {}, makeSign(level), " ", shown, ` ${text}`),
      ...against.map((one) => drawFinding(one)),
    );
    if (free) box.append(make("p", {}, "Instead, one that is not in the list: ", drawCopy(free)));
    return box;
  }

  async function load() {
    if (!alive) return;
    if (await moments.load()) patch();
    if (edition === state.edition) return;
    const { edition: wanted } = state;
    try {
      answer = await port.act({ do: "answer" });
    } catch (error) {
      warn(error.message);
      return;
    }
    await new Promise(whenLetGo);
    if (edition === wanted) return;
    edition = wanted;
    if (!typed) names.value = answer.names_text ?? "";
    verdicts.replaceChildren(...(answer.names ?? []).map(drawName));
    greyNames();
    findings.draw(answer);
    patch();
    const told = jump ? answer.summary?.text : verdicts.firstChild?.textContent;
    say(told ?? answer.verdict?.text ?? "");
    if (jump) findings.view.querySelector("h2")?.focus();
    jump = false;
  }

  function patch() {
    const { comparing } = state;
    const now = comparing ? 2 : Number(state.many);
    for (const [at, button] of scope.entries()) {
      button.setAttribute("aria-pressed", String(at === now));
    }
    const wanted = comparing ? moments.view : auditing;
    if (body.firstChild !== wanted) body.replaceChildren(wanted);
    files.patch(state.files);
    findings.patch(state);
    moments.patch(state.moments);
    hint.textContent = state.hint;
    hint.hidden = !state.hint;
    const { work, stale } = state;
    const busy = Boolean(work.text);
    const old = stale || edition !== state.edition;
    findings.view.classList.toggle("aus-stale", old || busy);
    findings.view.classList.toggle("aus-changed", stale && !busy);
    progress.hidden = !busy;
    progress.max = work.total ?? 1;
    progress.value = work.done ?? 0;
    const said = comparing ? moments.said() : old ? "" : answer.said;
    line.textContent = said ?? "";
    primary.textContent = comparing ? "Compare" : "Check";
    if (busy) line.textContent = `${work.text[0].toUpperCase()}${work.text.slice(1)}.`;
    for (const button of [primary, checkNames]) button.disabled = busy;
    for (const button of reports) {
      button.hidden = comparing || (!answer.groups && !answer.tenants?.length);
      button.disabled = busy || old;
    }
  }

  return {
    banner,
    show(model) {
      state = { ...model.get("shown"), work: model.get("work") };
      beside.textContent = "";
      whenLetGo(patch);
      load();
    },
    setAlive(now, text) {
      alive = now;
      setAlive(now, text);
      if (now && state) load();
    },
    close: release,
  };
}

function render(view) {
  return openWindow(view, {
    mount: mountAudit,
    shows: ["shown", "work"],
    nameTakeOver: () => "take over here",
  });
}

export default { render };
