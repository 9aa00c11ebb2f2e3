// Loss against step on a logarithmic axis: minibatch losses as a line, each epoch's loss on all
// data as points, the noise floor, and where float32 ends.
//
//   const chart = createLossChart(words, seek);  el.append(chart.el);
//   chart.resize();  chart.drawRun({ run, settings, startLoss, verdict });  chart.drawPosition(now);
//
// A minibatch's loss is measured before its update, so it stands at the number of steps made until
// then. Steps after the position are drawn faintly: two copies of one path, cut by a clip rectangle.
import { freshId, put, say, svg } from "./dom.js";
import { clamp, decades, linear, logarithmic, niceTicks, polyline, powerLabel, short } from "./scales.js";

const LOSS_MARGIN = { left: 44, right: 10, top: 10, bottom: 32 };
const LARGEST = 3.4028234663852886e38;
const LOSS_TOPS = [1e2, 1e5, 1e10, 1e20, 1e40];

export function createLossChart(words, seek) {
  const w = words.chart;
  const clip = freshId("clip");
  const all = freshId("all");
  const past = svg("rect");
  const inside = svg("rect");
  const frame = svg("g", { class: "lr-axis" });
  const grounds = svg("g");
  const faint = svg("path", { class: "lr-line lr-faint", "clip-path": `url(#${all})` });
  const line = svg("path", { class: "lr-line", "clip-path": `url(#${clip})` });
  const printed = svg("path", { class: "lr-dots lr-second-dots" });
  const dots = svg("path", { class: "lr-dots" });
  const floor = svg("path", { class: "lr-floor" });
  const cursor = svg("path", { class: "lr-cursor" });
  const el = svg(
    "svg",
    { class: "lr-chart lr-loss-chart", role: "img" },
    svg("clipPath", { id: clip }, past),
    svg("clipPath", { id: all }, inside),
    grounds,
    frame,
    floor,
    faint,
    line,
    printed,
    dots,
    cursor,
  );

  let width = 0;
  const height = 240;
  let x = null;
  let y = null;
  let shown = null;
  let axisKey = "";
  let path = "";

  function resize() {
    const next = Math.round(el.parentElement?.clientWidth || 0);
    if (!next || next === width) return false;
    width = next;
    put(el, { width, height, viewBox: `0 0 ${width} ${height}` });
    axisKey = "";
    return true;
  }

  function drawAxes(low, high, steps, perEpoch) {
    const key = [width, low, high, steps, perEpoch].join();
    if (key === axisKey) return;
    axisKey = key;
    const [left, right, top, bottom] = [LOSS_MARGIN.left, width - LOSS_MARGIN.right, LOSS_MARGIN.top, height - LOSS_MARGIN.bottom];
    const children = [];
    for (const value of decades(low, high, 7)) {
      const at = y(value);
      children.push(svg("path", { d: `M${left},${at}H${right}` }));
      children.push(svg("text", { x: left - 6, y: at + 4, "text-anchor": "end" }, powerLabel(value)));
    }
    for (const value of niceTicks(0, steps, Math.min(6, width / 70))) {
      if (!Number.isInteger(value)) continue;
      children.push(svg("text", { x: x(value), y: bottom + 14, "text-anchor": "middle" }, String(value)));
    }
    children.push(svg("text", { x: right, y: bottom + 28, "text-anchor": "end" }, w.step));
    children.push(svg("text", { x: 0, y: bottom + 28 }, w.loss));
    if (high > LARGEST) {
      children.push(svg("path", { class: "lr-ceiling", d: `M${left},${y(LARGEST)}H${right}` }));
      children.push(svg("text", { x: right - 4, y: y(LARGEST) + 14, "text-anchor": "end" }, w.ceiling));
    }
    frame.replaceChildren(...children);
    put(inside, { x: left, y: top, width: Math.max(0, right - left), height: bottom - top });
    put(past, { x: left, y: top, width: 0, height: bottom - top });
  }

  function drawGrounds(steps, { overflow, nan }) {
    const children = [];
    const shade = (from, to, text) => {
      const [a, b] = [x(from), x(to)];
      const box = { x: a, y: LOSS_MARGIN.top, width: Math.max(1, b - a), height: height - LOSS_MARGIN.top - LOSS_MARGIN.bottom };
      children.push(svg("rect", { class: `lr-bad-ground lr-${text}`, ...box }));
      children.push(svg("text", { class: "lr-bad-text", x: a + 4, y: LOSS_MARGIN.top + (text === w.nan ? 28 : 14) }, text));
    };
    if (overflow) shade(overflow - 1, nan ?? steps, w.inf);
    if (nan) shade(nan, steps, w.nan);
    grounds.replaceChildren(...children);
  }

  // One point a step, or the lowest and the highest of each pixel column where there are too many.
  function lossPath(losses) {
    const top = y.invert(LOSS_MARGIN.top - 2);
    const bottom = y.invert(height - LOSS_MARGIN.bottom + 2);
    const level = (loss) => y(clamp(loss, bottom, top));
    const columns = width - LOSS_MARGIN.left - LOSS_MARGIN.right;
    const xs = [];
    const ys = [];
    if (losses.length <= 1.5 * columns) {
      losses.forEach((loss, t) => (xs.push(x(t)), ys.push(level(loss))));
      return polyline(xs, ys);
    }
    for (let c = 0; c < columns; c++) {
      const from = Math.floor((c * losses.length) / columns);
      const to = Math.floor(((c + 1) * losses.length) / columns);
      let low = Infinity;
      let high = -Infinity;
      let bad = false;
      for (let t = from; t < to; t++) {
        const loss = losses[t];
        if (!Number.isFinite(loss)) bad = true;
        if (loss < low) low = loss;
        if (loss > high) high = loss;
      }
      const at = LOSS_MARGIN.left + c;
      xs.push(at, at);
      ys.push(bad ? NaN : level(low), bad ? NaN : level(high));
    }
    return polyline(xs, ys);
  }

  function pointsPath(losses, perEpoch, size) {
    let points = "";
    losses.forEach((loss, e) => {
      const at = y(clamp(loss, y.invert(height - LOSS_MARGIN.bottom), y.invert(LOSS_MARGIN.top)));
      if (Number.isFinite(loss) && Number.isFinite(at)) points += disc(x((e + 1) * perEpoch), at, size);
    });
    return points;
  }

  function drawRun({ run, settings, startLoss, verdict }) {
    if (!width) return;
    const noise = settings.noise_std ** 2 / 2;
    const low = noise > 0 ? 10 ** Math.floor(Math.log10(noise) - 0.31) : 1e-14;
    let highest = startLoss;
    for (const loss of run.losses) if (loss > highest && loss <= LARGEST) highest = loss;
    if (verdict.overflow) highest = LARGEST;
    const high = LOSS_TOPS.find((top) => top >= highest);
    x = linear([0, run.steps], [LOSS_MARGIN.left, width - LOSS_MARGIN.right]);
    y = logarithmic([low, high], [height - LOSS_MARGIN.bottom, LOSS_MARGIN.top]);
    drawAxes(low, high, run.steps, run.perEpoch);
    drawGrounds(run.steps, verdict);
    path = lossPath(run.losses);
    put(line, { d: path });
    const size = run.trueLosses.length > 10 ? 3 : 4;
    put(dots, { d: pointsPath(run.trueLosses, run.perEpoch, size) });
    put(printed, { d: settings.reshape_labels ? "" : pointsPath(run.epochLosses, run.perEpoch, size) });
    put(floor, { d: noise > 0 ? `M${LOSS_MARGIN.left},${y(noise)}H${width - LOSS_MARGIN.right}` : "" });
    const last = run.trueLosses.at(-1);
    put(el, { "aria-label": `${words.lossTitle}: ${short(startLoss)} → ${short(last)}, ${words.kinds[verdict.kind]}` });
    shown = run;
  }

  function drawPosition({ at, loss }) {
    if (!width || !shown) return;
    const here = x(at);
    put(faint, { d: at < shown.steps ? path : "" });
    put(past, { width: Math.max(0, here - LOSS_MARGIN.left + 0.5) });
    const dot = Number.isFinite(loss) && loss > 0 ? disc(here, y(clamp(loss, y.invert(height - LOSS_MARGIN.bottom), y.invert(LOSS_MARGIN.top))), 2.5) : "";
    put(cursor, { d: `M${here.toFixed(1)},${LOSS_MARGIN.top}V${height - LOSS_MARGIN.bottom}${dot}` });
  }

  // Dragging on the chart scrubs, as the position slider does.
  const pointer = (event) => {
    if (!shown || (event.type === "pointermove" && !el.hasPointerCapture(event.pointerId))) return;
    if (event.type === "pointerdown") el.setPointerCapture(event.pointerId);
    const at = x.invert(event.clientX - el.getBoundingClientRect().left);
    seek(Math.round(clamp(at, 0, shown.steps)));
  };
  el.addEventListener("pointerdown", pointer);
  el.addEventListener("pointermove", pointer);

  return { el, resize, drawRun, drawPosition };
}

// A circle as part of a path, so that any number of them is one element.
export function disc(x, y, r) {
  return `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
}
