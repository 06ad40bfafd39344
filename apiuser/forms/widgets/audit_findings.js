// What an audit found: the tenants, whether the list is complete, conflicts and problems.

import {
  count,
  drawNamed,
  drawNotices,
  drawPoint,
  drawVerdict,
  makeCard,
  makePages,
  makePoints,
  makeSmall,
} from "./audit_parts.js";
import { make, makeButton, makeEntered } from "./drawing.js";

// Returns where the findings are, and how to draw those of an answer.
export function makeFindings(port, { tell, check, whenLetGo }) {
  const view = make("div", { className: "aus-results" });
  const none = make("input", { type: "checkbox" });
  const showNone = makeEntered(none, {
    async send(on) {
      await tell({ do: "co_managed", on: !on });
      check(false);
    },
    whenLetGo,
  });

  function drawTenants(tenants) {
    const rows = tenants.map(({ tenant, label, now, level, text }) => {
      const button = makeButton(label, () => tell({ do: "tenant", tenant }), "aus-link");
      if (now) button.setAttribute("aria-current", "true");
      return drawPoint({ level, label: button, text });
    });
    return makePoints(`Tenants (${count(rows.length)})`, rows);
  }

  // A point with how to close it, if it is open.
  function drawOpenPoint({ how, tick, lines, ...point }) {
    const item = drawPoint(point);
    if (how) item.append(make("p", { textContent: how, className: "aus-dim" }));
    if (typeof tick === "boolean") item.append(make("label", {}, none, " There are none"));
    if (lines.length) {
      item.append(make("ul", {}, ...lines.map((one) => make("li", { textContent: one }))));
    }
    return item;
  }

  function drawRecord({ name, status, kind, place: where, note }) {
    const known = [status, kind].filter(Boolean).join(" ");
    return drawNamed(name, known, note ? `${where} (${note})` : where);
  }

  function drawGroup({ name, tag, code, level, records, more, advice }) {
    return make(
      "div",
      { className: "aus-group" },
      make(
        "h4",
        {},
        make("code", { textContent: name }),
        " ",
        make("span", { textContent: tag, className: `aus-tag aus-${level}` }),
        " ",
        makeSmall(code),
      ),
      make("ul", {}, ...records.map(drawRecord)),
      more ? makeSmall(`and ${count(more)} more, in the report`) : null,
      make("p", { textContent: advice }),
    );
  }

  function drawProblem({ code, name, level, number, share, do: what }) {
    const bar = make("span", { className: `aus-bar aus-is-${level}` });
    bar.style.width = `${Math.max(2, share * 100)}%`;
    const records = make("div", { className: "aus-records", hidden: true });
    const button = makeButton(
      name,
      () => {
        records.hidden = !records.hidden;
        button.setAttribute("aria-expanded", String(!records.hidden));
        if (records.hidden) return records.replaceChildren();
        const ask = (page) => port.act({ do: "page", code, ...page });
        return records.append(...makePages(ask, { name, draw: drawRecord, rows: make("ul") }));
      },
      "aus-link",
    );
    button.setAttribute("aria-expanded", "false");
    return make(
      "li",
      { className: "aus-problem" },
      make("span", {}, button, " ", makeSmall(code)),
      make("span", { className: "aus-plot", ariaHidden: "true" }, bar),
      make("span", { textContent: count(number) }),
      make("span", { textContent: what }),
      records,
    );
  }

  function draw({ summary, tenants, verdict, points, groups, problems, notices }) {
    const parts = [];
    if (summary) parts.push(drawVerdict(summary, "Check"), drawTenants(tenants));
    if (verdict) parts.push(drawVerdict(verdict, "Check"));
    if (points?.length) {
      parts.push(makePoints("Is the list complete?", points.map(drawOpenPoint)));
    }
    if (groups?.total) {
      const ask = (page) => port.act({ do: "page", ...page });
      const title = `Conflicts and look-alikes (${count(groups.total)})`;
      const pages = makePages(ask, { name: title, draw: drawGroup, first: groups });
      parts.push(makeCard(title, ...pages));
    }
    if (problems?.length) {
      parts.push(makePoints("What else was found", problems.map(drawProblem)));
    }
    if (notices?.length) parts.push(drawNotices(notices));
    // What had the focus is redrawn: its counterpart takes over the focus.
    const held = view.contains(document.activeElement) ? document.activeElement.type : "";
    view.replaceChildren(...parts);
    const like = { checkbox: "input[type=checkbox]", button: "[aria-current]" }[held];
    if (held) view.querySelector(like ?? "h2")?.focus();
  }

  return { view, draw, patch: (state) => showNone(!state.co_managed) };
}
