// Python cut into words to be colored: highlight(code) -> for each line [[kind, text], ...].
//
// Kinds: "comment", "string", "number", "keyword", "builtin", "name" (of a definition) and "" for
// the rest. The texts of a line joined are the line. It colors and understands nothing, so a program
// that is not finished yet is no trouble: a string without an end goes on to the end of its line,
// one in triple quotation marks to the end of the program.
const KEYWORDS = new Set(
  "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield True False None".split(" "),
);
const BUILTINS = new Set(
  "abs all any bool dict enumerate filter float getattr hasattr id int isinstance iter len list map max min next object open pow print range repr reversed round set setattr sorted str sum super tuple type zip".split(" "),
);
const PREFIX = "[rRbBfFuUtT]{0,2}";
const TRIPLE = `${PREFIX}(?<three>"""|''')(?:\\\\[^]|(?!\\k<three>)[^])*(?:\\k<three>|$)`;
const SINGLE = `${PREFIX}(?<one>["'])(?:\\\\[^]|(?!\\k<one>)[^\\\\\\n])*\\k<one>?`;
const WORD = new RegExp(
  [
    `(?<comment>#[^\\n]*)`,
    `(?<string>${TRIPLE}|${SINGLE})`,
    `(?<number>(?:0[xXbBoO][\\da-fA-F_]+|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?)j?)`,
    `(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)`,
    `(?<space>\\s+)`,
    `(?<other>[^])`,
  ].join("|"),
  "gu",
);

function kindOf(groups, before) {
  if (groups.comment) return "comment";
  if (groups.string) return "string";
  if (groups.number) return "number";
  if (!groups.word || before === ".") return "";
  if (before === "def" || before === "class") return "name";
  if (KEYWORDS.has(groups.word)) return "keyword";
  return BUILTINS.has(groups.word) ? "builtin" : "";
}

export function highlight(code) {
  const lines = [[]];
  let before = ""; // the word or sign before this one
  for (const { 0: text, groups } of code.matchAll(WORD)) {
    const kind = kindOf(groups, before);
    text.split("\n").forEach((part, i) => {
      if (i > 0) lines.push([]);
      const line = lines.at(-1);
      if (part === "") return;
      if (line.at(-1)?.[0] === kind) line.at(-1)[1] += part;
      else line.push([kind, part]);
    });
    if (!groups.space) before = text;
  }
  return lines;
}
