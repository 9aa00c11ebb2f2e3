// The graph of one recording as a picture: drawn once, then nodes and edges are shown and hidden.
//
//   const drawing = createDrawing(recording, { compact });   drawing.el
//   drawing.show(state, before, film)   film: { film, index, done } while backward walks, or when it
//                                       has just walked (done): numbers stand on the edges
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
    const label = svg("text", { class: "lr-number", x: edge.x, y: edge.y + 3.5, "text-anchor": edge.anchor });
    const shape = svg("g", { class: "lr-edge" }, svg("path", { d: edge.path, fill: "none" }), svg("polygon", { points: edge.head }));
    return { ...edge, shape, label };
  });
  const nodes = recording.nodes.map((node) => ({ id: node.id, ...createNode(node, plan.box(node.id)) }));
  const [width, height] = [Math.ceil(plan.width), Math.ceil(plan.height)];
  const picture = svg(
    "svg",
    { role: "img", viewBox: `0 0 ${width} ${height}`, hidden: true },
    edges.map((edge) => edge.shape),
    nodes.map((node) => node.shape),
    edges.map((edge) => edge.label),
    nodes.map((node) => node.start),
  );
  // In rem: the picture grows with the reader's own size of text.
  put(picture, { style: `width: ${width / 16}rem; height: ${height / 16}rem` });
  const el = h("div", { class: "lr-graph-ground" }, picture, empty);
  let now = null;

  // What each node has handed on so far stands on its edges; the node at work is lit.
  function showFilm(walk) {
    const { film, index, done } = walk ?? { film: { stops: [] }, index: -1 };
    const order = new Map(film.stops.map((stop, k) => [stop.node, k]));
    for (const edge of edges) {
      const k = order.get(edge.from);
      const amount = k <= index ? film.stops[k].outgoing?.find(({ slot }) => slot === edge.slot)?.amount : null;
      const state = !amount ? null : k === index && !done ? "now" : "past";
      put(edge.shape, { "data-film": state });
      put(edge.label, { "data-film": state });
      say(edge.label, amount ? amountOnEdge(amount) : "");
    }
    for (const node of nodes) {
      const k = order.get(node.id);
      const state = k === undefined || done ? null : k === index ? "now" : k < index ? "past" : "waits";
      put(node.shape, { "data-film": state });
      const given = k <= index && film.roots.includes(node.id) ? film.stops[k].incoming.find(({ ways }) => ways.length === 0) : null;
      say(node.start, given?.amount ? `↑ ${amountOnEdge(given.amount)}` : "");
    }
  }

  return {
    el,
    picture,
    show(state, before, film) {
      now = state;
      showFilm(film);
      const present = (id) => id in state.nodes;
      for (const edge of edges) put(edge.shape, { visibility: present(edge.from) && present(edge.to) ? null : "hidden" });
      for (const node of nodes) node.show(state, before);
      const none = Object.keys(state.nodes).length === 0;
      const was = recording.steps.slice(0, state.index + 1).some((step) => step.nodes);
      put(picture, { hidden: none, "aria-label": graphWords(recording, state) });
      say(empty, none ? (was ? WORDS.graphGone : WORDS.noGraph) : "");
    },
    fresh: () =>
      nodes
        .filter(({ id, shape }) => id in now.nodes && (now.now ? shape.dataset.film === "now" : shape.hasAttribute("data-new")))
        .map(({ target }) => target()),
  };
}

// All numbers of a small tensor, else its shape and its norm.
function amountOnEdge({ shape, numbers, norm }) {
  if (!numbers) return WORDS.norm(shapeText(shape), norm);
  if (numbers.length > 2 && new Set(numbers).size === 1) return WORDS.alike(numbers[0]);
  return WORDS.numbers(numbers);
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
  const start = text(box.middle, box.y + box.height + 12, "", { class: "lr-number" });
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
    const slots = Object.values(state.nodes[node.id]?.saved ?? {});
    const used = state.now?.film.stops[state.now.index];
    const shown = slots.filter((status) => ["alive", "freed", "stale"].includes(status)).length;
    let line = 0;
    node.saved.forEach(({ name, tensor, shape: size }, i) => {
      const status = slots[i];
      const of = tensor ? (state.tensors[tensor]?.names[0] ?? "") : "";
      const words = { alive: clip(of, 8) || (size ? shapeText(size) : ""), freed: WORDS.freed, stale: WORDS.staleSaved };
      const glyph = { alive: "■", freed: "□", stale: "✕" }[status];
      say(saved[i], status in words ? `${glyph} ${name} ${words[status]}` : "");
      put(saved[i], { "data-state": status, "data-used": used?.node === node.id && status in words, y: base - 0.5 + LINE * (line - (shown - 1) / 2) });
      if (status in words) line += 1;
    });
    return slots.some((status) => status === "freed" || status === "stale");
  }

  return { shape, start, show, target: () => (leaf ? pill : tag.textContent ? tag : frame) };
}
