// The autograd stepper: recordings of linreg_lib.autograd.trace, one line at a time.
//
// State of the model: recordings (one, or two to compare), titles, start (position; negative counts
// from the end), height (of the code, in pixels, or null), engine ("PyTorch 2.13.0").
// With a kernel: ask({ what: "trace", code }) -> { recording }.
import { copyText, pageAddress } from "./js/address.js";
import { alignSteps, ownLines } from "./js/align.js";
import { announcer } from "./js/announcer.js";
import { button, freshId, h, put, say, svg } from "./js/dom.js";
import { changedFields, createExpander, differences, inOrder, nameOrder, shapeText } from "./js/expand.js";
import { clip, graphWords, namesAt, planGraph, splitName } from "./js/graph.js";
import { connectKernel } from "./js/kernel.js";
import { createPlayer } from "./js/player.js";
import { sayChange, sayCut, sayEnd } from "./js/sentences.js";
import { CHANGES } from "../words/changes.toml";

const WORDS = {
  widget: "Autograd stepper",
  player: {
    first: "First",
    previous: "Previous",
    next: "Next",
    last: "Last",
    play: "Play",
    pause: "Pause",
    position: "Step",
  },
  position: (at, end) => `${at} of ${end}`,
  code: "Code",
  tensors: "Tensors",
  graph: "Graph",
  columns: ["name", "value", "autograd", ".grad", "version", "object, memory"],
  atStart: "Before the first line",
  atLine: (line) => `Line ${line}`,
  inCall: (frame, line) => `in ${frame}, called from line ${line}`,
  changed: "What changed at this line",
  nothing: {
    start: "Nothing has run yet. Press Next.",
    line: "No tensor changed.",
    test: "The condition was tested; no tensor changed.",
    enter: "The block is entered; no tensor changed.",
    return: "About to return; no tensor changed.",
    except: "The exception was caught here.",
    error: "The program ends here, with an error.",
  },
  printed: "Printed so far",
  noTensors: "No tensors yet.",
  noGraph: "No graph yet: nothing was computed from a tensor that requires grad.",
  noGraphEver: "No graph: nothing here is computed from a tensor that requires grad.",
  graphGone: "No graph: no name refers to one any more.",
  unnamed: "no name",
  former: (name) => `former ${name}`,
  rowNew: "new",
  rowRebound: "new object",
  rowChanged: "changed",
  differs: "differs",
  leaf: "leaf",
  requiresGrad: "requires grad",
  gradNone: "none",
  stale: "stale",
  freed: "freed",
  staleSaved: "changed!",
  legend: "← the way backward walks · ■ saved tensor · □ freed",
  differences: (list) => `Different now: ${list}.`,
  same: "No difference so far.",
  onlyIn: (title) => `only in “${title}”`,
  waits: "waits",
  ended: "has ended",
  recorded: (engine) => `Recorded with ${engine}`,
  live: (engine) => `${engine}, in your kernel`,
  lost: "The kernel does not answer",
  copy: "Copy link",
  copied: "Link copied",
  notCopied: "The link is in the address bar",
  edit: "Edit",
  run: "Run",
  cancel: "Cancel",
  running: "Running …",
  editLabel: "Code to run (Control+Enter runs it)",
};

// The fields of a difference in the words of the table.
const FIELD_WORDS = { value: "value", facts: "leaf or grad_fn", version: "version", grad: ".grad" };

function badge(text, kind = "") {
  return h("span", { class: `lr-badge ${kind}`.trim() }, text);
}

function render({ model, el }) {
  const titles = model.get("titles");
  let recordings = model.get("recordings");
  const compare = recordings.length > 1;
  const programs = recordings.map((_, i) => createProgram(compare ? titles[i] : null, model.get("height")));
  let pairs = [];

  const address = pageAddress(el, "stepper");
  const voice = announcer();
  const player = createPlayer({
    words: WORDS.player,
    length: () => pairs.length - 1,
    onMove: (at) => (show(at), address.write({ step: at })),
    seconds: 120,
    slowest: 2000,
    calmStops: null,
    positionText: (at) => WORDS.position(at, pairs.length - 1),
  });
  const engine = h("span", { class: "lr-engine" });
  const copy = button({
    label: WORDS.copy,
    kind: "lr-quiet",
    onClick: async () => say(copy, (await copyText(address.link({ step: player.at }))) ? WORDS.copied : WORDS.notCopied),
  });
  const difference = compare ? h("p", { class: "lr-difference" }) : null;
  const foot = h(
    "div",
    { class: "lr-foot" },
    h("span", { class: "lr-legend" }, WORDS.legend),
    h("span", { class: "lr-foot-end" }, engine, address.owned ? copy : null),
  );
  const frame = h(
    "div",
    { class: "lr-frame", role: "group", "aria-label": WORDS.widget, onkeydown: onKey },
    player.el,
    difference,
    h("div", { class: `lr-programs ${compare ? "lr-compare" : ""}` }, programs.map((program) => program.el)),
    foot,
    voice.el,
  );
  const root = h("div", { class: "lr-widget lr-stepper" }, frame);
  el.append(root);

  function load(at) {
    pairs = compare ? alignSteps(...recordings) : recordings[0].steps.map((_, i) => [i]);
    const own = compare ? ownLines(recordings[0].code, recordings[1].code) : [new Set()];
    programs.forEach((program, i) => program.load(recordings[i], own[i]));
    player.go(at < 0 ? pairs.length + at : at);
    show(player.at);
  }

  function show(at) {
    const now = pairs[at];
    const before = at > 0 ? pairs[at - 1] : null;
    const unlike = compare ? differences(programs[0].at(now[0]), programs[1].at(now[1])) : [];
    programs.forEach((program, i) => {
      const waits = before !== null && before[i] === now[i];
      program.show(now[i], { waits, unlike: new Map(unlike.map(({ name, fields }) => [name, fields])) });
    });
    if (difference) say(difference, differenceWords(unlike));
    say(copy, WORDS.copy);
    voice.say(
      [
        WORDS.position(at, pairs.length - 1),
        ...programs.map((program) => program.words()),
        difference && difference.textContent,
      ]
        .filter(Boolean)
        .join(". "),
    );
  }

  function differenceWords(list) {
    if (list.length === 0) return WORDS.same;
    const parts = list.map(({ name, fields }) => {
      if (fields[0] === "only first") return `${name} (${WORDS.onlyIn(titles[0])})`;
      if (fields[0] === "only second") return `${name} (${WORDS.onlyIn(titles[1])})`;
      return `${name} (${fields.map((field) => FIELD_WORDS[field]).join(", ")})`;
    });
    return WORDS.differences(parts.join("; "));
  }

  // Arrow keys step from anywhere in the widget but a field that needs them itself.
  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("textarea, input")) return;
    if (event.target.getAttribute("tabindex") === "0") return; // it scrolls
    const to = { ArrowLeft: player.at - 1, ArrowRight: player.at + 1, Home: 0, End: pairs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    player.move(to);
  }

  // With a kernel the code can be edited; an answer belongs to the program that asked last.
  let asking = null;
  const kernel = connectKernel(model, {
    onChange(status, name) {
      put(engine, { "data-status": status });
      say(engine, status === "live" ? WORDS.live(name) : WORDS.lost);
      programs.forEach((program) => program.editable(status === "live" ? (code) => run(program, code) : null));
      if (status === "lost" && asking) asking = void asking.fail(WORDS.lost);
    },
    onReply(message) {
      if (!asking) return;
      const i = programs.indexOf(asking);
      recordings = recordings.map((recording, k) => (k === i ? message.recording : recording));
      asking.done();
      asking = null;
      load(0);
    },
    onError(text) {
      asking?.fail(text);
      asking = null;
    },
  });
  function run(program, code) {
    player.stop();
    asking?.fail("");
    asking = kernel.ask({ what: "trace", code }, 1000 * model.get("max_seconds") + 5000) ? program : null;
    if (!asking) program.fail(WORDS.lost);
  }

  say(engine, WORDS.recorded(model.get("engine")));
  const asked = Number.parseInt(address.read()?.step, 10);
  load(Number.isNaN(asked) ? model.get("start") : asked);
  return () => {
    player.stop();
    voice.stop();
    address.stop();
    kernel.stop();
    root.remove();
  };
}

// One program: its code, what changed, its tensors and its graph.
function createProgram(title, height) {
  const list = h("ol", { class: "lr-lines" });
  const code = h("div", { class: "lr-code", role: "group", "aria-label": WORDS.code }, list);
  if (height) put(code, { style: `max-height: ${Number(height)}px` });
  const where = h("p", { class: "lr-where" });
  const changes = h("ul", { class: "lr-changes", "aria-label": WORDS.changed });
  const printed = h("pre", { class: "lr-printed", role: "group", "aria-label": WORDS.printed });
  const printedPart = h("div", { hidden: true }, h("p", { class: "lr-hint" }, WORDS.printed), printed);
  const body = h("tbody", { role: "rowgroup" });
  const table = h(
    "table",
    { class: "lr-tensors", role: "table", "aria-label": title ? `${WORDS.tensors}, ${title}` : WORDS.tensors },
    h(
      "thead",
      { role: "rowgroup" },
      h("tr", { role: "row" }, WORDS.columns.map((text) => h("th", { role: "columnheader", scope: "col" }, text))),
    ),
    body,
  );
  const noTensors = h("p", { class: "lr-note" }, WORDS.noTensors);
  const graph = h("div", {
    class: "lr-graph",
    role: "group",
    "aria-label": title ? `${WORDS.graph}, ${title}` : WORDS.graph,
    "data-title": title,
  });
  const editor = createEditor();
  const el = h(
    "div",
    { class: "lr-program", role: "group", "aria-label": title ?? WORDS.code },
    title === null ? null : h("p", { class: "lr-program-title" }, title),
    h("div", { class: "lr-code-part" }, code, editor.el),
    h("div", { class: "lr-words" }, where, changes, printedPart),
    h("div", { class: "lr-tensor-part" }, table, noTensors),
    graph,
  );
  editor.onToggle = (open) => put(code, { hidden: open });

  let recording = null;
  let expand = null;
  let order = null;
  let lines = [];
  let drawing = null;
  let index = 0;

  function load(next, own) {
    recording = next;
    expand = createExpander(recording);
    order = nameOrder(recording);
    editor.set(recording.code);
    const texts = recording.code.split("\n");
    lines = texts.map((text, i) => {
      const mark = h("span", { class: "lr-mark", "aria-hidden": "true" });
      const differs = own.has(i + 1) && text.trim() !== "";
      const number = h("span", { class: "lr-line-number" }, String(i + 1));
      const item = h("li", { class: differs ? "lr-own-line" : "" }, mark, number, h("code", {}, text || " "));
      if (differs) item.append(h("span", { class: "lr-sr-only" }, `(${WORDS.differs})`));
      return { item, mark };
    });
    list.replaceChildren(...lines.map((line) => line.item));
    drawing = createDrawing(recording);
    graph.replaceChildren(drawing.el);
    for (const part of [table.parentElement, changes.parentElement]) part.style.minHeight = "";
  }

  function show(k, { waits, unlike }) {
    index = k;
    const state = expand(k);
    const before = k > 0 ? expand(k - 1) : null;
    put(el, { "data-waits": waits });
    showLine(state, waits);
    showWords(state, waits);
    showTensors(state, waits ? new Map() : changedFields(before, state), unlike);
    drawing.show(state, waits ? state : before);
    // Once grown, a part keeps its room: the page below does not jump while stepping back.
    for (const part of [table.parentElement, changes.parentElement]) keepRoom(part);
    for (const part of [code, graph, printed]) {
      const scrolls = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight;
      put(part, { tabindex: scrolls ? 0 : null }); // else a keyboard could not scroll it
    }
  }

  function showLine(state) {
    const calls = new Set(state.callers.map(([, line]) => line));
    lines.forEach(({ item, mark }, i) => {
      const here = state.line === i + 1;
      put(item, { "aria-current": here ? "step" : null, "data-calls": calls.has(i + 1) });
      say(mark, here ? "▶" : calls.has(i + 1) ? "▷" : "");
      const note = item.querySelector(".lr-error");
      const wrong = recording.error && state.index === recording.steps.length - 1 && recording.error.line === i + 1;
      if (note && !wrong) note.remove();
      if (!note && wrong) item.append(h("p", { class: "lr-error" }, errorText()));
    });
    if (height && lines[state.line - 1]) {
      const { offsetTop, offsetHeight } = lines[state.line - 1].item;
      const low = offsetTop + offsetHeight - code.clientHeight;
      code.scrollTop = Math.max(low, Math.min(code.scrollTop, offsetTop));
    }
  }

  function showWords(state, waits) {
    const call = state.callers.at(-1);
    const line = state.line > 0 ? WORDS.atLine(state.line) : WORDS.atStart;
    const last = state.index === recording.steps.length - 1;
    const more = waits ? (last ? WORDS.ended : WORDS.waits) : call ? WORDS.inCall(state.frame, call[1]) : "";
    say(where, more ? `${line}, ${more}` : line);
    // The error stands at its line already.
    const told = state.changed.filter((fact) => fact.kind !== "error");
    const items = told.length > 0 ? told.map((fact) => arrows(sayChange(CHANGES, fact))) : [WORDS.nothing[state.event]];
    const notes = state.warnings.map(({ category, message }) => `${category}: ${message}`);
    // A limit that was met, or what the recording left out, is said at its end.
    const end = last && recording.ended.reason !== "error" ? sayEnd(CHANGES, recording) : "";
    changes.replaceChildren(
      ...items.map((text) => h("li", {}, text)),
      ...notes.map((text) => h("li", { class: "lr-warning" }, text)),
      ...(end ? [h("li", { class: "lr-warning" }, end)] : []),
      ...(last ? recording.cut.map((cut) => h("li", { class: "lr-hint" }, sayCut(CHANGES, cut))) : []),
    );
    const output = recording.steps
      .slice(0, state.index + 1)
      .map((step) => step.printed ?? "")
      .join("");
    put(printedPart, { hidden: output === "" });
    say(printed, output.trimEnd());
  }

  const errorText = () => `${recording.error.type}: ${recording.error.message}`;

  function showTensors(state, changed, unlike) {
    const rows = inOrder(state.tensors, order).map(([label, facts]) =>
      tensorRow(label, facts, changed.get(label) ?? new Set(), unlike),
    );
    body.replaceChildren(...rows);
    put(table, { hidden: rows.length === 0 });
    put(noTensors, { hidden: rows.length > 0 });
  }

  // What the announcer says of this step.
  function words() {
    const failed = index === recording.steps.length - 1 && recording.error;
    return [
      title,
      where.textContent,
      ...[...changes.children].map((item) => item.textContent),
      failed ? errorText() : null,
    ]
      .filter(Boolean)
      .join(". ");
  }

  return {
    el,
    load,
    show,
    words,
    at: (k) => expand(k),
    editable: editor.offer,
    done: editor.close,
    fail: editor.fail,
  };
}

// "version 0 → 1" must not break at its arrow.
function arrows(text) {
  return text.replaceAll(" → ", "\u00a0→\u00a0");
}

function keepRoom(part) {
  const width = String(part.clientWidth);
  if (part.dataset.width !== width) {
    part.dataset.width = width;
    part.style.minHeight = "";
  }
  part.style.minHeight = `${part.offsetHeight}px`;
}

function unnamed(facts) {
  return facts.former[0] ? WORDS.former(facts.former[0]) : WORDS.unnamed;
}

function tensorRow(label, facts, changed, unlike) {
  const isNew = changed.has("new") || changed.has("rebound");
  const differs = new Set(facts.names.flatMap((name) => unlike.get(name) ?? []));
  const cell = (key, ...children) =>
    h(
      "td",
      {
        role: "cell",
        class: `lr-cell-${key}`,
        "data-changed": !isNew && changed.has(key),
        "data-differs": differs.has(key),
      },
      children,
      differs.has(key) ? h("span", { class: "lr-differs", title: WORDS.differs }, "≠") : null,
    );
  const [first, ...others] = facts.names;
  const note = changed.has("new")
    ? WORDS.rowNew
    : changed.has("rebound")
      ? WORDS.rowRebound
      : changed.size > 0
        ? WORDS.rowChanged
        : null;
  const name = h(
    "th",
    { role: "rowheader", scope: "row", class: "lr-cell-names" },
    first ? h("code", {}, first) : h("span", { class: "lr-unnamed" }, unnamed(facts)),
    others.map((other) => h("code", { class: "lr-alias" }, `= ${other}`)),
    note ? h("span", { class: "lr-row-note" }, note) : null,
  );
  const size = `${shapeText(facts.shape)}${facts.dtype === "float32" ? "" : ` ${facts.dtype}`}`;
  const value = cell("value", h("code", {}, facts.value ?? facts.note ?? "?"), h("span", { class: "lr-size" }, size));
  const kinds = cell(
    "facts",
    facts.is_leaf ? badge(WORDS.leaf, "lr-leaf") : badge(facts.grad_fn ?? "?", "lr-made"),
    facts.requires_grad ? badge(WORDS.requiresGrad) : null,
  );
  const grad =
    facts.grad === "none"
      ? cell("grad", h("span", { class: "lr-none" }, WORDS.gradNone))
      : cell("grad", h("code", {}, facts.grad_value ?? "?"), facts.grad === "stale" ? badge(WORDS.stale, "lr-stale") : null);
  const version = cell("version", String(facts.version ?? "?"));
  const ids = cell("memory", `${label}, ${facts.memory ?? "?"}`);
  return h("tr", { role: "row", "data-note": note }, name, value, kinds, grad, version, ids);
}

// The graph of one recording: drawn once, then nodes and edges are shown and hidden.
function createDrawing(recording) {
  const plan = planGraph(recording);
  const empty = h("p", { class: "lr-note" });
  if (plan.width === 0) {
    say(empty, WORDS.noGraphEver);
    return { el: empty, show() {} };
  }
  const edges = plan.edges.map((edge) => {
    const shape = svg(
      "g",
      { class: "lr-edge" },
      svg("path", { d: edge.path, fill: "none" }),
      svg("polygon", { points: edge.head }),
    );
    return { ...edge, shape };
  });
  const nodes = recording.nodes.map((node) => createNode(node, plan.box(node.id)));
  const picture = svg(
    "svg",
    { role: "img", width: plan.width, hidden: true },
    edges.map((edge) => edge.shape),
    nodes.map((node) => node.shape),
  );
  picture.style.minWidth = `${Math.round(plan.width * 0.8)}px`;
  const el = h("div", { class: "lr-graph-ground" }, picture, empty);
  let tall = 1; // rows that were needed so far: the picture grows, but does not shrink again
  function grow(state) {
    for (const node of recording.nodes) if (node.id in state.nodes) tall = Math.max(tall, node.row + 1);
    const height = plan.height(Math.min(tall, plan.rows));
    put(picture, { viewBox: `0 0 ${plan.width} ${height}`, height });
  }
  // Where the picture is wider than its place, what changed comes into view.
  function follow(state, before) {
    const place = el.parentElement;
    if (!place || place.scrollWidth <= place.clientWidth) return;
    const scale = picture.clientWidth / plan.width;
    const fresh = recording.nodes.filter(({ id }) => id in state.nodes && before && !(id in before.nodes));
    const ends = fresh.map(({ id }) => plan.box(id).x + plan.box(id).width);
    const filled = nodes.some((node) => node.shape.querySelector("[data-changed]"));
    if (ends.length > 0) place.scrollLeft = Math.max(...ends) * scale + 12 - place.clientWidth;
    else if (filled) place.scrollLeft = 0;
  }
  return {
    el,
    show(state, before) {
      grow(state);
      const present = (id) => id in state.nodes;
      for (const edge of edges) put(edge.shape, { visibility: present(edge.from) && present(edge.to) ? null : "hidden" });
      for (const node of nodes) node.show(state, before);
      const none = Object.keys(state.nodes).length === 0;
      const was = recording.steps.slice(0, state.index + 1).some((step) => step.nodes);
      // No room for a graph before there is one; once shown, the picture keeps its place.
      put(picture, { hidden: picture.hasAttribute("hidden") && none });
      say(empty, none ? (was ? WORDS.graphGone : WORDS.noGraph) : "");
      put(picture, { "aria-label": graphWords(recording, state) });
      follow(state, before);
    },
  };
}

function createNode(node, box) {
  const middle = box.x + box.width / 2;
  const [name, rest] = splitName(node.name);
  const text = (x, y, content, attributes = {}) => svg("text", { x, y, "text-anchor": "middle", ...attributes }, content);
  const tag = text(middle, box.y - 5, "", { class: "lr-tag" });
  const leaf = node.kind === "leaf";
  const frame = svg("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: leaf ? 10 : 4 });
  const pillX = box.x - box.pill - 12;
  const pillMiddle = box.y + box.height / 2;
  const pill = leaf
    ? [
        svg("path", { class: "lr-joint", d: `M${pillX + box.pill},${pillMiddle}H${box.x}` }),
        svg("rect", { class: "lr-pill", x: pillX, y: pillMiddle - 11, width: box.pill, height: 22, rx: 11 }),
      ]
    : [];
  const pillText = leaf ? text(pillX + box.pill / 2, pillMiddle + 4, "", { class: "lr-tag" }) : null;
  const below = box.y + box.height + 12;
  const gradText = leaf ? svg("text", { x: pillX, y: below, class: "lr-small" }) : null;
  const savedTexts = node.saved.map(() => svg("text", { x: box.x + 2, class: "lr-small" }));
  const shape = svg(
    "g",
    { class: `lr-node lr-node-${node.kind}` },
    pill,
    frame,
    text(middle, box.y + (rest ? 15 : 21), name, { class: "lr-op" }),
    rest ? text(middle, box.y + 27, rest, { class: "lr-small" }) : null,
    leaf ? null : tag,
    pillText,
    gradText,
    savedTexts,
  );
  function show(state, before) {
    const here = node.id in state.nodes;
    put(shape, { visibility: here ? null : "hidden", "data-new": here && before !== null && !(node.id in before.nodes) });
    if (!here) return;
    const names = namesAt(state, node);
    if (leaf) showLeaf(state, before, names);
    else say(tag, clip(names.join(", "), 16));
    let lost = false;
    let line = 0;
    node.saved.forEach(({ name: slot, tensor, shape: size }, i) => {
      const status = state.nodes[node.id].saved[slot];
      const of = tensor ? (state.tensors[tensor]?.names[0] ?? "") : "";
      const words = { alive: clip(of, 14) || (size ? shapeText(size) : ""), freed: WORDS.freed, stale: WORDS.staleSaved };
      const glyph = { alive: "■", freed: "□", stale: "✕" }[status];
      lost ||= status === "freed" || status === "stale";
      say(savedTexts[i], status in words ? `${glyph} ${slot} ${words[status]}` : "");
      put(savedTexts[i], { "data-state": status, y: below + 13 * line });
      if (status in words) line += 1;
    });
    put(shape, { "data-freed": lost });
  }
  function showLeaf(state, before, names) {
    const facts = state.tensors[node.tensor];
    put(shape, { "data-unnamed": names.length === 0 });
    say(pillText, names.length > 0 || !facts ? clip(names[0] ?? "", 14) : clip(unnamed(facts), 14));
    if (!facts) return;
    const grad = facts.grad === "none" ? `grad ${WORDS.gradNone}` : `grad ${clip(facts.grad_value ?? "", 22)}`;
    say(gradText, facts.grad === "stale" ? `${grad} (${WORDS.stale})` : grad);
    const old = before?.tensors[node.tensor];
    put(gradText, {
      "data-state": facts.grad,
      "data-changed": old !== undefined && (old.grad !== facts.grad || old.grad_digest !== facts.grad_digest),
    });
  }
  return { shape, show };
}

// With a kernel: "Edit" puts a text field in the place of the listing.
function createEditor() {
  const id = freshId("code");
  let send = null;
  let code = "";
  const area = h("textarea", {
    id,
    class: "lr-edit",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    onkeydown: (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        start();
      }
      event.stopPropagation(); // Jupyter has shortcuts of its own
    },
  });
  const status = h("p", { class: "lr-error", role: "alert" });
  const runButton = button({ label: WORDS.run, kind: "lr-next", onClick: start });
  const cancelButton = button({ label: WORDS.cancel, onClick: () => (open(false), editButton.focus()) });
  const editButton = button({ label: WORDS.edit, kind: "lr-quiet", onClick: () => (open(true), area.focus()) });
  const editing = h(
    "div",
    { class: "lr-editing", hidden: true },
    h("label", { for: id }, WORDS.editLabel),
    area,
    status,
    h("div", { class: "lr-buttons" }, runButton, cancelButton),
  );
  const el = h("div", { class: "lr-editor", hidden: true }, editing, editButton);
  const editor = { el, onToggle() {}, offer, set, close, fail };

  function open(yes) {
    if (yes) {
      area.value = code;
      put(area, { rows: Math.max(4, code.split("\n").length + 1) });
      say(status, "");
    }
    busy(false);
    put(editing, { hidden: !yes });
    put(editButton, { hidden: yes });
    editor.onToggle(yes);
  }
  function busy(yes) {
    runButton.disabled = yes;
    say(runButton, yes ? WORDS.running : WORDS.run);
  }
  function start() {
    if (!send || runButton.disabled) return;
    say(status, "");
    busy(true);
    send(area.value);
  }
  function offer(to) {
    send = to;
    // A reader in the middle of an edit keeps the text even if the kernel went away.
    put(el, { hidden: to === null && editing.hidden });
  }
  function set(text) {
    code = text;
  }
  function close() {
    const inside = editing.contains(document.activeElement) || document.activeElement === document.body;
    open(false);
    if (inside) editButton.focus();
  }
  function fail(text) {
    busy(false);
    say(status, text);
  }
  return editor;
}

export default { render };
