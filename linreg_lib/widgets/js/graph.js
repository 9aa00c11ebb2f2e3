// Where the nodes of a recorded graph stand, in pixels, and the graph in words: pure, no page.
//
//   const plan = planGraph(recording);   { width, height(rows), rows, box(id), edges }
//   graphWords(recording, state) -> "2 operations ..." for those who listen
//
// Leaves are on the left, results on the right; columns are as wide as their widest text, over the
// whole recording, so that nothing moves while nodes come and go.

const CHARACTER = 6.1; // pixels, of the 10.5 px monospace
const GAP_X = 22;
const BOX = 34; // height
const TAG = 15; // the tensor's name above a box
const LINE = 13; // a line of small text below a box
const GAP_Y = 10;
const EDGE = 2;

// "MulBackward0" on two lines: the operation is what one reads.
export function splitName(name) {
  const found = /^(.+?)(Backward\d*|Grad)$/.exec(name);
  return found ? [found[1], found[2]] : [name, ""];
}

export function clip(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

// The longest text that ever names each tensor, to know how much room it needs.
function longestNames(recording) {
  const names = new Map();
  for (const step of recording.steps) {
    for (const [label, change] of Object.entries(step.tensors ?? {})) {
      const former = (change.former ?? []).map((name) => `former ${name}`);
      const nobody = change.names?.length === 0 && former.length === 0 ? ["no name"] : [];
      for (const name of [...(change.names ?? []), ...former, ...nobody]) {
        if (name.length > (names.get(label)?.length ?? 0)) names.set(label, clip(name, 14));
      }
    }
  }
  return names;
}

function namesOfNodes(recording) {
  const names = new Map();
  const known = new Map();
  for (const step of recording.steps) {
    for (const [label, change] of Object.entries(step.tensors ?? {})) {
      if (change === "gone") continue;
      const facts = { ...recording.usual, ...known.get(label), ...change };
      known.set(label, facts);
      if (facts.node && facts.names?.length > 0) {
        const text = clip(facts.names.join(", "), 16);
        if (text.length > (names.get(facts.node)?.length ?? 0)) names.set(facts.node, text);
      }
    }
  }
  return names;
}

export function planGraph(recording) {
  const { layers, rows } = recording.size;
  const leafNames = longestNames(recording);
  const tags = namesOfNodes(recording);
  const need = new Array(layers).fill(0);
  let pill = 0; // width of the leaves' own column
  let below = 1; // lines below a box
  for (const node of recording.nodes) {
    const texts = [...splitName(node.name), tags.get(node.id) ?? ""];
    for (const { name, tensor } of node.saved) {
      const of = tensor && leafNames.has(tensor) ? leafNames.get(tensor) : "freed";
      texts.push(`  ${name} ${of.length < 5 ? "freed" : of}`);
    }
    need[node.layer] = Math.max(need[node.layer], ...texts.map((text) => text.length * CHARACTER + 10));
    below = Math.max(below, node.saved.length);
    if (node.kind === "leaf") pill = Math.max(pill, (leafNames.get(node.tensor) ?? "").length * CHARACTER + 18, 30);
  }
  const pitch = TAG + BOX + below * LINE + GAP_Y;
  const lefts = [];
  let x = EDGE + (pill > 0 ? pill + 12 : 0);
  for (const width of need) {
    lefts.push(x);
    x += Math.max(width, 40) + GAP_X;
  }
  const width = layers > 0 ? x - GAP_X + EDGE : 0;
  const middle = (row) => EDGE + TAG + BOX / 2 + row * pitch;
  const right = (layer) => lefts[layer] + Math.max(need[layer], 40);
  const boxes = new Map(
    recording.nodes.map((node) => [
      node.id,
      { x: lefts[node.layer], y: middle(node.row) - BOX / 2, width: right(node.layer) - lefts[node.layer], height: BOX, pill },
    ]),
  );

  // From the consumer's left side to the right side of what it was computed from; bends between.
  function edge({ points }) {
    const last = points.length - 1;
    const stops = [];
    points.forEach(([layer, row], i) => {
      const y = middle(row);
      if (i > 0) stops.push([right(layer) + (i === last ? 5 : 0), y]);
      if (i < last) stops.push([lefts[layer], y]);
    });
    let path = `M${stops[0].join(",")}`;
    for (let i = 1; i < stops.length; i++) {
      const [xa, ya] = stops[i - 1];
      const [xb, yb] = stops[i];
      const half = (xa + xb) / 2;
      path += ya === yb ? `L${xb},${yb}` : `C${half},${ya} ${half},${yb} ${xb},${yb}`;
    }
    const [hx, hy] = stops.at(-1);
    return { path, head: `${hx - 5},${hy} ${hx + 2},${hy - 3.5} ${hx + 2},${hy + 3.5}` };
  }

  return {
    width,
    height: (count) => 2 * EDGE + count * pitch - GAP_Y, // of so many rows
    rows,
    box: (id) => boxes.get(id),
    edges: recording.edges.map((one) => ({ ...one, ...edge(one) })),
  };
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
      const saved = Object.entries(state.nodes[node.id].saved).filter(([, s]) => s !== "none");
      const to = inputs.length > 0 ? ` leads to ${inputs.map((e) => called(byId.get(e.to))).join(" and ")}` : "";
      const keeps = saved.length > 0 ? `; saved ${saved.map(([name, s]) => `${name}: ${s}`).join(", ")}` : "";
      return `${called(node)}${to}${keeps}.`;
    });
  return `Graph of ${present.length} nodes. ${sentences.join(" ")}`;
}
