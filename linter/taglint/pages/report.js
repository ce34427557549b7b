const findings = JSON.parse(document.getElementById("data").textContent);
const PAGE = 100;
const filters = document.getElementById("filters");
const body = document.querySelector("#table tbody");
const more = document.getElementById("more");
const order = { key: "", down: false };
let chosen = findings;

for (const item of findings) {
  item.place = `${item.path}:${item.line}:${item.column}`;
  item.words = [item.place, item.code, item.name, item.message, item.before + item.text + item.after,
    item.tokens, item.fix]
    .join("\n").toLowerCase();
}

function offer(name, values) {
  filters.elements[name].append(...values.map((value) => make("option", { value }, shown(value))));
}
const distinct = (key) => [...new Set(findings.map((item) => item[key]))].sort();
offer("rule", distinct("code"));
offer("family", distinct("family"));
offer("file", distinct("path"));

function row(item) {
  return make("tr", {},
    make("td", { class: "where" }, make("bdi", {}, shown(item.place))),
    make("td", { class: item.severity, title: item.name }, item.code),
    make("td", { class: "n" }, item.confidence.toFixed(2)),
    make("td", {}, shown(item.message),
      item.fix ? make("div", { class: "fix" }, `${item.applicability}: ${shown(item.fix)}`) : null),
    make("td", {}, make("bdi", {}, shown(item.before)), make("mark", {}, make("bdi", {}, shown(item.text))),
      make("bdi", {}, shown(item.after)),
      ...item.evidence.map((place) => make("div", { class: "where" },
        `${shown(place.path)}:${place.line} `, make("bdi", {}, shown(place.text))))));
}

function show(from) {
  if (!from) body.replaceChildren();
  body.append(...chosen.slice(from, from + PAGE).map(row));
  more.hidden = body.childElementCount >= chosen.length;
}

function update() {
  const wanted = Object.fromEntries(new FormData(filters));
  const text = wanted.q.toLowerCase();
  const least = Number(wanted.least) || 0;
  chosen = findings.filter((item) =>
    (!text || item.words.includes(text)) && (!wanted.rule || item.code === wanted.rule) &&
    (!wanted.family || item.family === wanted.family) && (!wanted.file || item.path === wanted.file) &&
    (!wanted.severity || item.severity === wanted.severity) && item.confidence >= least);
  if (order.key && order.key !== "place") {
    const sign = order.down ? -1 : 1;
    chosen.sort((a, b) => (a[order.key] < b[order.key] ? -sign : a[order.key] > b[order.key] ? sign : 0));
  } else if (order.down) chosen.reverse();
  document.getElementById("count").textContent = `${chosen.length} / ${findings.length}`;
  show(0);
}

function mark(header, down) {
  for (const other of header.parentElement.children) {
    if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
  }
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
}

for (const button of document.querySelectorAll("#table th button")) {
  button.addEventListener("click", () => {
    order.down = order.key === button.dataset.key ? !order.down : button.dataset.key === "confidence";
    order.key = button.dataset.key;
    mark(button.parentElement, order.down);
    update();
  });
}

// Tables that stand in the page are sorted as they are.
for (const button of document.querySelectorAll(".sortable th button")) {
  button.addEventListener("click", () => {
    const header = button.parentElement;
    const column = [...header.parentElement.children].indexOf(header);
    const number = button.dataset.kind === "number";
    const before = header.getAttribute("aria-sort");
    const down = before === "none" ? number : before === "ascending";
    const rows = [...header.closest("table").tBodies[0].rows];
    const value = (line) => {
      const text = line.cells[column].textContent.trim();
      return number ? Number(text.replaceAll(",", "")) : text;
    };
    rows.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
    });
    header.closest("table").tBodies[0].append(...rows);
    mark(header, down);
  });
}

for (const box of document.querySelectorAll(".narrow")) {
  box.addEventListener("input", () => {
    for (const item of document.getElementById(box.dataset.for).children) {
      item.hidden = !item.dataset.text.includes(box.value);
    }
  });
}

// Links as #findings?rule=TAG001&file=a.txt set the filters.
function follow() {
  const [section, query] = location.hash.slice(1).split("?");
  if (section !== "findings" || query === undefined) return;
  filters.reset();
  for (const [name, value] of new URLSearchParams(query)) {
    const field = filters.elements[name];
    if (!field) continue;
    const option = field.options && [...field.options].find((one) => one.textContent === value);
    field.value = option ? option.value : value;
  }
  update();
  document.getElementById("findings").scrollIntoView();
}

filters.addEventListener("input", update);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("reset", () => setTimeout(update));
more.addEventListener("click", () => show(body.childElementCount));
document.getElementById("language").addEventListener("click", () =>
  setLanguage(document.documentElement.dataset.lang === "zh" ? "en" : "zh"));
window.addEventListener("hashchange", follow);
window.addEventListener("beforeprint", () => {
  for (const item of document.querySelectorAll("details")) item.open = true;
});
update();
follow();
