// Shows the findings that a person searches for, and the tenants that have any of them.
const find = document.getElementById("find");
const worst = document.getElementById("worst");
const said = document.getElementById("said");
const list = (part) => [...part.querySelectorAll(".findings tbody tr")];
const rows = list(document);
const texts = rows.map((row) => row.textContent.toLowerCase());
const tenants = [...document.querySelectorAll("section")].map((part) => ({
  part,
  line: document.querySelector(`tr[data-of=${part.id}]`),
  own: list(part),
}));
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

function show() {
  const text = find.value.toLowerCase();
  const severity = worst.value;
  let shown = 0;
  rows.forEach((row, at) => {
    const fits = texts[at].includes(text) && (!severity || row.dataset.severity === severity);
    row.hidden = !fits;
    shown += fits;
  });
  let left = 0;
  for (const { part, line, own } of tenants) {
    const fits = (!text && !severity) || own.some((row) => !row.hidden);
    part.hidden = line.hidden = !fits;
    left += fits;
  }
  const among = tenants.length ? `, in ${left} of ${count(tenants.length, "tenant")}` : "";
  said.textContent = `${shown} of ${count(rows.length, "finding")} shown${among}`;
}

find.oninput = show;
worst.onchange = show;
document.querySelector("form").onsubmit = (event) => event.preventDefault();
show();
