/* From a pasted message, or a whole traceback, to the pages that explain it: one matcher for the
   finder's box, the search page and the page for addresses that lead nowhere.

   linregFind(text, {messages, pages, families}) gives the fitting pages, the best first:
   [{page, message, score, same}]. The score is 1 for the same words; numbers, shapes, types and
   devices may be others, and either text may be a piece of the other. Below CLOSE nothing fits.
   A text without an error's type that fits no message is taken for a description of what is seen;
   then `message` is null. Where several pages have one message, the source lines that the traceback
   shows put them in order, and then whether a page has the message as its title. linregFind.familyOf(found, data) gives what the best of them share with
   others, which stand at the end of the list. */

"use strict";

var linregFind = (function () {
  const SAME = 0.75; // from here on, the message is this one
  const CLOSE = 0.65; // and from here on, it resembles this one
  const ENOUGH = 1.6; // the weight of the words that must fit at least: about two that say something

  // Words that say nothing, and words of which many errors are made.
  const EMPTY = new Set(
    "a about after an and any are as at be been before but by can did do does for from get given got had has have how i if in is it its may me must my no not of on one only or out should so that the their then there this to was were what when which why will with you your".split(" ")
  );
  const COMMON = new Set(
    "attribute argument arguments call cannot dimension dimensions dtype expected error has index input invalid list module name named number object operand operation output parameter parameters range required shape shapes size supported tensor tensors torch type types unexpected unsupported value values variable".split(" ")
  );
  const TYPE =
    /^(?:float|double|half|bfloat|int|uint|long|short|byte|char|bool|complex)(?:\d+|tensor)?$|^(?:float|double)s$/;
  const DEVICE = /^(?:cpu|cuda|mps|xla|xpu|npu|meta)$/;
  const FOREIGN = /unsupported operand.*['"](?:str|list|tuple|dict|set|\w*function\w*|method)['"]/; // no numbers
  const NODE = /^[a-z]\w+backward\d*$/; // of the graph: MulBackward0

  /** Undo what terminals, notebooks and web pages do to a text. */
  function clean(text) {
    const whole = text.replace(/\r\n?/g, "\n");
    const lines = whole.includes("\n") ? whole : whole.replace(/\\n/g, "\n"); // out of a notebook's file
    return lines
      .replace(/(?:\x1b|\u241b|\\x1b|\\u001b|\\e|\^\[)?\[\d{0,3}(?:;\d{1,3})*m/gi, "")
      .replace(/&(?:#39|apos|#x27);/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&")
      .replace(/[\u2018\u2019\u201a\u2032`\u00b4]/g, "'")
      .replace(/[\u201c\u201d\u201e]/g, '"')
      .replace(/\u2026/g, "...")
      .replace(/[\u00a0\u2000-\u200a\u202f]/g, " ")
      .replace(/[\u200b-\u200f\u2060\ufeff]/g, "");
  }

  function kind(word) {
    if (/^\d/.test(word)) return "#";
    if (TYPE.test(word)) return "<type>";
    if (DEVICE.test(word)) return "<device>";
    if (NODE.test(word) && word !== "backward") return "<node>";
    return word.replace(/\d+$/, ""); // mat1 and mat2 are numbered
  }

  /** Cut into words; what differs from one reader to the next becomes a sign for its kind. */
  function wordsOf(text) {
    const found = text.toLowerCase().match(/[a-z_][a-z0-9_]*|\d[\d.,x\u00d7]*/g) || [];
    const words = [];
    for (const one of found) {
      const word = kind(one);
      if (word !== "#" || words[words.length - 1] !== "#") words.push(word); // (64, 1) and (3,)
    }
    return words;
  }

  function weight(word) {
    if (word.length === 1 || word[0] === "<" || EMPTY.has(word)) return 0.2;
    if (word === "nonetype") return 1.5; // the one type that such a message is about
    return COMMON.has(word) ? 0.4 : 1;
  }

  function total(words) {
    return words.reduce((sum, word) => sum + weight(word), 0);
  }

  /** Whether two words are one; the first and the last of what was pasted may be cut. */
  function alike(word, other, place, last) {
    if (word === other) return true;
    if (word.length < 3 || word[0] === "<") return false;
    return (place === last && other.startsWith(word)) || (place === 0 && other.endsWith(word));
  }

  /** The weight of what a message shares with a part of the paste, in order, less what parts it. */
  function shared(part, message) {
    let best = 0;
    let above = new Float32Array(message.length + 1);
    part.forEach((word, i) => {
      const row = new Float32Array(message.length + 1);
      for (let j = 1; j <= message.length; j++) {
        const other = message[j - 1];
        const lesser = Math.min(weight(word), weight(other));
        const both = alike(word, other, i, part.length - 1) ? lesser : -0.4 * lesser - 0.1;
        row[j] = Math.max(0, above[j - 1] + both, above[j] - 0.12, row[j - 1] - 0.5 * weight(other));
        if (row[j] > best) best = row[j];
      }
      above = row;
    });
    return best;
  }

  /** The parts of a text that may be a message, each with the error's type where it is named. */
  function candidates(text) {
    const found = [];
    const marker = /(?:^|[^\w.])(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*(?:Error|Exception|Warning|Interrupt))\b['"]?\s*[:(]\s*/g;
    let match;
    while ((match = marker.exec(text))) {
      if (found.length) found[found.length - 1].end = match.index;
      found.push({ type: match[1], start: marker.lastIndex, end: text.length });
    }
    const parts = [];
    for (const { type, start, end } of found.slice(-8)) {
      const rest = text.slice(start, Math.min(end, start + 900)).split(/\n\s*\n|\n\s*(?:File "|Traceback|-+>|Hint: )/)[0];
      // A message may have several lines, or be broken into some: with the mark of a quotation.
      const lines = rest.split(/\n(?:\s*(?:>|\||E {2,}|\[\w+\]:))*/);
      parts.push({ type, text: lines.join(" ") });
      if (lines.length > 1) parts.push({ type, text: lines[0] });
    }
    // What is pasted without a type, or whose type is cut; in a traceback, what it ends with.
    parts.push({ type: "", text: text.slice(-1500).replace(/\n(?:\s*(?:>|\||E {2,}))*/g, " ") });
    return parts;
  }

  /** What a message says that something lacks: `zero_` in "'NoneType' object has no attribute 'zero_'". */
  function lacking(text) {
    const match = /has no attribute ['"](\w+)/.exec(text);
    return match ? match[1] : "";
  }

  /** How well a part fits a message, between 0 and 1: either may be a piece of the other. */
  function fit(part, message) {
    // Anything can be None; another attribute is another story, unless the code is about a gradient.
    if (part.lacks && message.lacks && !message.lacks.startsWith(part.lacks) && !part.gradient) return 0;
    if (FOREIGN.test(part.text) && !FOREIGN.test(message.text)) return 0;
    const common = shared(part.words, message.words);
    if (common < ENOUGH) return 0;
    const cut = common / total(part.words); // a piece of a message has hardly a word of its own
    let score = Math.max(common / total(message.words), cut > 0.9 ? cut : 0);
    if (part.type && !part.type.endsWith(message.type)) score *= 0.85;
    return Math.min(1, score);
  }

  /** The pages whose titles and symptoms have the words of a description, "the loss is nan". */
  function described(text, data) {
    const stems = (words) => new Set(words.filter((w) => w.length > 1 && !EMPTY.has(w)).map((w) => w.replace(/(?:ing|ed|es|s)$/, "")));
    const asked = stems(wordsOf(text));
    if (asked.size < 2 || asked.size > 12) return [];
    const known = data.pages.map((page) => stems(wordsOf(page.about)));
    const rare = (word) => Math.log(1 + known.length / (1 + known.filter((words) => words.has(word)).length));
    const sum = (words) => words.reduce((all, word) => all + rare(word), 0);
    const whole = sum([...asked]);
    const scores = known.map((words, page) => ({ page, words: [...asked].filter((word) => words.has(word)) }));
    return scores
      .filter(({ words }) => words.length >= 2)
      .map(({ page, words }) => ({ page, message: null, score: sum(words) / whole, same: false }))
      .filter(({ score }) => score >= CLOSE);
  }

  /** The pitfalls that look like what fits best: their causes are worth a look as well. */
  function familyOf(found, data) {
    const message = found.length && found[0].message;
    return message && data.families.find(({ says }) => says.some((start) => message.text.startsWith(start)));
  }

  /** How many of a page's patterns fit the source lines that a traceback shows. */
  function speaking(text, page) {
    return page.code.filter((pattern) => new RegExp(pattern, "m").test(text)).length;
  }

  function find(text, data) {
    const parts = candidates(clean(text));
    for (const part of parts) {
      part.words = wordsOf(part.text);
      part.lacks = lacking(part.text);
      part.gradient = /\.grad\b/.test(text);
    }
    const best = new Map(); // for each page, the message that fits best
    for (const message of data.messages) {
      const known = { type: message.type, text: message.text, words: wordsOf(message.text), lacks: lacking(message.text) };
      // What comes last has ended the program.
      const score = Math.max(...parts.map((part, i) => fit(part, known) * (1 - 0.01 * (parts.length - 1 - i))));
      if (score < CLOSE) continue;
      for (const page of message.pages) {
        if (!best.has(page) || best.get(page).score < score) best.set(page, { page, message, score, same: score >= SAME });
      }
    }
    const found = best.size || parts.length > 1 ? [...best.values()] : described(parts[0].text, data);
    const shown = clean(text).replace(/^.*(?:Error|Warning): .*$/gm, "").slice(-6000); // the code alone
    for (const one of found) {
      const page = data.pages[one.page];
      one.code = speaking(shown, page) + (one.message && page.heading.startsWith(one.message.text) ? 0.5 : 0);
    }
    found.sort((one, other) => other.score - one.score || other.code - one.code || one.page - other.page);
    const fitting = found.filter((one) => one.score > 0.75 * found[0].score);
    const kin = familyOf(fitting, data);
    const more = kin ? kin.members.filter((page) => !fitting.some((one) => one.page === page)) : [];
    return fitting.concat(more.map((page) => ({ ...fitting[0], page })));
  }

  return Object.assign(find, { familyOf });
})();
