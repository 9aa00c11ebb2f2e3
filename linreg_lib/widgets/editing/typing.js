// What the keys of the program editor do, as edits of a text.
//
//   indent, dedent, newline, backspace, comment: (text, start, end) -> { from, to, insert, start, end }
//
// start and end are the selection. The edit puts `insert` in the place of text[from:to] and then
// selects from its start to its end; null: the key does what it always does.
const UNIT = 4;

const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;

function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

const leading = (line) => line.match(/^[ \t]*/)[0];

// The selected lines as a whole; a line that the selection only just reaches is not one of them.
function block(text, start, end) {
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const from = lineStart(text, start);
  return { from, to: lineEnd(text, Math.max(last, start)) };
}

// Changes each selected line by `change`; the selection stays on what it was on.
function changeLines(text, start, end, change) {
  const { from, to } = block(text, start, end);
  const before = text.slice(from, to).split("\n");
  const after = before.map(change);
  const insert = after.join("\n");
  if (insert === text.slice(from, to)) return null;
  // Where a place in the old text has gone: a change touches the beginning of a line only.
  const moved = (at) => {
    if (at > to) return at + insert.length - (to - from);
    let [old, now] = [from, from];
    for (let i = 0; i < before.length; i += 1) {
      if (at <= old + before[i].length || i === before.length - 1) {
        const inLine = at - old;
        const grown = after[i].length - before[i].length;
        return now + (inLine === 0 && start !== end ? 0 : Math.max(0, inLine + grown));
      }
      old += before[i].length + 1;
      now += after[i].length + 1;
    }
    return now;
  };
  return { from, to, insert, start: moved(start), end: moved(end) };
}

export function indent(text, start, end) {
  if (start === end) {
    const column = start - lineStart(text, start);
    const insert = " ".repeat(UNIT - (column % UNIT));
    return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
  }
  return changeLines(text, start, end, (line) => (line.trim() === "" ? line : " ".repeat(UNIT) + line));
}

export function dedent(text, start, end) {
  return changeLines(text, start, end, (line) => {
    if (line.startsWith("\t")) return line.slice(1);
    const spaces = line.match(/^ */)[0].length;
    return line.slice(spaces === 0 ? 0 : ((spaces - 1) % UNIT) + 1);
  });
}

// The new line begins where this one does, and one further in after a colon.
export function newline(text, start, end) {
  const before = text.slice(lineStart(text, start), start);
  const opens = /:\s*$/.test(before.replace(/#[^"']*$/, ""));
  const insert = `\n${leading(before)}${opens ? " ".repeat(UNIT) : ""}`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

// In the indentation a step back takes four spaces at once.
export function backspace(text, start, end) {
  const before = text.slice(lineStart(text, start), start);
  if (start !== end || before === "" || /[^ ]/.test(before)) return null;
  const from = start - (((before.length - 1) % UNIT) + 1);
  return { from, to: start, insert: "", start: from, end: from };
}

// Comments the selected lines out, or, if all are, in again.
export function comment(text, start, end) {
  const { from, to } = block(text, start, end);
  const lines = text.slice(from, to).split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return null;
  if (lines.every((line) => line.trimStart().startsWith("#"))) {
    return changeLines(text, start, end, (line) => line.replace(/^([ \t]*)# ?/, "$1"));
  }
  const column = Math.min(...lines.map((line) => leading(line).length));
  return changeLines(text, start, end, (line) => (line.trim() === "" ? line : `${line.slice(0, column)}# ${line.slice(column)}`));
}
