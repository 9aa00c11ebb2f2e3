// The path of two parameters over the contours of the loss (ellipses, since it is a bowl), with
// the start, the true point and the least-squares point. One unit is as long on both axes.
//
//   const chart = createPathChart(words);  el.append(chart.el);
//   chart.resize();  chart.drawRun({ run, data, goal, axes: [0, 1] });  chart.drawPosition(now);
//
// The picture's frame depends on start and goal alone, so that it stands still while a control is
// dragged; a path that leaves it is cut off there. The third parameter is taken at its best.
import { freshId, put, say, svg } from "./dom.js";
import { disc } from "./loss_chart.js";
import { fixed, linear, niceTicks, plain } from "./scales.js";
import { ellipses } from "./surface.js";

const PATH_MARGIN = { left: 34, right: 10, top: 10, bottom: 32 };
const RISES = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100];
const MOST_POINTS = 1500;

export function createPathChart(words) {
  const w = words.chart;
  const clip = freshId("clip");
  const inside = svg("rect");
  const frame = svg("g", { class: "lr-axis" });
  const rings = RISES.map(() => svg("ellipse", { class: "lr-ring" }));
  const faint = svg("path", { class: "lr-line lr-faint" });
  const line = svg("path", { class: "lr-line" });
  const truth = svg("path", { class: "lr-truth" });
  const best = svg("path", { class: "lr-best" });
  const start = svg("path", { class: "lr-start" });
  const here = svg("path", { class: "lr-here" });
  const outside = svg("text", { class: "lr-bad-text", "text-anchor": "end" });
  const el = svg(
    "svg",
    { class: "lr-chart lr-path-chart", role: "img" },
    svg("clipPath", { id: clip }, inside),
    svg("g", { "clip-path": `url(#${clip})` }, rings, faint, line, best, truth, start, here),
    frame,
    outside,
  );

  let width = 0;
  const height = 240;
  let x = null;
  let y = null;
  let pair = [0, 1];
  let full = "";
  let steps = 0;
  let marks = []; // for each kept point: the step, and how long the path is up to there
  let frameKey = "";
  let bounds = null;

  function resize() {
    const next = Math.round(el.parentElement?.clientWidth || 0);
    if (!next || next === width) return false;
    width = next;
    put(el, { width, height, viewBox: `0 0 ${width} ${height}` });
    frameKey = "";
    return true;
  }

  function drawFrame(data, goal) {
    const [i, j] = pair;
    const from = [data.start[i], data.start[j]];
    const to = [data.bowl.best[i], data.bowl.best[j]];
    const key = [width, pair, ...from, ...to].join();
    if (key === frameKey) return;
    frameKey = key;
    bounds = { left: PATH_MARGIN.left, right: width - PATH_MARGIN.right, top: PATH_MARGIN.top, bottom: height - PATH_MARGIN.bottom };
    const { left, right, top, bottom } = bounds;
    const spanY = Math.max(Math.abs(to[1] - from[1]), 0.6 * Math.abs(to[0] - from[0]), 0.5);
    const unit = Math.min((bottom - top) / (1.7 * spanY), (right - left) / (1.7 * Math.max(Math.abs(to[0] - from[0]), 0.5)));
    const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const halfX = (right - left) / 2 / unit;
    const halfY = (bottom - top) / 2 / unit;
    x = linear([middle[0] - halfX, middle[0] + halfX], [left, right]);
    y = linear([middle[1] - halfY, middle[1] + halfY], [bottom, top]);
    put(inside, { x: left, y: top, width: right - left, height: bottom - top });

    ellipses(data.bowl, pair, RISES).forEach(({ rx, ry, angle }, k) => {
      const [cx, cy] = [x(to[0]), y(to[1])];
      const turn = `rotate(${(-angle * 180) / Math.PI} ${cx} ${cy})`;
      put(rings[k], { cx, cy, rx: rx * unit, ry: ry * unit, transform: turn });
    });
    put(truth, { d: cross(x(goal[i]), y(goal[j]), 5) });
    put(best, { d: disc(x(to[0]), y(to[1]), 7) });
    put(start, { d: square(x(from[0]), y(from[1]), 3.5) });

    const children = [];
    for (const value of niceTicks(middle[0] - halfX, middle[0] + halfX, Math.max(4, width / 60))) {
      children.push(svg("text", { x: x(value), y: bottom + 14, "text-anchor": "middle" }, plain(value)));
    }
    for (const value of niceTicks(middle[1] - halfY, middle[1] + halfY, 5)) {
      children.push(svg("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, plain(value)));
    }
    const labels = words.parameters;
    children.push(svg("text", { x: right, y: bottom + 28, "text-anchor": "end" }, `${labels[i]} ${words.unitless}`));
    children.push(svg("text", { x: 0, y: bottom + 28 }, `${labels[j]} ${words.unitless}`));
    children.push(svg("path", { d: `M${left},${top}V${bottom}H${right}` }));
    frame.replaceChildren(...children);
  }

  // Keeps the points that lie at least half a pixel apart, and not too many of those.
  function tracePath({ params, steps }, data) {
    const [i, j] = pair;
    const kept = [];
    let lastX = Infinity;
    let lastY = Infinity;
    for (let t = 0; t <= steps; t++) {
      const px = x(t ? params[3 * t - 3 + i] : data.start[i]);
      const py = y(t ? params[3 * t - 3 + j] : data.start[j]);
      if (!(Math.abs(px) < 1e5 && Math.abs(py) < 1e5)) break; // far outside: nothing to see
      if (Math.abs(px - lastX) + Math.abs(py - lastY) < 0.7 && t < steps) continue;
      kept.push([t, px, py]);
      [lastX, lastY] = [px, py];
    }
    const stride = Math.ceil(kept.length / MOST_POINTS);
    full = "";
    marks = [];
    for (let k = 0; k < kept.length; k += stride) {
      const [t, px, py] = kept[k];
      full += `${full ? "L" : "M"}${px.toFixed(1)},${py.toFixed(1)}`;
      marks.push([t, full.length]);
    }
  }

  function drawRun({ run, data, goal, axes }) {
    if (!width) return;
    pair = axes;
    steps = run.steps;
    drawFrame(data, goal);
    tracePath(run, data);
    const labels = pair.map((k) => words.parameters[k]).join(", ");
    put(el, { "aria-label": `${words.pathTitle}: ${labels}` });
  }

  // The run up to `at`: a piece of the whole path's text, and one line to the present point.
  function drawPosition({ at, theta }) {
    if (!width || !x) return;
    let k = marks.length - 1;
    while (k >= 0 && marks[k][0] > at) k -= 1;
    const [px, py] = [x(theta[pair[0]]), y(theta[pair[1]])];
    const visible = Math.abs(px) < 1e5 && Math.abs(py) < 1e5;
    const tail = visible ? `${k >= 0 ? "L" : "M"}${px.toFixed(1)},${py.toFixed(1)}` : "";
    put(line, { d: (k >= 0 ? full.slice(0, marks[k][1]) : "") + tail });
    put(faint, { d: at < steps ? full : "" });
    put(here, { d: visible ? disc(px, py, 4) : "" });
    const { left, right, top, bottom } = bounds;
    const isInside = px >= left && px <= right && py >= top && py <= bottom;
    put(outside, { x: right - 4, y: top + 14 });
    say(outside, isInside ? "" : `${w.outside}: ${fixed(theta[pair[0]], 1)}, ${fixed(theta[pair[1]], 1)}`);
  }

  return { el, resize, drawRun, drawPosition };
}

const cross = (x, y, r) => `M${x - r},${y}h${2 * r}M${x},${y - r}v${2 * r}`;
const square = (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
