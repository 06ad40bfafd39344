function render({ model, el }) {
  el.classList.add("apiuser-stepper");
  const nav = document.createElement("nav");
  nav.setAttribute("aria-label", "Steps");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Steps done");
  const count = document.createElement("p");
  const list = document.createElement("ol");
  nav.append(bar, count, list);
  el.append(nav);

  const makeItem = (number) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.append(
      document.createElement("span"),
      document.createElement("span"),
      document.createElement("span"),
    );
    button.addEventListener("click", () => model.send({ chosen: number }));
    item.append(button);
    return item;
  };
  const show = () => {
    const steps = model.get("steps");
    const done = steps.filter((step) => step.done).length;
    bar.max = steps.length || 1;
    bar.value = done;
    count.textContent = `${done} of ${steps.length} steps done`;
    while (list.children.length > steps.length) list.lastChild.remove();
    while (list.children.length < steps.length) {
      list.append(makeItem(list.children.length));
    }
    steps.forEach((step, number) => {
      const button = list.children[number].firstChild;
      const [figure, title, state] = button.children;
      figure.textContent = `${number + 1}`;
      figure.className = "apiuser-figure";
      title.textContent = step.title;
      title.className = "apiuser-title";
      state.textContent = step.done ? "done" : "";
      state.className = "apiuser-state";
      button.title = step.title;
      if (number === model.get("current")) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  };
  show();
  // A long step leaves the person at its foot; the next one begins at its head.
  const rise = () => el.closest(".apiuser-form")?.scrollIntoView({ block: "start" });
  model.on("change:steps change:current", show);
  model.on("change:current", rise);
  return () => {
    model.off("change:steps change:current", show);
    model.off("change:current", rise);
  };
}

export default { render };
