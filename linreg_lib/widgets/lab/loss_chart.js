// Loss against step on a logarithmic axis: minibatch losses as a line, each epoch's loss on all
// data as points, what the noise alone costs, and where float32 ends.
//
//   const chart = createLossChart(words, seek);  el.append(chart.el);
//   chart.resize();  chart.drawRun(shown);  chart.drawPosition(now);  chart.drawGhost(shown or null);
//
// A minibatch's loss is measured before its update, so it stands at the number of steps made until
// then. Steps after the position are drawn faintly: the whole path, below its piece up to there.
// Of the run only the first `shown.upTo` steps are looked at, for the frame too.
import { put, svg } from "../js/dom.js";
import { fill } from "../js/fill.js";
import { clamp, decades, linear, logarithmic, niceTicks, powerLabel, short } from "../js/scales.js";
import { createPlot, disc } from "./plot.js";

const LARGEST = 3.4028234663852886e38;
const TOPS = [1e2, 1e5, 1e10, 1e20, 1e40];
const BOTTOM = 1e-14; // where there is no noise

export function createLossChart(words, seek) {
  const w = words.chart;
  const grounds = svg("g");
  const ghost = svg("path", { class: "lr-line lr-ghost" });
  const faint = svg("path", { class: "lr-line lr-faint" });
  const line = svg("path", { class: "lr-line" });
  const printed = svg("path", { class: "lr-dots lr-second-dots" });
  const dots = svg("path", { class: "lr-dots" });
  const floor = svg("path", { class: "lr-floor" });
  const plot = createPlot("loss", grounds, ghost, floor, faint, line);
  const cursor = svg("path", { class: "lr-cursor" });
  plot.el.append(printed, dots, cursor);

  let x = null;
  let y = null;
  let shown = null;
  let whole = { path: "", ends: [], perPoint: 1 };
  let behind = null; // the run whose ghost is drawn

  // The frame changes in steps, so that it mostly stands still while a control is dragged.
  function scale({ run, upTo, data, verdict }) {
    const { left, right, top, bottom } = plot.box;
    const noise = data.floor;
    const low = noise > 0 ? 10 ** Math.floor(Math.log10(noise) - 0.31) : BOTTOM;
    let highest = data.startLoss;
    for (let t = 0; t < upTo; t++) if (run.losses[t] > highest && run.losses[t] <= LARGEST) highest = run.losses[t];
    if (verdict.overflow) highest = LARGEST;
    const high = TOPS.find((one) => one >= highest);
    x = linear([0, run.steps], [left, right]);
    y = logarithmic([low, high], [bottom, top]);
    const ceiling = high > LARGEST && [
      ["path", { class: "lr-ceiling", d: `M${left},${y(LARGEST)}H${right}` }],
      ["text", { x: right - 4, y: y(LARGEST) + 14, "text-anchor": "end" }, w.ceiling],
    ];
    const xTicks = niceTicks(0, run.steps, Math.min(6, plot.width / 70)).filter(Number.isInteger);
    const moved = plot.axes({
      x,
      y,
      xTicks: xTicks.map((v) => [v, String(v)]),
      yTicks: decades(low, high, 7).map((v) => [v, powerLabel(v)]),
      xLabel: w.step,
      yLabel: w.loss,
      grid: true,
      extra: ceiling || [],
    });
    put(floor, { d: noise > 0 ? `M${left},${y(noise)}H${right}` : "" });
    return moved;
  }

  function drawGrounds(upTo, { overflow, nan }) {
    const { left, top, bottom } = plot.box;
    const children = [];
    const shade = (from, to, text, line) => {
      const box = { x: x(from), y: top, width: Math.max(1, x(to) - x(from)), height: bottom - top };
      children.push(svg("rect", { class: `lr-bad-ground lr-${text}`, ...box }));
      children.push(svg("text", { class: "lr-bad-text", x: Math.max(left, x(from)) + 4, y: top + 14 * line }, text));
    };
    if (overflow) shade(overflow - 1, nan ?? upTo, w.inf, 1);
    if (nan) shade(nan, upTo, w.nan, 2);
    if (children.length || grounds.firstChild) grounds.replaceChildren(...children);
  }

  // Losses into the picture's range: what lies outside runs along its edge.
  function level(loss) {
    return clamp(y(loss), plot.box.top - 2, plot.box.bottom + 2);
  }

  // One point a step, or the lowest and the highest of each pixel column where there are too many:
  // the path, and for each point or column how far the path's text goes.
  function trace(losses) {
    const perColumn = x.invert(1) - x.invert(0) || 1;
    const perPoint = perColumn > 1.5 ? perColumn : 1;
    const ends = [];
    let path = "";
    let pen = "M";
    const add = (across, loss) => {
      const finite = Number.isFinite(loss);
      if (finite) path += `${pen}${across},${level(loss).toFixed(1)}`;
      pen = finite ? "L" : "M";
    };
    for (let k = 0; Math.floor(k * perPoint) < losses.length; k++) {
      const from = Math.floor(k * perPoint);
      const to = Math.min(losses.length, Math.floor((k + 1) * perPoint));
      const across = x(from).toFixed(1);
      if (to - from <= 1) add(across, losses[from]);
      else for (const loss of extremes(losses, from, to)) add(across, loss);
      ends.push(path.length);
    }
    return { path, ends, perPoint };
  }

  function pointsPath(losses, { run, upTo }) {
    const size = losses.length > 10 ? 3 : 4;
    let points = "";
    losses.forEach((loss, e) => {
      const step = (e + 1) * run.perEpoch;
      if (step <= upTo && Number.isFinite(loss)) points += disc(x(step), clamp(y(loss), plot.box.top, plot.box.bottom), size);
    });
    return points;
  }

  function drawGhost(before) {
    behind = before;
    if (!plot.width || !x) return;
    put(ghost, { d: before ? trace(before.run.losses.subarray(0, before.upTo)).path : "" });
  }

  function drawRun(next) {
    if (!plot.width) return;
    shown = next;
    const { run, ran, upTo, data, verdict } = shown;
    if (scale(shown) && behind) drawGhost(behind);
    drawGrounds(upTo, verdict);
    whole = trace(run.losses.subarray(0, upTo));
    put(dots, { d: pointsPath(run.trueLosses, shown) });
    put(printed, { d: ran.reshape_labels ? "" : pointsPath(run.epochLosses, shown) });
    const title = words.lossTitle;
    const ends = { title, start: short(data.startLoss), end: short(run.trueLosses.at(-1)), kind: words.kinds[verdict.kind] };
    put(plot.el, { "aria-label": upTo < run.steps ? title : fill(w.lossNow, ends) });
  }

  function drawPosition({ at, loss }) {
    if (!plot.width || !shown) return;
    const { top, bottom } = plot.box;
    const here = x(at);
    const { path, ends, perPoint } = whole;
    const points = Math.min(ends.length, Math.ceil(at / perPoint));
    put(faint, { d: at < shown.upTo ? path : "" });
    put(line, { d: points ? path.slice(0, ends[points - 1]) : "" });
    const dot = Number.isFinite(loss) && loss > 0 ? disc(here, clamp(y(loss), top, bottom), 2.5) : "";
    put(cursor, { d: `M${here.toFixed(1)},${top}V${bottom}${dot}` });
  }

  scrubOn(plot.el, (left) => shown && seek(Math.round(clamp(x.invert(left), 0, shown.run.steps))));
  return { el: plot.el, resize: plot.resize, drawRun, drawPosition, drawGhost };
}

// The lowest and the highest; one that is not finite lifts the pen.
function extremes(losses, from, to) {
  let low = Infinity;
  let high = -Infinity;
  for (let t = from; t < to; t++) {
    if (!Number.isFinite(losses[t])) return [NaN];
    if (losses[t] < low) low = losses[t];
    if (losses[t] > high) high = losses[t];
  }
  return [low, high];
}

// Dragging on a drawing calls move with the place in it. A finger first shows where it is going:
// a swipe that scrolls the page (the browser cancels the pointer then) moves nothing.
function scrubOn(el, move) {
  const SURE = 8; // pixels sideways, then it is no scroll
  let from = null;
  let sure = false;
  const go = (event) => move(event.clientX - el.getBoundingClientRect().left);
  el.addEventListener("pointerdown", (event) => {
    from = event.clientX;
    sure = event.pointerType === "mouse";
    if (sure) el.setPointerCapture(event.pointerId);
    if (sure) go(event);
  });
  el.addEventListener("pointermove", (event) => {
    if (from === null) return;
    sure ||= Math.abs(event.clientX - from) > SURE;
    if (sure) go(event);
  });
  el.addEventListener("pointerup", (event) => {
    if (from !== null) go(event);
    from = null;
  });
  el.addEventListener("pointercancel", () => (from = null));
}
