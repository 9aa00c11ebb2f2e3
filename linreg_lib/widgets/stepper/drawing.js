// The graph of one recording as a picture: drawn once, then nodes and edges are shown and hidden.
//
//   const drawing = createDrawing(recording, { compact });   drawing.el;  drawing.show(state, before)
//   drawing.fresh()   the shapes that the present step made or filled: the current line leads to them
import { h, put, say, svg } from "../js/dom.js";
import { shapeText } from "../js/expand.js";
import { clip, gradText, graphWords, LINE, planGraph, tagText } from "../js/graph.js";
import { unnamed } from "./tensors.js";
import { WORDS } from "./words.js";

export function createDrawing(recording, { compact }) {
  const plan = planGraph(recording, { compact, words: WORDS });
  const empty = h("p", { class: "lr-note" });
  if (plan.width === 0) {
    say(empty, WORDS.noGraphEver);
    return { el: empty, show() {}, fresh: () => [] };
  }
  const edges = plan.edges.map((edge) => {
    const shape = svg("g", { class: "lr-edge" }, svg("path", { d: edge.path, fill: "none" }), svg("polygon", { points: edge.head }));
    return { ...edge, shape };
  });
  const nodes = recording.nodes.map((node) => ({ id: node.id, ...createNode(node, plan.box(node.id)) }));
  const [width, height] = [Math.ceil(plan.width), Math.ceil(plan.height)];
  const picture = svg(
    "svg",
    { role: "img", viewBox: `0 0 ${width} ${height}`, hidden: true },
    edges.map((edge) => edge.shape),
    nodes.map((node) => node.shape),
  );
  // In rem: the picture grows with the reader's own size of text.
  put(picture, { style: `width: ${width / 16}rem; height: ${height / 16}rem` });
  const el = h("div", { class: "lr-graph-ground" }, picture, empty);
  let now = null;

  return {
    el,
    picture,
    show(state, before) {
      now = state;
      const present = (id) => id in state.nodes;
      for (const edge of edges) put(edge.shape, { visibility: present(edge.from) && present(edge.to) ? null : "hidden" });
      for (const node of nodes) node.show(state, before);
      const none = Object.keys(state.nodes).length === 0;
      const was = recording.steps.slice(0, state.index + 1).some((step) => step.nodes);
      put(picture, { hidden: none, "aria-label": graphWords(recording, state) });
      say(empty, none ? (was ? WORDS.graphGone : WORDS.noGraph) : "");
    },
    fresh: () => nodes.filter(({ id, shape }) => id in now.nodes && shape.hasAttribute("data-new")).map(({ target }) => target),
  };
}

function createNode(node, box) {
  const text = (x, y, content, attributes = {}) => svg("text", { x, y, "text-anchor": "middle", ...attributes }, content);
  const leaf = node.kind === "leaf";
  const base = box.y + box.height / 2 + 4;
  const frame = svg("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: leaf ? 10 : 4 });
  const pill = leaf && svg("rect", { class: "lr-pill", x: box.middle - box.pill / 2, y: box.pillY, width: box.pill, height: 20, rx: 10 });
  const joint = leaf && svg("path", { class: "lr-joint", d: `M${box.middle},${box.pillY + 20}V${box.y}` });
  const tag = leaf
    ? text(box.middle, box.pillY + 14, "", { class: "lr-tag" })
    : text(box.x - 6, base, "", { class: "lr-tag", "text-anchor": "end" });
  const grad = leaf ? text(box.middle, box.pillY - 4, "", { class: "lr-small" }) : null;
  const saved = node.saved.map(() => svg("text", { x: box.x + box.width + 6, class: "lr-small" }));
  const shape = svg(
    "g",
    { class: `lr-node lr-node-${node.kind}` },
    leaf ? [joint, pill] : null,
    frame,
    text(box.middle, base, node.name, { class: "lr-op" }),
    tag,
    grad,
    saved,
  );

  function show(state, before) {
    const here = node.id in state.nodes;
    const old = before !== null && before.nodes[node.id];
    put(shape, { visibility: here ? null : "hidden" });
    if (!here) return;
    const filled = leaf ? showLeaf(state, before) : showTag(state);
    put(shape, { "data-new": before !== null && (!old || filled), "data-freed": showSaved(state) });
  }

  function showTag(state) {
    const own = Object.values(state.tensors).find((facts) => facts.node === node.id && facts.names.length > 0);
    say(tag, own ? tagText(own) : "");
    return false;
  }

  // Says whether the tensor or its gradient is another than before.
  function showLeaf(state, before) {
    const facts = state.tensors[node.tensor];
    put(shape, { "data-unnamed": !facts?.names.length });
    if (!facts) return false;
    say(tag, clip(facts.names[0] ?? unnamed(facts), 16));
    say(grad, gradText(facts, WORDS));
    const old = before?.tensors[node.tensor];
    const other = (...keys) => old !== undefined && keys.some((key) => old[key] !== facts[key]);
    put(grad, { "data-state": facts.grad, "data-changed": other("grad", "grad_digest") });
    return other("grad", "grad_digest", "digest", "version");
  }

  function showSaved(state) {
    const slots = Object.values(state.nodes[node.id].saved);
    const shown = slots.filter((status) => ["alive", "freed", "stale"].includes(status)).length;
    let line = 0;
    node.saved.forEach(({ name, tensor, shape: size }, i) => {
      const status = slots[i];
      const of = tensor ? (state.tensors[tensor]?.names[0] ?? "") : "";
      const words = { alive: clip(of, 8) || (size ? shapeText(size) : ""), freed: WORDS.freed, stale: WORDS.staleSaved };
      const glyph = { alive: "■", freed: "□", stale: "✕" }[status];
      say(saved[i], status in words ? `${glyph} ${name} ${words[status]}` : "");
      put(saved[i], { "data-state": status, y: base - 0.5 + LINE * (line - (shown - 1) / 2) });
      if (status in words) line += 1;
    });
    return slots.some((status) => status === "freed" || status === "stale");
  }

  return { shape, show, target: leaf ? pill : frame };
}
