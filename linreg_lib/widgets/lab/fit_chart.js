// What everybody knows of linear regression. With two features: predictions against labels, whose
// points fall onto the diagonal as training goes on. With one: the data, and the line through them.
//
//   const chart = createFitChart(words, 2);  el.append(chart.el);
//   chart.resize();  chart.drawRun(shown);  chart.drawPosition(now);  chart.drawGhost(theta or null);
//
// A dot is a line of no length with a round end: all dots are one path. Of many examples the first
// few hundred are drawn, which are as random as any.
import { put, say, svg } from "../js/dom.js";
import { fill } from "../js/fill.js";
import { linear, niceTicks, plain, short } from "../js/scales.js";
import { createPlot } from "./plot.js";

const MOST_DOTS = 300;

export function createFitChart(words, features) {
  const w = words.chart;
  const oneFeature = features === 1;
  const diagonal = svg("path", { class: "lr-floor" });
  const ghost = svg("path", { class: oneFeature ? "lr-line lr-ghost" : "lr-examples lr-ghost" });
  const examples = svg("path", { class: "lr-examples lr-still" });
  const moving = svg("path", { class: oneFeature ? "lr-line lr-fit-line" : "lr-examples" });
  const plot = createPlot("fit", diagonal, ghost, oneFeature ? [examples, moving] : moving);
  const outside = svg("text", { class: "lr-bad-text", "text-anchor": "end" });
  plot.el.append(outside);

  let data = null;
  let drawnFor = null;
  let x = null;
  let y = null;
  let low = 0;
  let high = 0;
  let count = 0;
  let starts = []; // "M12.3," for each dot

  function scale() {
    const { left, right, top, bottom } = plot.box;
    const { problem, labels } = data;
    count = Math.min(labels.length, MOST_DOTS);
    let [xLow, xHigh] = [Infinity, -Infinity];
    [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] < low) low = labels[i];
      if (labels[i] > high) high = labels[i];
      if (problem.x[2 * i] < xLow) xLow = problem.x[2 * i];
      if (problem.x[2 * i] > xHigh) xHigh = problem.x[2 * i];
    }
    const room = 0.08 * (high - low) || 1;
    [low, high] = [low - room, high + room];
    const side = 0.04 * (xHigh - xLow);
    [xLow, xHigh] = oneFeature ? [xLow - side, xHigh + side] : [low, high];
    x = linear([xLow, xHigh], [left, right]);
    y = linear([low, high], [bottom, top]);
    const across = (i) => x(oneFeature ? problem.x[2 * i] : labels[i]).toFixed(1);
    starts = Array.from({ length: count }, (_, i) => `M${across(i)},`);
    const ticks = (from, to, n) => niceTicks(from, to, n).map((v) => [v, plain(v)]);
    plot.axes({
      x,
      y,
      xTicks: ticks(xLow, xHigh, (right - left) / 50),
      yTicks: ticks(low, high, 5),
      xLabel: oneFeature ? w.feature : w.label,
      yLabel: oneFeature ? w.label : w.prediction,
    });
    put(outside, { x: right, y: top + 12 });
    put(diagonal, { d: oneFeature ? "" : `M${left},${bottom}L${right},${top}` });
    put(examples, { d: oneFeature ? starts.map((start, i) => `${start}${y(labels[i]).toFixed(1)}h0`).join("") : "" });
  }

  // The prediction as a path: a straight line over the whole picture, or a dot for each example.
  function predicted([w1, w2, b]) {
    if (oneFeature) {
      const { left, right } = plot.box;
      const [from, to] = [y(w1 * x.invert(left) + b), y(w1 * x.invert(right) + b)];
      const drawn = Math.abs(from) < 1e5 && Math.abs(to) < 1e5; // else far outside, or nan
      return drawn ? `M${left},${from.toFixed(1)}L${right},${to.toFixed(1)}` : "";
    }
    const features = data.problem.x;
    let path = "";
    for (let i = 0; i < count; i++) {
      const yHat = features[2 * i] * w1 + features[2 * i + 1] * w2 + b;
      if (yHat > low && yHat < high) path += `${starts[i]}${y(yHat).toFixed(1)}h0`;
    }
    return path;
  }

  return {
    el: plot.el,
    resize: plot.resize,
    drawRun(shown) {
      if (!plot.width) return;
      data = shown.data;
      const key = `${plot.width} ${data.labels.length}`;
      if (drawnFor?.labels !== data.labels || drawnFor.key !== key) scale();
      drawnFor = { labels: data.labels, key };
    },
    drawPosition({ theta, loss }) {
      if (!plot.width || !data) return;
      const path = predicted(theta);
      put(moving, { d: path });
      say(outside, path ? "" : w.outside);
      const title = oneFeature ? words.lineTitle : words.fitTitle;
      const miss = short(Math.sqrt(2 * loss), 2);
      const label = fill(w.fitNow, { n: count, all: data.labels.length, miss });
      put(plot.el, { "aria-label": `${title}: ${label}` });
    },
    drawGhost(before) {
      if (!plot.width || !data) return;
      put(ghost, { d: before ? predicted(before.now.theta) : "" });
    },
  };
}
