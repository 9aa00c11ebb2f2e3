// Where a stepper can stand: after each line, and, if asked for, at each node of a backward: pure.
//
//   positionsOf(recordings, pairs, true) -> [{ pair, at: [8], stops: [3], of: 8 }, ...]
//   pair: index into pairs, the steps that stand together; at: those steps, one of each program
//   stops: for each program the stop of its backward, or null where the line has run; of: how many
//   nextTo(positions, pair, stop) -> index of the position after that line, or at that stop of it
//   filmState(before, after, stop) -> the state in the middle of the line; its `now` is { film, index }

export function stopsOf(step) {
  return (step.films ?? []).flatMap((film) => film.stops.map((_, index) => ({ film, index })));
}

export function positionsOf(recordings, pairs, detailed) {
  return pairs.flatMap((at, pair) => {
    const before = pairs[pair - 1];
    const counts = recordings.map(({ steps }, i) => (before && before[i] === at[i] ? 0 : stopsOf(steps[at[i]]).length));
    const of = detailed ? Math.max(...counts) : 0;
    const inside = Array.from({ length: of }, (_, k) => ({
      pair,
      at,
      of,
      stops: counts.map((count) => (count > 0 ? Math.min(k, count - 1) : null)),
    }));
    return [...inside, { pair, at, of, stops: at.map(() => null) }];
  });
}

export function nextTo(positions, pair, stop = null) {
  const last = positions.findLastIndex((position) => position.pair <= pair);
  const first = positions.findIndex((position) => position.pair === positions[last]?.pair);
  return stop === null ? last : Math.min(first + stop, last);
}

// The state at a stop: what the line has done so far is what its stops up to this one have done.
export function filmState(before, after, stop) {
  const all = stopsOf(after);
  const now = all[stop];
  const stops = all.map(({ film, index }) => film.stops[index]);
  const tensors = { ...before.tensors };
  const nodes = { ...before.nodes };
  for (const { film } of all) {
    for (const id of film.nodes) nodes[id] ??= after.nodes[id] ?? null;
  }
  stops.slice(0, stop + 1).forEach((one, k) => {
    if (one.share && tensors[one.share.tensor]) tensors[one.share.tensor] = withGrad(tensors, after, one.share.tensor);
    const node = nodes[one.node];
    const freed = new Set(one.saved.filter((saved) => saved.freed).map((saved) => saved.name));
    if (!node || freed.size === 0 || k === stop) return; // it is being used just now
    const saved = Object.entries(node.saved).map(([name, state]) => [name, freed.has(name) ? "freed" : state]);
    nodes[one.node] = { ...node, saved: Object.fromEntries(saved) };
  });
  return { ...after, tensors, nodes, changed: [], warnings: [], now };
}

function withGrad(tensors, after, label) {
  const { grad, grad_value, grad_digest, grad_tensor } = after.tensors[label] ?? tensors[label];
  return { ...tensors[label], grad, grad_value, grad_digest, grad_tensor };
}
