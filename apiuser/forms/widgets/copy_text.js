function render({ model, el }) {
  el.classList.add("apiuser-copy");
  const label = document.createElement("label");
  const value = document.createElement("input");
  value.readOnly = true;
  value.id = `apiuser-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
  label.htmlFor = value.id;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const row = document.createElement("div");
  row.className = "apiuser-row";
  row.append(value, button, status);
  el.append(label, row);

  const show = () => {
    label.textContent = model.get("label");
    value.value = model.get("text");
    button.setAttribute("aria-label", `Copy ${model.get("label")}`);
    button.disabled = model.get("text") === "";
    status.textContent = "";
  };
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(model.get("text"));
      status.textContent = "Copied.";
    } catch {
      value.focus();
      value.select();
      status.textContent = "The browser did not allow it; press Ctrl+C now.";
    }
  });
  show();
  model.on("change:label change:text", show);
  return () => model.off("change:label change:text", show);
}

export default { render };
