// Keeps keys pressed inside a form from reaching the notebook, where single
// letters are commands. Keys with Ctrl, Command or Alt go through (Ctrl+S saves),
// but not together with Enter: that would run the cell and lose what was typed.
function render({ el }) {
  el.classList.add("apiuser-guard");
  let box = null;
  let frame = 0;
  const stop = (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  };
  const attach = () => {
    if (!el.isConnected) {
      frame = requestAnimationFrame(attach);
      return;
    }
    box = el.closest(".jp-OutputArea-output") ?? el.parentElement;
    box.addEventListener("keydown", stop);
  };
  attach();
  return () => {
    cancelAnimationFrame(frame);
    box?.removeEventListener("keydown", stop);
  };
}

export default { render };
