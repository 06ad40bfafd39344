function render({ model, el }) {
  el.classList.add("apiuser-status");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Work done");
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  el.append(bar, line);
  const show = () => {
    bar.hidden = model.get("total") === 0;
    bar.max = model.get("total") || 1;
    bar.value = model.get("done");
    line.textContent = model.get("text");
  };
  show();
  model.on("change:text change:done change:total", show);
  return () => model.off("change:text change:done change:total", show);
}

export default { render };
