// The card of the record: what was entered, to look through, save, print and copy.

import { copyText } from "./copying.js";
import { download, make, makeButton } from "./drawing.js";

// Returns how to draw the card and to keep it current, and how to save what is written of
// the work: the record as a page, or the handover sheet.
export function makeRecordCard({ root, port, warn, sayAtPlace, sayBeside, getState }) {
  const table = make("table", { className: "aus-review" });

  async function save(kind) {
    const { name, text } = await port.record(kind);
    download(name, new Blob([text], { type: "text/html" }));
    return `Sent to your downloads: ${name}`;
  }

  async function printRecord() {
    const { text } = await port.record("html");
    const frame = make("iframe", { className: "aus-hidden", srcdoc: text });
    frame.addEventListener("load", () => {
      frame.contentWindow.print();
      setTimeout(() => frame.remove(), 1_000);
    });
    root.append(frame);
  }

  async function copyRecord() {
    const text = port.record("text").then((file) => file.text);
    await copyText(text, `Press ${saving.textContent}.`);
    return "Copied.";
  }

  const makeTool = (label, act) =>
    makeButton(label, async () => {
      try {
        sayAtPlace("record", (await act()) ?? "");
      } catch (error) {
        warn(error.message);
      }
    });

  const saving = makeTool("", () => save("html"));

  const drawLine = ({ label, text, state }) =>
    make(
      "tr",
      {},
      make("th", { textContent: label, scope: "row" }),
      make("td", { textContent: text }),
      make("td", { textContent: state, className: "aus-dim" }),
    );

  return {
    save,
    draw: () =>
      make(
        "div",
        {},
        make(
          "div", // above the record, of which the foot of the sheet may cover the end
          { className: "aus-buttons" },
          saving,
          makeTool("Print", printRecord),
          makeTool("Copy all", copyRecord),
          sayBeside("record", { stays: true }),
        ),
        table,
      ),
    patch({ review }) {
      saving.textContent = getState().finished ? "Download record" : "Download draft";
      table.replaceChildren(...review.map(drawLine));
    },
  };
}
