// The path of two parameters over the contours of the loss (ellipses, since it is a bowl), with
// the start, the true point and the least-squares point. One unit is as long on both axes.
//
//   const chart = createPathChart(words, names);  el.append(chart.el);
//   chart.resize();  chart.drawRun(shown);  chart.drawPosition(now);  chart.drawGhost(shown or null);
//
// The picture's frame holds start and goal, and the path: it grows in steps until the path fits, so
// that it mostly stands still while a control is dragged. Only a path that would need more than
// the last step is cut off. The third parameter is taken at its best.
import { put, say, svg } from "../js/dom.js";
import { linear, niceTicks, plain } from "../js/scales.js";
import { createPlot, cross, disc, square } from "./plot.js";
import { AXES } from "./settings.js";
import { ellipses } from "./surface.js";

const RISES = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000];
const GROWTHS = [1, 1.4, 2, 3, 4.5, 7, 10];
const MOST_POINTS = 1500;
const FAR = 1e5; // pixels

export function createPathChart(words, names) {
  const w = words.chart;
  const rings = RISES.map(() => svg("ellipse", { class: "lr-ring" }));
  const ghost = svg("path", { class: "lr-line lr-ghost" });
  const faint = svg("path", { class: "lr-line lr-faint" });
  const line = svg("path", { class: "lr-line" });
  const truth = svg("path", { class: "lr-truth" });
  const best = svg("path", { class: "lr-best" });
  const start = svg("path", { class: "lr-start" });
  const here = svg("path", { class: "lr-here" });
  const plot = createPlot("path", rings, ghost, faint, line, best, truth, start, here);
  const outside = svg("text", { class: "lr-bad-text", "text-anchor": "end" });
  plot.el.append(outside);

  let x = null;
  let y = null;
  let pair = [0, 1];
  let full = "";
  let upTo = 0;
  let marks = []; // for each kept point: the step, and how long the path is up to there
  let frameKey = "";
  let behind = null; // the run whose ghost is drawn

  // The frame for start and goal, grown around its middle.
  function frameOf(from, to, growth) {
    const { left, right, top, bottom } = plot.box;
    const spans = [Math.max(Math.abs(to[0] - from[0]), 0.5), Math.max(Math.abs(to[1] - from[1]), 0.6 * Math.abs(to[0] - from[0]), 0.5)];
    const unit = Math.min((bottom - top) / (1.7 * spans[1]), (right - left) / (1.7 * spans[0])) / growth;
    const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const half = [(right - left) / 2 / unit, (bottom - top) / 2 / unit];
    return { unit, low: [middle[0] - half[0], middle[1] - half[1]], high: [middle[0] + half[0], middle[1] + half[1]] };
  }

  // The smallest frame that holds the path; the first one where the path runs off to nowhere.
  function holding(from, to, { run, upTo: steps }) {
    const low = [Infinity, Infinity];
    const high = [-Infinity, -Infinity];
    for (let t = 0; t < steps; t++) {
      for (let k = 0; k < 2; k++) {
        const value = run.params[3 * t + pair[k]];
        if (!(value >= low[k])) low[k] = value;
        if (!(value <= high[k])) high[k] = value;
      }
    }
    const frames = GROWTHS.map((growth) => frameOf(from, to, growth));
    const holds = (f) => steps === 0 || [0, 1].every((k) => low[k] >= f.low[k] && high[k] <= f.high[k]);
    return frames.find(holds) ?? frames[3];
  }

  function drawFrame({ data, goal }, frame, from, to) {
    const { left, right, top, bottom } = plot.box;
    const key = [plot.width, pair, ...frame.low, frame.unit, ...from, ...to].join();
    if (key === frameKey) return false;
    frameKey = key;
    x = linear([frame.low[0], frame.high[0]], [left, right]);
    y = linear([frame.low[1], frame.high[1]], [bottom, top]);
    const [cx, cy] = [x(to[0]), y(to[1])];
    ellipses(data.bowl, pair, RISES).forEach(({ rx, ry, angle }, k) => {
      const turn = `rotate(${(-angle * 180) / Math.PI} ${cx} ${cy})`;
      put(rings[k], { cx, cy, rx: rx * frame.unit, ry: ry * frame.unit, transform: turn });
    });
    put(truth, { d: words.chart.truth ? cross(x(goal[pair[0]]), y(goal[pair[1]]), 5) : "" });
    put(best, { d: disc(cx, cy, 7) });
    put(start, { d: square(x(from[0]), y(from[1]), 3.5) });
    const ticks = (k, n) => niceTicks(frame.low[k], frame.high[k], n).map((v) => [v, plain(v)]);
    plot.axes({
      x,
      y,
      xTicks: ticks(0, Math.max(3, plot.width / 60)),
      yTicks: ticks(1, 5),
      xLabel: `${names[pair[0]]} ${words.unitless}`,
      yLabel: `${names[pair[1]]} ${words.unitless}`,
    });
    put(outside, { x: right - 4, y: top + 14 });
    return true;
  }

  // The path's text, and for each kept point its step and how far the text goes up to there. Points
  // closer than half a pixel are left out.
  function trace({ run, data, upTo: steps }) {
    const [i, j] = pair;
    const kept = [];
    let lastX = Infinity;
    let lastY = Infinity;
    for (let t = 0; t <= steps; t++) {
      const px = x(t ? run.params[3 * t - 3 + i] : data.start[i]);
      const py = y(t ? run.params[3 * t - 3 + j] : data.start[j]);
      if (!(Math.abs(px) < FAR && Math.abs(py) < FAR)) break; // nothing to see from here on
      if (Math.abs(px - lastX) + Math.abs(py - lastY) < 0.7 && t < steps) continue;
      kept.push([t, px, py]);
      [lastX, lastY] = [px, py];
    }
    const stride = Math.ceil(kept.length / MOST_POINTS);
    let text = "";
    const ends = [];
    for (let k = 0; k < kept.length; k += stride) {
      const [t, px, py] = kept[k];
      text += `${text ? "L" : "M"}${px.toFixed(1)},${py.toFixed(1)}`;
      ends.push([t, text.length]);
    }
    return { text, ends };
  }

  function drawGhost(before) {
    behind = before;
    if (plot.width && x) put(ghost, { d: before ? trace(before).text : "" });
  }

  function drawRun(shown) {
    if (!plot.width) return;
    pair = AXES[shown.axes];
    upTo = shown.upTo;
    const [from, to] = [shown.data.start, shown.data.bowl.best].map((theta) => pair.map((k) => theta[k]));
    const moved = drawFrame(shown, holding(from, to, shown), from, to);
    if (moved && behind) drawGhost(behind);
    ({ text: full, ends: marks } = trace(shown));
    const labels = pair.map((k) => names[k]).join(", ");
    put(plot.el, { "aria-label": `${words.pathTitle}: ${labels}` });
  }

  // The run up to `at`: a piece of the whole path's text, and one line to the present point.
  function drawPosition({ at, theta }) {
    if (!plot.width || !x) return;
    let k = marks.length - 1;
    while (k >= 0 && marks[k][0] > at) k -= 1;
    const [px, py] = [x(theta[pair[0]]), y(theta[pair[1]])];
    const visible = Math.abs(px) < FAR && Math.abs(py) < FAR;
    const tail = visible ? `${k >= 0 ? "L" : "M"}${px.toFixed(1)},${py.toFixed(1)}` : "";
    put(line, { d: (k >= 0 ? full.slice(0, marks[k][1]) : "") + tail });
    put(faint, { d: at < upTo ? full : "" });
    put(here, { d: visible ? disc(px, py, 4) : "" });
    const { left, right, top, bottom } = plot.box;
    const isInside = px >= left && px <= right && py >= top && py <= bottom;
    say(outside, isInside ? "" : w.outside);
  }

  return { el: plot.el, resize: plot.resize, drawRun, drawPosition, drawGhost };
}
