// The work sheet in the notebook and in Voilà.

import { mountSheet } from "./sheet.js";
import { openWindow } from "./window.js";

const DEAD =
  "The kernel does not answer, so nothing here works now. Your entries were kept, the " +
  "secret was not. Run the cell again; without a notebook, reload the page.";

function render(view) {
  return openWindow(view, {
    shows: ["shown"],
    dead: DEAD,
    takeOver: "take over here: that forgets the secret",
    mount(root, port) {
      const record = (kind) => port.act({ do: "record", kind });
      const sheet = mountSheet(root, { ...port, record });
      return { ...sheet, show: (model) => sheet.show(model.get("shown")) };
    },
  });
}

export default { render };
