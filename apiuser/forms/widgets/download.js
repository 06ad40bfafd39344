const PATIENCE = 10_000;
const SILENT = "Waiting for the kernel. If it was restarted, run the cell again.";

function render({ model, el }) {
  el.classList.add("apiuser-download");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = model.get("label");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  el.append(button, status);

  let nonce = null;
  let timer = 0;
  const hear = (answer, buffers) => {
    if (nonce === null || answer?.nonce !== nonce) return;
    clearTimeout(timer);
    if (answer.kind === "working") return;
    nonce = null;
    if (answer.kind === "refused") {
      status.textContent = answer.message;
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([buffers[0]]));
    link.download = answer.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    status.textContent = `${answer.name} was handed to the browser.`;
  };
  button.addEventListener("click", () => {
    nonce = crypto.getRandomValues(new Uint32Array(4)).join("-");
    status.textContent = "Making the file.";
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = SILENT;
    }, PATIENCE);
    model.send({ kind: "ask", nonce });
  });
  model.on("msg:custom", hear);
  return () => {
    clearTimeout(timer);
    model.off("msg:custom", hear);
  };
}

export default { render };
