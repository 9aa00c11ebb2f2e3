// The lab's two tables: the gradient of the step at the position, and the run epoch by epoch.
// Each is { el, drawRun(shown), drawPosition(now) }.
import { h, put, say } from "../js/dom.js";
import { fill } from "../js/fill.js";
import { fixed, short } from "../js/scales.js";
import { momentOf } from "./problems.js";
import { lossText } from "./readouts.js";

// What may be wider than its place scrolls, by keyboard too.
const scrolling = (title, content) =>
  h("div", { class: "lr-scroll", tabindex: "0", role: "region", "aria-label": title }, content);

const present = (names) => [0, 1, 2].filter((k) => names[k]);

export function createGradientTable(words, names) {
  const title = h("p", { class: "lr-subhead" });
  const rows = present(names).map((k) => ({
    k,
    cells: words.gradientColumns.slice(1).map(() => h("td")),
  }));
  const head = h("tr", {}, words.gradientColumns.map((text) => (text ? h("th", { scope: "col" }, text) : h("td"))));
  const body = rows.map(({ k, cells }) => h("tr", {}, h("th", { scope: "row" }, names[k]), cells));
  const lost = h("p", { class: "lr-note" });
  const box = scrolling("", h("table", { class: "lr-table" }, h("thead", {}, head), h("tbody", {}, body)));
  const el = h("div", { class: "lr-lab-gradient", role: "group" }, title, box, lost);
  let shown = null;

  const rowAtStart = ["None", "–", "–", "–", "None"];
  function rowOf(k, t) {
    const { run, ran } = shown;
    const size = Math.min(ran.batch_size, ran.num_examples - (t % run.perEpoch) * ran.batch_size);
    const grad = run.grads[3 * t + k];
    const before = t === 0 || ran.clear_gradients ? 0 : run.grads[3 * (t - 1) + k];
    const taken = (-ran.lr * grad) / (ran.divide_by_batch_size ? size : 1);
    const after = ran.clear_gradients ? "0" : short(grad);
    return [t === 0 ? "None" : short(before), short(grad - before), short(grad), short(taken), after];
  }

  return {
    el,
    drawRun(next) {
      shown = next;
      say(lost, shown.ran.update === "rebind" ? words.notApplied : "");
    },
    drawPosition({ at }) {
      say(title, at ? fill(words.gradientTitle, { at }) : words.gradientNone);
      for (const one of [el, box]) put(one, { "aria-label": title.textContent });
      for (const { k, cells } of rows) {
        const texts = at ? rowOf(k, at - 1) : rowAtStart;
        texts.forEach((text, i) => say(cells[i], text));
      }
    },
  };
}

export function createEpochTable(words, names, goal) {
  const shownNames = present(names);
  const columns = [
    ...words.tableColumns,
    ...shownNames.map((k) => names[k]),
    ...shownNames.map((k) => fill(words.error, { name: names[k] })),
  ];
  const makeRow = () => h("tr", {}, h("th", { scope: "row" }), columns.slice(1).map(() => h("td")));
  const head = h("tr", {}, columns.map((text) => h("th", { scope: "col" }, text)));
  const body = h("tbody");
  const nowRow = makeRow();
  nowRow.className = "lr-lab-now";
  const grid = h("table", { class: "lr-table" }, h("thead", {}, head), body, h("tfoot", {}, nowRow));
  const el = h(
    "div",
    { class: "lr-lab-table", role: "group", "aria-label": words.tableTitle },
    h("p", { class: "lr-subhead" }, words.tableTitle),
    scrolling(words.tableTitle, grid),
  );

  function fillRow(row, first, { at, theta, loss }) {
    const texts = [
      first,
      String(at),
      lossText(loss),
      ...shownNames.map((k) => fixed(theta[k], 4)),
      ...shownNames.map((k) => short(theta[k] - goal[k], 2)),
    ];
    texts.forEach((text, i) => say(row.children[i], text));
  }

  return {
    el,
    drawRun(shown) {
      const epochs = shown.run.trueLosses.length;
      while (body.children.length < epochs + 1) body.append(makeRow());
      while (body.children.length > epochs + 1) body.lastChild.remove();
      [...body.children].forEach((row, e) => {
        const at = e * shown.run.perEpoch;
        if (at <= shown.upTo) fillRow(row, String(e), momentOf(shown, at));
        else [...row.children].forEach((cell, i) => say(cell, i ? "" : String(e)));
      });
    },
    drawPosition(now) {
      fillRow(nowRow, words.now, now);
    },
  };
}
