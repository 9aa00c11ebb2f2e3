// One stop of backward in sentences, from words/backward.toml: pure, no page. Python does the same
// (recording/narration.py), and a test holds the two together.
//
//   sayStop(table, recording, state, film, index) -> ["In comes 0.5 for each.", ...]
//   amountText(table, amount) -> "0.6 and -6.8"     what stands on an edge
//   state: the step of the film, in full; film: state.films[i]; index: of the stop in it
import { fill } from "./fill.js";

export function sayStop(table, recording, state, film, index) {
  const stop = film.stops[index];
  const named = (label) => nameOfNode(table, recording, state, film, label);
  const told = stop.incoming.map((incoming) => sayIncoming(table, film, stop, incoming, named));
  if (stop.outgoing === null) return [...told, table.error.here];
  for (const outgoing of stop.outgoing) {
    if (outgoing.amount !== null) told.push(sayOutgoing(table, state, stop, outgoing, named));
  }
  if (stop.share) {
    const fields = {
      leaf: named(stop.node),
      in: amountText(table, stop.incoming[0].amount),
      before: amountText(table, stop.share.before),
      after: amountText(table, stop.share.after),
    };
    told.push(fill(table.share[stop.share.after ? stop.share.way : "taken"], fields));
  }
  if (stop.saved.length > 0) told.push(stop.saved.some((saved) => saved.freed) ? table.saved.freed : table.saved.kept);
  return told;
}

export function amountText(table, amount) {
  const { part } = table;
  if (amount === null) return part.nothing;
  if ("norm" in amount) {
    const shape = `(${amount.shape.join(", ")}${amount.shape.length === 1 ? "," : ""})`;
    return fill(part.large, { count: countOf(amount), shape, norm: amount.norm });
  }
  return joined(table, amount.numbers);
}

const elementsOf = ({ shape }) => shape.reduce((a, b) => a * b, 1);

function countOf(amount) {
  return elementsOf(amount).toLocaleString("en");
}

// "a, b and c"; where all are equal, "a for each".
function joined({ part }, texts) {
  if (texts.length > 1 && new Set(texts).size === 1) return fill(part.each, { result: texts[0] });
  if (texts.length < 2) return texts.join("");
  return texts.slice(0, -1).join(part.comma) + part.and + texts.at(-1);
}

function workText(table, { amount, work }) {
  if (!work) return amountText(table, amount);
  const { part } = table;
  const done = work.map((terms, k) => {
    const text = terms
      .map((product, i) =>
        product
          .map((number, j) => (number[0] === "-" && i + j > 0 ? fill(part.minus, { number }) : number))
          .join(part.times),
      )
      .join(part.plus);
    const result = amount.numbers[k];
    return text === result ? text : fill(part.equals, { work: text, result });
  });
  return joined(table, done);
}

function sayIncoming(table, film, stop, { amount, ways, edited }, named) {
  const fields = { in: amountText(table, amount), count: ways.length };
  if (amount === null) return table.incoming.none;
  if (edited) return fill(table.incoming.edited, fields);
  if (ways.length === 0) {
    const own = film.roots.includes(stop.node) && amount.numbers?.length === 1 && amount.numbers[0] === "1";
    return fill(table.incoming[own ? "start" : "given"], { ...fields, root: named(stop.node) });
  }
  if (ways.length === 1) return fill(table.incoming.one, fields);
  const shares = ways.map(([source, slot]) => film.stops[source].outgoing.find((o) => o.slot === slot).amount);
  // Only single numbers read well as a sum.
  if (shares.some((share) => share?.numbers?.length !== 1)) return fill(table.incoming.other, fields);
  const { part } = table;
  const sum = shares
    .map(({ numbers: [number] }, i) => (i > 0 && number[0] === "-" ? fill(part.minus, { number }) : number))
    .join(part.plus);
  return fill(table.incoming.several, { ...fields, sum });
}

function sayOutgoing(table, state, stop, outgoing, named) {
  const entries = table.op[stop.op] ?? {};
  const { argument } = outgoing;
  const came = stop.incoming[0].amount;
  // Fewer numbers go on than came: the input was used in several places.
  const broadcast = came !== null && elementsOf(outgoing.amount) < elementsOf(came);
  const wanted = [...(broadcast ? [`${argument}-broadcast`] : []), argument, "each", "any"];
  const key = wanted.find((name) => name in entries);
  return fill(key ? entries[key] : table.op.other.any, {
    ...stop.constants,
    to: named(outgoing.to),
    in: amountText(table, came),
    out: amountText(table, outgoing.amount),
    work: workText(table, outgoing),
    count: countOf(outgoing.amount),
    saved: savedText(table, state, stop, argument),
  });
}

// The saved tensor that a slope is made of: of a product, the other factor.
function savedText(table, state, stop, argument) {
  const chosen = stop.saved.find((saved) => saved.name !== argument) ?? stop.saved[0];
  if (!chosen) return stop.constants.other ?? table.part["unnamed-saved"];
  const name = state.tensors[chosen.tensor]?.names[0];
  if (name) return name;
  return chosen.amount ? amountText(table, chosen.amount) : table.part["unnamed-saved"];
}

// What a node made, or the leaf whose gradient it fills.
function nameOfNode(table, recording, state, film, label) {
  const node = recording.nodes.find(({ id }) => id === label);
  if (node.kind === "leaf") {
    const { names, former } = state.tensors[node.tensor] ?? { names: [], former: [] };
    if (names.length > 0) return names[0];
    return former.length > 0 ? fill(table.part["former-leaf"], { name: former[0] }) : table.part["unnamed-leaf"];
  }
  const facts = Object.values(state.tensors).find((one) => one.node === label && one.names.length > 0);
  if (facts) return facts.names[0];
  const op = film.stops.find((stop) => stop.node === label)?.op;
  return table.noun[op] ?? node.name;
}
