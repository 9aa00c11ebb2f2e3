// The charts and tables that a lab shows, each under its name, drawn together.
//
//   const figures = createFigures({ words, views, names, goal, seek, axes });
//   figures.charts, figures.tables     // elements for the page
//   figures.drawRun(shown);  figures.drawPosition(now);  figures.drawGhost(shown or null)
//   figures.resize()                   // true if a chart has another size than before
//   figures.finish();  figures.stop()  // finish: when all rests, draw what is out of sight too
//
// `shown` is what is drawn: { run, ran, data, goal, axes, verdict, upTo, now }: the run, the settings
// and data that it belongs to, and how many of its steps may be seen.
import { h } from "../js/dom.js";
import { createFitChart } from "./fit_chart.js";
import { createLossChart } from "./loss_chart.js";
import { createPathChart } from "./path_chart.js";
import { createEpochTable, createGradientTable } from "./tables.js";

export function createFigures({ words, views, names, goal, seek, axes }) {
  const w = words.chart;
  const features = names[1] ? 2 : 1;
  const printed = key("○", "second", w.printed);
  const before = (mark = "—") => key(mark, "ghost", w.before);

  const make = {
    fit: () => {
      const dots = [key("•", "accent", w.example), key("┄", "good", w.equal), before("•")];
      const line = [key("•", "muted", w.example), key("—", "accent", w.line), before()];
      return section(createFitChart(words, features), "fit", features === 1 ? words.lineTitle : words.fitTitle, features === 1 ? line : dots);
    },
    loss: () =>
      section(createLossChart(words, seek), "loss", words.lossTitle, [
        key("—", "accent", w.minibatch),
        key("●", "second", w.epoch),
        printed,
        key("┄", "good", w.noise),
        before(),
      ]),
    path: () =>
      section(
        createPathChart(words, names),
        "path",
        words.pathTitle,
        [key("□", "ink", w.start), w.truth && key("+", "good", w.truth), key("○", "good", w.best), key("●", "ink", w.here), before()],
        features === 1 ? null : axes,
        words.pathHead,
      ),
  };
  const charts = ["fit", "loss", "path"].filter((name) => views.includes(name)).map((name) => make[name]());
  const tables = [
    views.includes("gradient") && createGradientTable(words, names),
    views.includes("table") && createEpochTable(words, names, goal),
  ].filter(Boolean);
  const late = tables.map(whenInSight);

  return {
    charts: h("div", { class: "lr-lab-charts", "data-count": charts.length }, charts.map(({ place }) => place)),
    tables: tables.map(({ el }) => el),
    elements: charts.map(({ el }) => el),
    resize: () => charts.map((one) => one.resize()).some(Boolean),
    drawRun(shown) {
      printed.hidden = shown.ran.reshape_labels;
      for (const one of [...charts, ...late]) one.drawRun(shown);
    },
    drawPosition(now) {
      for (const one of [...charts, ...late]) one.drawPosition(now);
    },
    // Whatever waits to come into sight.
    finish() {
      for (const one of late) one.finish();
    },
    stop() {
      for (const one of late) one.stop();
    },
    drawGhost(shown) {
      for (const one of charts) one.drawGhost(shown);
    },
  };
}

// While a control is dragged, a table costs more than all charts: out of sight it waits.
function whenInSight({ drawRun, drawPosition, el }) {
  let inSight = true;
  let shown = null;
  let now = null;
  const observer = new IntersectionObserver((entries) => {
    inSight = entries.at(-1).isIntersecting;
    if (inSight) finish();
  });
  observer.observe(el);
  function finish() {
    if (shown) drawRun(shown);
    if (now) drawPosition(now);
    shown = now = null;
  }
  return {
    drawRun(next) {
      shown = next;
    },
    drawPosition(next) {
      now = next;
      if (inSight) finish();
    },
    finish,
    stop: () => observer.disconnect(),
  };
}

function key(symbol, kind, text) {
  return h("span", { class: `lr-key-of-${kind}` }, h("b", { class: `lr-key-${kind}`, "aria-hidden": "true" }, symbol), ` ${text}`);
}

// A chart in its place on the page: heading, drawing, legend.
function section(chart, name, title, legend, beside = null, head = title) {
  const place = h(
    "div",
    { class: `lr-lab-${name}`, role: "group", "aria-label": title },
    h("div", { class: "lr-lab-chart-head" }, h("p", { class: "lr-subhead" }, head), beside),
    chart.el,
    h("p", { class: "lr-hint lr-lab-legend" }, legend),
  );
  return { ...chart, place };
}
