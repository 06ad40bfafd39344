// The work sheet in the notebook and in Voilà.

import { mountSheet } from "./sheet.js";
import { openWindow } from "./window.js";

const KEPT = " Your entries are kept; the secret is not.";

function render(view) {
  return openWindow(view, {
    shows: ["shown"],
    kept: KEPT,
    nameTakeOver: (model) =>
      `take over here${model.get("shown").holds ? ": that forgets the secret" : ""}`,
    mount(root, port) {
      const record = (kind) => port.act({ do: "record", kind });
      const sheet = mountSheet(root, { ...port, record });
      return { ...sheet, show: (model) => sheet.show(model.get("shown")) };
    },
  });
}

export default { render };
