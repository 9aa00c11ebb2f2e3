// A recording of linreg_lib.autograd.trace, step by step: pure functions, no page.
//
//   const at = createExpander(recording);   at(5) -> the full state, as Python's expand(recording, 5)
//   changedFields(at(4), at(5)) -> Map of tensor label -> Set of changed fields; a tensor that was
//                                  not there has "new", or "rebound" under a name that was
//   differences(stateA, stateB) -> [{ name, fields }] for the names of two recordings

const GONE = "gone";
const DEFAULTS = { callers: [], printed: "", warnings: [], changed: [], films: [] };

export function createExpander(recording) {
  const table = new Map(recording.nodes.map((node) => [node.id, node]));
  const states = [];
  const raw = []; // saved-tensor states of the nodes, as the recording has them

  function next() {
    const index = states.length;
    const step = recording.steps[index];
    const tensors = { ...states.at(-1)?.tensors };
    for (const [label, change] of Object.entries(step.tensors ?? {})) {
      if (change === GONE) delete tensors[label];
      else tensors[label] = { ...recording.usual, ...tensors[label], ...change };
    }
    const saved = { ...raw.at(-1) };
    for (const [label, change] of Object.entries(step.nodes ?? {})) {
      if (change === GONE) delete saved[label];
      else saved[label] = change;
    }
    raw.push(saved);
    const nodes = {};
    for (const [label, values] of Object.entries(saved)) {
      const { name, kind, tensor, saved: slots } = table.get(label);
      nodes[label] = { name, kind, tensor, saved: Object.fromEntries(slots.map((slot, i) => [slot.name, values[i]])) };
    }
    states.push({ ...DEFAULTS, ...step, index, tensors, nodes });
  }

  return (k) => {
    while (states.length <= k) next();
    return states[k];
  };
}

// Fields of a tensor that a reader sees change together.
const SEEN = {
  names: ["names"],
  value: ["value", "digest", "shape", "dtype"],
  facts: ["requires_grad", "is_leaf", "grad_fn"],
  version: ["version"],
  grad: ["grad", "grad_value", "grad_digest"],
  memory: ["memory"],
};

function unlike(a, b, fields) {
  return fields.some((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
}

export function changedFields(before, after) {
  const changed = new Map();
  const known = new Set(Object.values(before?.tensors ?? {}).flatMap((facts) => facts.names));
  for (const [label, facts] of Object.entries(after.tensors)) {
    const old = before?.tensors[label];
    const fields = old
      ? Object.keys(SEEN).filter((key) => unlike(old, facts, SEEN[key]))
      : [facts.names.some((name) => known.has(name)) ? "rebound" : "new"];
    if (old && old.node !== facts.node && !fields.includes("facts")) fields.push("facts");
    if (fields.length > 0) changed.set(label, new Set(fields));
  }
  return changed;
}

// Labels of objects, memory and nodes are each recording's own: only what a name shows is compared.
const COMPARED = ["value", "facts", "version", "grad"];

export function differences(stateA, stateB) {
  const byName = (state) => {
    const found = new Map();
    for (const facts of Object.values(state.tensors)) {
      for (const name of facts.names) found.set(name, facts);
    }
    return found;
  };
  const a = byName(stateA);
  const b = byName(stateB);
  const list = [];
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    if (!a.has(name)) list.push({ name, fields: ["only second"] });
    else if (!b.has(name)) list.push({ name, fields: ["only first"] });
    else {
      const fields = COMPARED.filter((key) => unlike(a.get(name), b.get(name), SEEN[key]));
      if (fields.length > 0) list.push({ name, fields });
    }
  }
  return list;
}

// Places for rows: a name keeps the place of its first appearance, whatever it refers to.
export function nameOrder(recording) {
  const order = new Map();
  for (const step of recording.steps) {
    for (const change of Object.values(step.tensors ?? {})) {
      for (const name of change.names ?? []) if (!order.has(name)) order.set(name, order.size);
    }
  }
  return order;
}

// The tensors of a state in that order; those that only the graph refers to come last.
export function inOrder(tensors, order) {
  const place = ({ names }) => Math.min(order.size, ...names.map((name) => order.get(name)));
  return Object.entries(tensors).sort(([, x], [, y]) => place(x) - place(y));
}

export function shapeText(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
