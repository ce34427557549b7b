const address = new URLSearchParams(location.search);
const state = { groups: [], items: {}, current: null, detail: null, scope: "place" };
const byId = (id) => document.getElementById(id);

async function call(path, body) {
  const answer = await fetch(path, {
    method: body ? "POST" : "GET",
    headers: { "X-Taglint-Token": address.get("token"), "Content-Type": "application/json" },
    body: body ? JSON.stringify(body) : undefined,
  });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error);
  return data;
}

let hiding;
function say(text) {
  const box = byId("message");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 4000);
}

const attempt = (action) => async (...given) => {
  try { await action(...given); } catch (error) { say(error.message || "taglint does not answer"); }
};

// Calls that change something run one after the other: keys may come faster than answers.
let queue = Promise.resolve();
const inTurn = (action) => (...given) => (queue = queue.then(() => attempt(action)(...given)));

const start = attempt(async () => {
  const data = await call("/api/queue");
  state.groups = data.groups;
  state.items = Object.fromEntries(data.groups.flatMap((g) => g.items.map((item) => [item.id, item])));
  const first = undecided()[0];
  first === undefined ? finished() : await open(first);
});

const order = () => state.groups.flatMap((group) => group.items.map((item) => item.id));
const undecided = () => order().filter((id) => !state.items[id].decided);

function drawGroups() {
  const total = order().length;
  const left = undecided().length;
  byId("progress").replaceChildren(...both(
    `已裁定 ${total - left} / ${total}`, `${total - left} of ${total} decided`));
  const buttons = state.groups.map((group) => {
    const left = group.items.filter((item) => !item.decided).length;
    const here = group.items.some((item) => item.id === state.current);
    return make("button", {
      class: left ? "" : "done", "aria-current": here ? "true" : null, title: group.name,
      onclick: () => open((group.items.find((item) => !item.decided) ?? group.items[0]).id),
    },
    make("span", { class: group.severity }, group.code),
    make("span", { class: "what" }, token(group.title), make("span", { class: "tag" }, ` ${group.name}`)),
    make("span", { class: "soft" }, left ? `${left}` : "✓"));
  });
  byId("groups").replaceChildren(...buttons);
  byId("groups").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

async function open(id) {
  state.current = id;
  state.scope = "place";
  drawGroups();
  byId("case").setAttribute("aria-busy", "true");
  state.detail = await call(`/api/item/${id}`);
  drawCase();
}

function finished() {
  state.current = state.detail = null;
  drawGroups();
  byId("case").setAttribute("aria-busy", "false");
  byId("case").replaceChildren(
    make("h1", {}, ...both("全部裁定完毕", "Everything is decided")),
    make("p", {}, ...both("应用裁定：", "Apply the decisions with "), make("code", {}, "taglint review --apply")));
}

const line = (tokens) => tokens.map(([form, tag]) => tokenTag(form, tag));

function drawCase() {
  const it = state.detail;
  const sentence = make("p", { class: "sentence" }, ...line(it.before),
    make("mark", {}, ...line(it.tokens)), ...line(it.after));
  byId("case").replaceChildren(
    make("p", { class: "soft" }, make("b", { class: it.severity }, `${it.code} ${it.name}`), "  ",
      make("bdi", {}, shown(it.path)), `:${it.line}:${it.column}  `,
      ...both(`置信度 ${Math.round(100 * it.confidence)}%`, `confidence ${Math.round(100 * it.confidence)}%`)),
    make("p", {}, shown(it.message)), sentence, proposal(it), scopes(it), actions(it),
    ...[choices(it), editor(it)].filter(Boolean), ...concordances(it));
  byId("case").setAttribute("aria-busy", "false");
  byId("case").focus({ preventScroll: true });
}

function proposal(it) {
  if (!it.proposed && !it.fix) return make("p", { class: "soft" }, ...both("没有修改建议", "No fix is proposed"));
  if (!it.proposed) return make("p", { class: "change" }, shown(it.fix.message));
  return make("p", { class: "change" }, ...line(it.proposed.old),
    make("span", { class: "arrow" }, "→"), ...line(it.proposed.to));
}

const SCOPES = {
  place: ["此处", "this place"],
  context: ["左右相同的各处", "all places with the same neighbours"],
  everywhere: ["各处（仅“保持原样”）", "everywhere (right as it is only)"],
  group: ["本组其余各处", "all that is left of this group"],
};

function scopes(it) {
  return make("div", { class: "scopes", role: "radiogroup" }, make("kbd", {}, "c"),
    ...Object.entries(SCOPES).map(([scope, names]) => make("label", {},
      make("input", { type: "radio", name: "scope", value: scope, checked: scope === state.scope,
        onchange: () => setScope(scope) }),
      ...both(...names), make("span", { class: "soft" }, `${it.reach[scope]}`))));
}

function setScope(scope) {
  state.scope = scope;
  document.querySelector(`input[value="${scope}"]`).checked = true;
  byId("case").focus({ preventScroll: true });
}

function actions(it) {
  const button = (key, zh, en, action, main = false) =>
    make("button", { class: main ? "main" : "", id: `do-${action}`, onclick: () => DO[action]() },
      ...both(zh, en), " ", make("kbd", {}, key));
  return make("div", { class: "actions" },
    it.acceptable ? button("a", "接受修改", "Accept the fix", "accept", true) : null,
    button("k", "保持原样", "Right as it is", "keep"),
    it.tokens.length ? button("e", "另行标注", "Write the tokens", "edit") : null,
    button("s", "跳过", "Skip", "skip"));
}

function choices(it) {
  if (it.tokens.length !== 1) return null;
  const form = it.tokens[0][0];
  return make("div", { class: "chips" }, ...it.tags.map(({ tag, count, gloss }, index) =>
    make("button", { title: gloss, "aria-pressed": `${tag === it.tokens[0][1]}`, onclick: () => choose(`${form}/${tag}`) },
      index < 9 ? make("kbd", {}, `${index + 1}`) : null, " ", shown(tag),
      make("span", { class: "soft" }, ` ${gloss}${count ? ` ${count}` : ""}`))));
}

function editor(it) {
  if (!it.tokens.length) return null;
  const box = make("input", { "aria-label": "tokens as form/tag", spellcheck: "false", autocomplete: "off" });
  box.value = it.tokens.map((pair) => pair.join("/")).join(" ");
  const form = make("form", { id: "edit", hidden: true, onsubmit: (event) => {
    event.preventDefault();
    choose(box.value);
  } }, box, make("button", { class: "main" }, ...both("确定", "OK")));
  return form;
}

function concordances(it) {
  return it.concordance.map(({ title, lines }) => [
    make("h2", {}, token(title)),
    make("table", { class: "kwic" }, ...lines.map((row) => make("tr", {},
      make("td", {}, ...line(row.before)), make("td", {}, make("mark", {}, ...line(row.tokens)), ...line(row.after)),
      make("td", { class: "where" }, `${shown(row.path)}:${row.line}`)))),
  ]).flat();
}

const decide = inTurn(async (id, verdict, to = "") => {
  if (state.detail?.id !== id) return;
  const data = await call("/api/decide", { id, verdict, to, scope: state.scope });
  for (const one of data.decided) state.items[one].decided = true;
  await next(id);
});
const choose = (text) => decide(state.current, "change", text);

async function next(after) {
  const all = order();
  const at = all.indexOf(after);
  const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)].filter((id) => !state.items[id].decided);
  rest.length ? await open(rest[0]) : finished();
}

const step = attempt(async (by) => {
  const all = order();
  await open(all[(all.indexOf(state.current) + by + all.length) % all.length]);
});

const undo = inTurn(async () => {
  const data = await call("/api/undo", {});
  if (!data.undone.length) return say("nothing to undo");
  for (const id of data.undone) state.items[id].decided = false;
  await open(data.undone[0]);
});

const DO = {
  accept: () => state.detail?.acceptable ? decide(state.current, "accept") : say("no fix is proposed"),
  keep: () => decide(state.current, "keep"),
  skip: () => attempt(next)(state.current),
  edit: () => {
    const form = byId("edit");
    if (!form) return;
    form.hidden = false;
    form.querySelector("input").focus();
  },
  scope: () => {
    const names = Object.keys(SCOPES);
    setScope(names[(names.indexOf(state.scope) + 1) % names.length]);
  },
};
const KEYS = {
  a: DO.accept, k: DO.keep, s: DO.skip, e: DO.edit, c: DO.scope, u: undo,
  ArrowDown: () => step(1), ArrowUp: () => step(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=radio])")) {
    if (event.key === "Escape") byId("case").focus();
    return;
  }
  const digit = /^[1-9]$/.test(event.key) ? state.detail?.tags[event.key - 1] : null;
  const action = digit && state.detail.tokens.length === 1
    ? () => choose(`${state.detail.tokens[0][0]}/${digit.tag}`) : KEYS[event.key];
  if (!action || (!state.detail && event.key !== "u")) return;
  event.preventDefault();
  action();
});
byId("undo").addEventListener("click", undo);
byId("language").addEventListener("click", () =>
  setLanguage(document.documentElement.dataset.lang === "zh" ? "en" : "zh"));
byId("quit").addEventListener("click", attempt(async () => {
  await call("/api/quit", {});
  document.body.replaceChildren(make("p", { class: "sentence" }, ...both("已结束，可关闭此页。", "Finished: this page can be closed.")));
}));
start();
