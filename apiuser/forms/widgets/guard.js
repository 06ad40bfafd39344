// Keeps keys pressed inside a form from reaching the notebook, where single
// letters are commands. Keys with Ctrl, Command or Alt go through (Ctrl+S saves),
// but not together with Enter: that would run the cell and lose what was typed.
function stopKey(event) {
  const command = event.ctrlKey || event.metaKey || event.altKey;
  if (!command || event.key === "Enter") event.stopPropagation();
}

// Ties the advice and the findings of a field to its input, so that a screen reader
// says them with it; the stock widgets cannot.
function describeFields(box) {
  for (const field of box.querySelectorAll(".apiuser-field")) {
    const input = field.querySelector("input, select, textarea");
    if (input === null) continue;
    const texts = [...field.querySelectorAll(".apiuser-advice, .apiuser-findings")];
    const ids = texts
      .filter((text) => text.textContent.trim())
      .map((text) => (text.id ||= makeId()));
    if (ids.length) input.setAttribute("aria-describedby", ids.join(" "));
    else input.removeAttribute("aria-describedby");
    const wrong = field.querySelector(".apiuser-findings .apiuser-error") !== null;
    input.setAttribute("aria-invalid", String(wrong));
  }
}

const makeId = () => `apiuser-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;

function render({ el }) {
  el.classList.add("apiuser-guard");
  let box = null;
  let frame = 0;
  const describe = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => describeFields(box));
  };
  const observer = new MutationObserver(describe);
  const attach = () => {
    if (!el.isConnected) {
      frame = requestAnimationFrame(attach);
      return;
    }
    box = el.closest(".jp-OutputArea-output") ?? el.parentElement;
    box.addEventListener("keydown", stopKey);
    observer.observe(box, { childList: true, subtree: true });
    describe();
  };
  attach();
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    box?.removeEventListener("keydown", stopKey);
  };
}

export default { render };
