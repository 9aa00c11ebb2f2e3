// The tensors of one program at one step, as a table: what changed at this step stands first.
//
//   const table = createTensors("Tensors, Wrong");
//   table.el;  table.load(recording);  table.show(state, before, { changed, unlike, used })
//   changed: as changedFields gives it;  unlike: Map of name -> fields that differ between programs;
//   used: Set of labels that backward looks at just now
//
// Labels of version, object and memory are folded away (CSS: .lr-labels on the widget unfolds them);
// what of them changed at this step is said all the same.
import { h, put } from "../js/dom.js";
import { inOrder, nameOrder, shapeText } from "../js/expand.js";
import { WORDS } from "./words.js";

export function unnamed(facts) {
  return facts.former[0] ? WORDS.former(facts.former[0]) : WORDS.unnamed;
}

export function createTensors(label) {
  const body = h("tbody", { role: "rowgroup" });
  const table = h(
    "table",
    { class: "lr-tensors", role: "table", "aria-label": label },
    h(
      "thead",
      { role: "rowgroup" },
      h("tr", { role: "row" }, WORDS.columns.map((text) => h("th", { role: "columnheader", scope: "col" }, text))),
    ),
    body,
  );
  const none = h("p", { class: "lr-note" }, WORDS.noTensors);
  const el = h("div", { class: "lr-tensor-part" }, table, none);
  let order = null;

  function show(state, before, { changed, unlike, used }) {
    const all = inOrder(state.tensors, order);
    const rank = ([label]) => (changed.has(label) || used.has(label) ? 0 : 1);
    const rows = [...all].sort((a, b) => rank(a) - rank(b)); // stable: within each group names keep their order
    body.replaceChildren(
      ...rows.map(([label, facts]) => {
        const own = changed.get(label) ?? new Set();
        return row(label, facts, { old: before?.tensors[label], changed: own, unlike, note: noteOf(own, used.has(label)) });
      }),
    );
    put(table, { hidden: rows.length === 0 });
    put(none, { hidden: rows.length > 0 });
  }

  return {
    el,
    load(recording) {
      order = nameOrder(recording);
      el.style.minHeight = "";
    },
    show,
  };
}

function badge(text, kind = "") {
  return h("span", { class: `lr-badge ${kind}`.trim() }, text);
}

function noteOf(changed, used) {
  if (changed.has("new")) return WORDS.rowNew;
  if (changed.has("rebound")) return WORDS.rowRebound;
  if (changed.size > 0) return WORDS.rowChanged;
  return used ? WORDS.rowUsed : null;
}

function row(label, facts, { old, changed, unlike, note }) {
  const isNew = changed.has("new") || changed.has("rebound");
  const differs = new Set(facts.names.flatMap((name) => unlike.get(name) ?? []));
  const cell = (key, ...children) =>
    h(
      "td",
      {
        role: "cell",
        class: `lr-cell-${key}`,
        "data-changed": !isNew && changed.has(key),
        "data-differs": differs.has(key),
      },
      children,
      differs.has(key) ? h("span", { class: "lr-differs", title: WORDS.differs }, "≠") : null,
    );
  const [first, ...others] = facts.names;
  const name = h(
    "th",
    { role: "rowheader", scope: "row", class: "lr-cell-names" },
    first ? h("code", {}, first) : h("span", { class: "lr-unnamed" }, unnamed(facts)),
    others.map((other) => h("code", { class: "lr-alias" }, `= ${other}`)),
    note ? h("span", { class: "lr-row-note" }, note) : null,
  );
  const size = `${shapeText(facts.shape)}${facts.dtype === "float32" ? "" : ` ${facts.dtype}`}`;
  const value = cell("value", h("code", {}, facts.value ?? facts.note ?? "?"), h("span", { class: "lr-size" }, size));
  const unfolded = [];
  if (!isNew && changed.has("version")) unfolded.push(WORDS.version(`${old?.version} → ${facts.version}`));
  else if (differs.has("version")) unfolded.push(WORDS.version(String(facts.version)));
  if (changed.has("memory") || changed.has("rebound")) unfolded.push(`${label}, ${facts.memory ?? "?"}`);
  const kinds = cell(
    "facts",
    facts.is_leaf ? badge(WORDS.leaf, "lr-leaf") : badge(facts.grad_fn ?? "?", "lr-made"),
    facts.requires_grad ? badge(WORDS.requiresGrad) : null,
    unfolded.map((text) => h("span", { class: "lr-unfolded" }, text)),
  );
  const grad =
    facts.grad === "none"
      ? cell("grad", h("span", { class: "lr-none" }, WORDS.gradNone))
      : cell("grad", h("code", {}, facts.grad_value ?? "?"), facts.grad === "stale" ? badge(WORDS.stale, "lr-stale") : null);
  const version = cell("version", String(facts.version ?? "?"));
  const ids = cell("memory", `${label}, ${facts.memory ?? "?"}`);
  return h("tr", { role: "row", "data-note": note }, name, value, kinds, grad, version, ids);
}
