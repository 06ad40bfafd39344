const PART = 4 * 1024 * 1024;
const PATIENCE = 5_000;
const SILENT = "Waiting for the kernel. If it was restarted, run the cell again.";

const makeNonce = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

function render({ model, el }) {
  el.classList.add("apiuser-upload");
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.accept = model.get("accept");
  input.id = `apiuser-${makeNonce()}`;
  label.htmlFor = input.id;
  label.textContent = model.get("label");
  const bar = document.createElement("progress");
  bar.hidden = true;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  el.append(label, input, bar, status);

  let hear = () => {};
  let open = true;
  const answer = (message) => hear(message);
  model.on("msg:custom", answer);

  // Resolves with the kernel's next word about this file; says so while it waits.
  const send = (content, buffers) =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        status.textContent = SILENT;
      }, PATIENCE);
      hear = (message) => {
        if (message?.id !== content.id) return;
        clearTimeout(timer);
        resolve(message);
      };
      model.send(content, undefined, buffers);
    });

  const upload = async (file) => {
    const id = makeNonce();
    bar.setAttribute("aria-label", `Upload of ${file.name}`);
    bar.max = file.size || 1;
    bar.value = 0;
    bar.hidden = false;
    status.textContent = `Uploading ${file.name}.`;
    let word = await send({ kind: "start", id, name: file.name, size: file.size });
    for (let at = 0; open && word.kind === "next"; at += PART) {
      const part = await file.slice(at, at + PART).arrayBuffer();
      word = await send({ kind: "part", id, at }, [part]);
      bar.value = Math.min(at + PART, file.size);
    }
    return word.kind === "refused" ? word.message : `${file.name} is there.`;
  };

  input.addEventListener("change", async () => {
    const said = [];
    input.disabled = true;
    for (const file of [...input.files]) {
      try {
        said.push(await upload(file));
      } catch {
        said.push(`${file.name} could not be read or sent; choose it again.`);
      }
    }
    bar.hidden = true;
    input.disabled = false;
    input.value = ""; // so that the same file can be chosen again
    status.textContent = said.join(" ");
  });

  return () => {
    open = false;
    model.off("msg:custom", answer);
  };
}

export default { render };
