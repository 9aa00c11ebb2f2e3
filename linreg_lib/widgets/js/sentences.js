// The facts of a recording as sentences, from the tables of linreg_lib/words: pure, no page. Python
// does the same (recording/sentences.py), and a test holds the two together.
//
//   sayChange(table, change)       one entry of a step's "changed"; table: words/changes.toml
//   sayEnd(table, recording)       why it ended, "" at a plain end
//   sayCut(table, cut)             one entry of the recording's "cut"

import { fill } from "./fill.js";

const MAX_LISTED = 6;

// The sentence; of several, the one that a field chooses.
export function choose(entry, fields) {
  if (typeof entry === "string") return entry;
  const key = String(fields[entry.choose] ?? "none");
  return entry[key] ?? entry.other ?? "";
}

function who(change, table) {
  if ("name" in change) return change.name;
  if ("former" in change) return fill(table.who.former, change);
  return fill(table.who.nobody, change);
}

export function listed(names, table) {
  const counted = new Map();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  let parts = [...counted].map(([name, count]) => (count === 1 ? name : fill(table.several, { count, name })));
  if (parts.length > MAX_LISTED) {
    const count = parts.length - MAX_LISTED + 1;
    parts = [...parts.slice(0, MAX_LISTED - 1), fill(table.more, { count })];
  }
  return parts.length === 1 ? parts[0] : parts.slice(0, -1).join(table.comma) + table.and + parts.at(-1);
}

export function sayChange(table, change) {
  const fields = { ...change, name: who(change, table) };
  if ("nodes" in change) fields.nodes = listed(change.nodes, table.list);
  if ("origin" in change) {
    fields.origin = fill(table.origin[change.origin], fields);
    fields.returned = "call" in change ? fill(table.part.returned, fields) : "";
    fields.shared = "shares" in change ? fill(table.part.shared, fields) : "";
  }
  if (typeof change.to === "boolean") fields.to = change.to ? "True" : "False";
  return fill(choose(table[change.kind], change), fields);
}

const count = (number) => (number ?? 0).toLocaleString("en");

export function sayEnd(table, recording) {
  const fields = { ...recording.error, ...recording.ended, limit: count(recording.ended.limit) };
  const text = fill(table.ended[recording.ended.reason], fields);
  return "seconds" in recording.ended ? text + fill(table.ended.uninterrupted, fields) : text;
}

export function sayCut(table, cut) {
  return fill(table.cut[cut.kind], { limit: count(cut.limit) });
}
