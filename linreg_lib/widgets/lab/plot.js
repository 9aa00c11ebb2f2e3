// What the charts share: a drawing that fills its place, its frame with ticks, and small marks.
//
//   const plot = createPlot("loss", line, dots);  el.append(plot.el);
//   if (plot.resize()) ...;  plot.box;             // { left, right, top, bottom } in pixels
//   plot.axes({ x, y, xTicks: [[0, "0"]], yTicks, xLabel, yLabel, grid: true });
//
// What is given to createPlot is cut off at the box. One SVG path for each kind of mark: a frame of
// a drag then changes a handful of attributes, and colors, print and forced colors need no code.
import { put, say, svg } from "../js/dom.js";
import { clamp } from "../js/scales.js";

const MARGIN = { left: 40, right: 10, top: 22, bottom: 32 };

export function createPlot(kind, ...layers) {
  const frame = svg("g", { class: "lr-axis" });
  const inside = svg("svg", { class: "lr-inside" }, layers); // cuts at its edges, cheaper than a clip path
  const el = svg("svg", { class: `lr-chart lr-${kind}-chart`, role: "img" }, frame, inside);
  let key = "";
  const plot = {
    el,
    width: 0,
    box: null,
    // True if the drawing has another size than before.
    resize() {
      const width = Math.round(el.parentElement?.clientWidth || 0);
      if (!width || width === plot.width) return false;
      const height = Math.round(clamp(0.57 * width, 190, 240));
      plot.width = width;
      plot.box = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
      const { left, right, top, bottom } = plot.box;
      put(el, { width, height, viewBox: `0 0 ${width} ${height}` });
      const box = [left, top, right - left, bottom - top];
      put(inside, { x: left, y: top, width: box[2], height: box[3], viewBox: box.join(" ") });
      key = "";
      return true;
    },
    axes({ x, y, xTicks, yTicks, xLabel, yLabel, grid = false, extra = [] }) {
      const { left, right, top, bottom } = plot.box;
      const now = [xTicks.map(([v]) => [v, x(v)]), yTicks.map(([v]) => [v, y(v)]), xLabel, yLabel, extra.length].join();
      if (now === key) return false;
      key = now;
      const text = (words, anchor, x, y) => ["text", { x, y, "text-anchor": anchor }, words];
      const lines = grid ? yTicks.map(([v]) => `M${left},${y(v)}H${right}`).join("") : `M${left},${top}V${bottom}H${right}`;
      fit(frame, [
        ["path", { d: lines }],
        text(xLabel, "end", right, bottom + 28),
        text(yLabel, "start", 0, 11),
        ...yTicks.map(([v, words]) => text(words, "end", left - 6, y(v) + 4)),
        ...xTicks.map(([v, words]) => text(words, "middle", x(v), bottom + 14)),
        ...extra,
      ]);
      return true;
    },
  };
  return plot;
}

// Children as wanted, [tag, attributes, words] each; what stands there already is changed in place.
function fit(parent, wanted) {
  wanted.forEach(([tag, attributes, words = ""], i) => {
    const old = parent.children[i];
    if (old?.tagName === tag) say(put(old, { class: null, ...attributes }), words);
    else if (old) old.replaceWith(svg(tag, attributes, words));
    else parent.append(svg(tag, attributes, words));
  });
  while (parent.children.length > wanted.length) parent.lastChild.remove();
}

// Marks as parts of a path, so that any number of them is one element.
export function disc(x, y, r) {
  return `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
}
export const cross = (x, y, r) => `M${x - r},${y}h${2 * r}M${x},${y - r}v${2 * r}`;
export const square = (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
