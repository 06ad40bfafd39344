// Sentences with their sources, causes of an answer, and what went wrong.

import { make, makeLead, makeSign } from "./drawing.js";

const FIRST_CAUSES = 5; // how many causes are shown before "more"

// `goTo` shows the row where a fix is made; `keepOpen` hears whether all causes are shown.
export function drawCauses(causes, goTo, open, keepOpen) {
  const items = causes.map(({ text, doubt, sources, reports, check, fix, row }) => {
    const named = make("details", {}, make("summary", { textContent: reports }));
    named.append(drawNote({ text: "", doubt: "", sources }));
    return make(
      "li",
      {},
      drawNote({ text, doubt, sources: [] }),
      make("p", { textContent: `Check: ${check}` }),
      make("p", { textContent: `Fix: ${fix} ` }, row && makeLead(row, goTo)),
      sources.length ? named : null,
    );
  });
  const lists = [];
  if (items.length) lists.push(make("ol", {}, ...items.slice(0, FIRST_CAUSES)));
  if (items.length > FIRST_CAUSES) {
    const left = items.length - FIRST_CAUSES;
    const others = `${left} more ${left === 1 ? "cause" : "causes"}`;
    const rest = make("ol", { start: FIRST_CAUSES + 1 }, ...items.slice(FIRST_CAUSES));
    const more = make("details", { open }, make("summary", { textContent: others }), rest);
    more.addEventListener("toggle", () => keepOpen(more.open));
    lists.push(more);
  }
  return lists;
}

export const drawTrouble = (text) => drawSaid({ text, failed: text !== "" });
export const drawSaid = ({ text, failed }) =>
  failed ? make("span", { className: "aus-error" }, makeSign("error"), ` Error: ${text}`) : text;

export function drawNote({ text, doubt, sources }) {
  const node = make("p", { textContent: text });
  const where = make("small");
  if (doubt) where.append(` Certainty: ${doubt}.`);
  for (const { title, url } of sources) {
    where.append(
      " ",
      url
        ? make("a", {
            href: url,
            textContent: title,
            target: "_blank",
            rel: "noopener noreferrer",
          })
        : title,
    );
  }
  node.append(where);
  return node;
}
