// Where the nodes of a recorded graph stand, in pixels: pure, no page.
//
//   const plan = planGraph(recording, { compact: true });   { width, height, box(id), edges }
//
// As the code goes down, so does the graph: leaves at the top, results at the bottom, and backward
// climbs. A node's layer is its place from the top, its row its place from the left. Rows are just
// so far apart that nothing overlaps that ever stands beside each other, over the whole recording,
// so that nothing moves while nodes come and go. All texts stay at their size: a picture that is
// too wide for its place scrolls.

const BOX = { compact: 18, roomy: 20 }; // height of an operation
const CHARACTER = 6.5; // pixels, of the 10.5 px monospace
const SMALL = 6.1; // of the 10 px monospace
export const LINE = 12; // a line of small text
const PILL = 20; // height of a leaf's name, above its AccumulateGrad
const JOINT = 6; // between the two
const GAP_X = 14;
const GAP_Y = { compact: 13, roomy: 26 };
const EDGE = 3;
const LONGEST_GRAD = 26; // characters

export function clip(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

// What stands beside a node: the names of its tensor, and a short value.
export function tagText(facts) {
  const names = clip(facts.names.join(", "), 16);
  const brief = facts.value !== null && facts.shape.length === 0 && facts.value.length <= 8;
  return brief && names ? `${names} = ${facts.value}` : names;
}

export function gradText(facts, words) {
  const grad = facts.grad === "none" ? words.gradNone : clip(facts.grad_value ?? "", LONGEST_GRAD);
  return `.grad ${grad}${facts.grad === "stale" ? ` (${words.stale})` : ""}`;
}

// The longest texts that ever stand at each node, and the steps between which it is there.
function longest(recording, words) {
  const found = new Map(recording.nodes.map(({ id }) => [id, { tag: "", grad: "", first: Infinity, last: -1 }]));
  const leafOf = new Map(recording.nodes.filter((node) => node.tensor).map((node) => [node.tensor, node.id]));
  const known = new Map();
  const keep = (entry, key, text) => {
    if (entry && text.length > entry[key].length) entry[key] = text;
  };
  recording.steps.forEach((step, k) => {
    for (const [label, change] of Object.entries(step.tensors ?? {})) {
      if (change === "gone") continue;
      const facts = { ...recording.usual, ...known.get(label), ...change };
      known.set(label, facts);
      const leaf = found.get(leafOf.get(label));
      if (leaf) {
        keep(leaf, "tag", clip(facts.names[0] ?? (facts.former[0] ? words.former(facts.former[0]) : words.unnamed), 16));
        keep(leaf, "grad", gradText(facts, words));
      }
      if (facts.node && !leafOf.has(label)) keep(found.get(facts.node), "tag", tagText(facts));
    }
    for (const [id, change] of Object.entries(step.nodes ?? {})) {
      const entry = found.get(id);
      if (change === "gone") entry.last = Math.min(entry.last, k - 1);
      else [entry.first, entry.last] = [Math.min(entry.first, k), Infinity];
    }
  });
  return found;
}

export function planGraph(recording, { compact = false, words }) {
  const tall = BOX[compact ? "compact" : "roomy"];
  const gap = GAP_Y[compact ? "compact" : "roomy"];
  const texts = longest(recording, words);
  const sizes = new Map(recording.nodes.map((node) => [node.id, sizeOf(node, texts.get(node.id), tall)]));
  const pitch = pitchOf(recording, sizes, texts);
  const left = Math.min(...recording.nodes.map(({ id, row }) => row * pitch - sizes.get(id).left));
  const right = Math.max(...recording.nodes.map(({ id, row }) => row * pitch + sizes.get(id).right));
  const middle = (row) => EDGE + row * pitch - left;

  const heights = new Array(recording.size.layers).fill(tall);
  for (const node of recording.nodes) heights[node.layer] = Math.max(heights[node.layer], sizes.get(node.id).height);
  const tops = [];
  let y = EDGE;
  for (const height of heights) {
    tops.push(y);
    y += height + gap;
  }
  const none = recording.nodes.length === 0;
  // Below the result there is room for the number that backward begins with.
  const height = none ? 0 : tops.at(-1) + heights.at(-1) + LINE + EDGE;
  // Of a leaf the box stands at the lower end, of an operation in the middle of its layer.
  const boxTop = (layer) => tops[layer] + (layer === 0 ? heights[0] - tall : (heights[layer] - tall) / 2);

  const boxes = new Map(
    recording.nodes.map((node) => {
      const { box, pill } = sizes.get(node.id);
      const x = middle(node.row);
      return [node.id, { x: x - box / 2, y: boxTop(node.layer), width: box, height: tall, middle: x, pill, pillY: tops[0] + LINE + 2 }];
    }),
  );

  // From the consumer's upper side to the lower side of what it was computed from; bends between.
  function edge({ points }) {
    const last = points.length - 1;
    const stops = [];
    points.forEach(([layer, row], i) => {
      const x = middle(row);
      if (i > 0) stops.push([x, i === last ? boxTop(layer) + tall + 4 : tops[layer] + heights[layer]]);
      if (i < last) stops.push([x, i === 0 ? boxTop(layer) : tops[layer]]);
    });
    let path = `M${round(stops[0])}`;
    for (let i = 1; i < stops.length; i++) {
      const [xa, ya] = stops[i - 1];
      const [xb, yb] = stops[i];
      const half = (ya + yb) / 2;
      path += xa === xb ? `L${round([xb, yb])}` : `C${round([xa, half, xb, half, xb, yb])}`;
    }
    const [hx, hy] = stops.at(-1);
    const head = [hx, hy - 4, hx - 3.5, hy + 3, hx + 3.5, hy + 3];
    // A number stands beside the edge, near the node that it comes from.
    const [[xa, ya], [xb, yb]] = stops;
    const aside = xb < xa - 8 ? -1 : 1; // on the outer side of a bend
    return {
      path,
      head: round(head),
      x: xb + 6 * aside,
      y: (ya + yb) / 2 - (xa === xb ? 0 : 2),
      anchor: aside < 0 ? "end" : "start",
    };
  }

  return {
    width: none ? 0 : right - left + 2 * EDGE,
    height,
    box: (id) => boxes.get(id),
    edges: recording.edges.map((one) => ({ ...one, ...edge(one) })),
  };
}

const round = (numbers) => numbers.map((number) => Math.round(10 * number) / 10).join(",");

// How far a node with its texts reaches to both sides of its middle.
function sizeOf(node, { tag, grad }, tall) {
  const box = node.name.length * CHARACTER + 14;
  if (node.kind === "leaf") {
    const pill = Math.max(tag.length * CHARACTER + 18, 30);
    const half = Math.max(box, pill, grad.length * SMALL) / 2;
    return { box, pill, left: half, right: half, height: LINE + 2 + PILL + JOINT + tall };
  }
  const saved = Math.max(0, ...node.saved.map(({ name, shape }) => (name.length + 3 + ownText(shape)) * SMALL + 6));
  const name = tag ? tag.length * CHARACTER + 7 : 0;
  return { box, left: box / 2 + name, right: box / 2 + saved, height: Math.max(tall, LINE * node.saved.length) };
}

// Characters of a saved tensor's name or shape, or of "freed".
const ownText = (shape) => Math.min(8, Math.max(5, shape === null ? 0 : shape.join(", ").length + 3));

// Pixels between two rows: what stands in one layer at the same time must not overlap.
function pitchOf(recording, sizes, texts) {
  const layers = Array.from({ length: recording.size.layers }, () => []);
  for (const { id, layer, row } of recording.nodes) layers[layer].push({ row, ...sizes.get(id), ...texts.get(id) });
  for (const edge of recording.edges) {
    const { first, last } = texts.get(edge.from);
    for (const [layer, row] of edge.points.slice(1, -1)) layers[layer].push({ row, left: -5, right: -5, first, last });
  }
  let pitch = 60;
  for (const items of layers) {
    for (const a of items) {
      for (const b of items) {
        const together = a.first <= b.last && b.first <= a.last;
        if (b.row > a.row && together) pitch = Math.max(pitch, (a.right + b.left + GAP_X) / (b.row - a.row));
      }
    }
  }
  return Math.min(pitch, 400);
}

// The names that a node's tensor has in this state: what an operation made, what a leaf fills.
export function namesAt(state, node) {
  if (node.kind === "leaf") return state.tensors[node.tensor]?.names ?? [];
  return Object.values(state.tensors)
    .filter((facts) => facts.node === node.id)
    .flatMap((facts) => facts.names);
}

export function graphWords(recording, state) {
  const present = recording.nodes.filter((node) => node.id in state.nodes);
  if (present.length === 0) return "No graph.";
  const called = (node) => {
    const names = namesAt(state, node).join(", ");
    if (node.kind === "leaf") return `AccumulateGrad of ${names || "a leaf without a name"}`;
    return names ? `${node.name} (${names})` : node.name;
  };
  const byId = new Map(present.map((node) => [node.id, node]));
  const sentences = present
    .filter((node) => node.kind === "operation")
    .map((node) => {
      const inputs = recording.edges.filter((e) => e.from === node.id && byId.has(e.to));
      const saved = Object.entries(state.nodes[node.id]?.saved ?? {}).filter(([, s]) => s !== "none");
      const to = inputs.length > 0 ? ` leads to ${inputs.map((e) => called(byId.get(e.to))).join(" and ")}` : "";
      const keeps = saved.length > 0 ? `; saved ${saved.map(([name, s]) => `${name}: ${s}`).join(", ")}` : "";
      return `${called(node)}${to}${keeps}.`;
    });
  return `Graph of ${present.length} nodes. ${sentences.join(" ")}`;
}
