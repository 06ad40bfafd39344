// Before and after: it draws what auditing/checkup/differences.py says about two moments.

import {
  count,
  drawNamed,
  drawNotices,
  drawPoint,
  drawVerdict,
  makeCard,
  makeExports,
  makeFault,
  makePages,
  makePoints,
} from "./audit_parts.js";
import { make, makeUid } from "./drawing.js";

const MOMENTS = { before: "Before", after: "After" };

export function makeMoments(port, { say, warn, whenLetGo, tellBeside }) {
  let outcome = { checked: false };
  let edition = 0;
  let moments = null;
  let jump = false;
  let typed = false;

  const name = make("input", {
    id: `aus-${makeUid()}-expected`,
    autocomplete: "off",
    spellcheck: false,
    className: "aus-mono",
    placeholder: "optional",
  });
  const fault = makeFault(name, say);
  const results = make("div", { className: "aus-results" });
  const sides = Object.fromEntries(
    Object.entries(MOMENTS).map(([moment, title]) => [
      moment,
      makeExports(port, {
        name: title,
        more: { moment },
        ticks: false,
        tools: [],
        again: compare,
        say,
        whenLetGo,
      }),
    ]),
  );
  const view = make(
    "div",
    {},
    make(
      "div",
      { className: "aus-moments" },
      ...Object.entries(MOMENTS).map(([moment, title]) =>
        makeCard(title, sides[moment].list, ...sides[moment].below),
      ),
    ),
    makeCard(
      "What is expected?",
      make(
        "div",
        { className: "aus-ask" },
        make("label", { textContent: "New API user", htmlFor: name.id }),
        name,
        fault.view,
      ),
    ),
    results,
  );
  name.addEventListener("input", () => {
    typed = true;
    grey();
  });
  name.addEventListener("keydown", (event) => {
    if (event.key === "Enter") compare();
  });

  async function compare() {
    jump = true;
    tellBeside("");
    try {
      const reply = await port.act({ do: "compare", expected: name.value });
      jump &&= !reply.fault;
      fault.show(reply.fault);
    } catch (error) {
      jump = false;
      tellBeside(error.message);
      say(error.message);
    }
  }

  function grey() {
    const other = name.value.trim() !== outcome.expected_text?.trim();
    results.classList.toggle("aus-stale", outcome.checked && (moments.stale || other));
    results.classList.toggle("aus-changed", outcome.checked && moments.stale);
  }

  const drawChange = ({ name: user, what, place }) => drawNamed(user, what, place);

  function drawGroup({ title, ...first }) {
    const ask = (page) => port.act({ do: "changes", title, ...page });
    const rows = make("ul", { className: "aus-changes" });
    const pages = makePages(ask, { name: title, draw: drawChange, first, rows });
    return makeCard(`${title} (${count(first.total)})`, ...pages);
  }

  function drawResults() {
    const { verdict, points, missing, groups, notices } = outcome;
    const parts = [drawVerdict(verdict, "Compare")];
    if (points.length) parts.push(makePoints("Is it as expected?", points.map(drawPoint)));
    parts.push(...groups.map(drawGroup));
    if (missing.length) {
      const lines = missing.map((label) => drawPoint({ level: "warning", label, text: "" }));
      parts.push(makePoints("What the exports do not show", lines));
    }
    if (notices.length) parts.push(drawNotices(notices));
    results.replaceChildren(...parts);
  }

  async function load() {
    const { edition: wanted } = moments;
    try {
      outcome = await port.act({ do: "outcome" });
    } catch (error) {
      warn(error.message);
      return false;
    }
    await new Promise(whenLetGo);
    if (edition === wanted) return false;
    edition = wanted;
    if (!outcome.checked) {
      results.replaceChildren();
      return true;
    }
    if (!typed) name.value = outcome.expected_text;
    drawResults();
    grey();
    say(outcome.verdict.text);
    if (jump) results.querySelector("h2").focus();
    jump = false;
    return true;
  }

  return {
    view,
    compare,
    load: async () => edition !== moments?.edition && load(),
    said: () => (moments.stale || edition !== moments.edition ? "" : outcome.said),
    patch(now) {
      moments = now;
      for (const { moment, files } of moments.sides) sides[moment].patch(files);
      grey();
    },
  };
}
