// The minibatch viewer: which examples data_iter draws, in which order, epoch after epoch.
//
// Above, the data in their own order: not yet seen, in the present minibatch, seen in this epoch.
// Below, the epoch's minibatches in the order drawn, as far as they have been drawn. One position (minibatches drawn so far) for all.
import { copyText, pageAddress } from "./js/address.js";
import { announcer } from "./js/announcer.js";
import { epochsOf } from "./js/batches.js";
import { button, h, numberField, put, say, slider, toggle } from "./js/dom.js";
import { connectKernel } from "./js/kernel.js";
import { createPlayer } from "./js/player.js";
import { clamp } from "./js/scales.js";

const WORDS = {
  title: "Minibatches",
  num_examples: "Examples",
  batch_size: "Batch size",
  shuffle: "Shuffle",
  drop_last: "Drop last",
  seed: "Seed",
  play: "Play",
  pause: "Pause",
  step: "Step",
  reset: "Reset",
  position: "Minibatches drawn",
  positionText: (at, total) => `${at} of ${total}`,
  copy: "Copy link",
  copied: "Link copied",
  notCopied: "Copying is not allowed here",
  engines: {
    none: "Drawn in your browser",
    live: (engine) => `Drawn by data_iter on ${engine} in the kernel`,
    lost: "The kernel does not answer: drawn in your browser",
  },
  dataTitle: "The data",
  orderTitle: (epoch, of) => `Epoch ${epoch} of ${of}: the order drawn`,
  unseen: "not yet seen",
  current: "in this minibatch",
  seen: "seen in this epoch",
  never: "left out of this epoch",
  batch: (k) => `minibatch ${k}`,
  short: (size, full) => `short: ${size} of ${full}`,
  pending: "…",
  dropped: "dropped",
  before: ({ epochs, count }) => `nothing drawn yet; ${count} minibatches an epoch, ${epochs} epochs`,
  nothing: "drop last leaves no minibatch: the batch size is larger than the data",
  sentence: ({ epoch, batch, count, indices, short }) =>
    `epoch ${epoch}, minibatch ${batch} of ${count}: examples ${indices.join(", ")}${short ? ` (${short})` : ""}`,
  end: (missing) =>
    missing.length
      ? `; the epoch ends without examples ${missing.join(", ")}`
      : "; the epoch ends, every example was seen once",
};

const SETTINGS = ["num_examples", "batch_size", "shuffle", "drop_last", "seed"];
const LIMITS = { num_examples: [2, 60], batch_size: [1, 60], seed: [0, 2 ** 32 - 1] };

// Settings out of an address: what is missing or senseless there is taken from `fallback`.
export function readSettings(texts, fallback) {
  const settings = { ...fallback };
  for (const [name, [low, high]] of Object.entries(LIMITS)) {
    const value = Number(texts[name]);
    if (texts[name] && Number.isFinite(value)) settings[name] = clamp(Math.round(value), low, high);
  }
  for (const name of ["shuffle", "drop_last"]) {
    if (["true", "false"].includes(texts[name])) settings[name] = texts[name] === "true";
  }
  return settings;
}

function render({ model, el }) {
  const numEpochs = model.get("num_epochs");
  const fromModel = () => Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));
  const root = h("div", { class: "lr-widget lr-batches" });
  el.append(root);
  const address = pageAddress(el, model.get("address"));
  const linked = address.read();
  let settings = linked ? readSettings(linked, fromModel()) : fromModel();
  let epochs = [];
  let drawn = settings; // the settings that `epochs` belong to

  // ---- drawing minibatches -------------------------------------------------------------------

  function compute() {
    if (!kernel.ask({ ...settings })) computeHere();
  }

  function computeHere() {
    show(epochsOf(settings, numEpochs), { ...settings });
  }

  const kernel = connectKernel(model, {
    onChange(status, engine) {
      showEngine(status, engine);
      if (status === "live") compute();
      if (status === "lost") computeHere();
    },
    onReply(message) {
      say(error, "");
      show(message.epochs, message.settings);
    },
    onError(text) {
      say(error, text);
      computeHere();
    },
  });

  // ---- controls ------------------------------------------------------------------------------

  let frame = null;
  function change(part) {
    settings = { ...settings, ...part };
    showControls();
    address.write(linkState(), fromModel());
    frame ??= requestAnimationFrame(() => {
      frame = null;
      compute();
    });
  }

  const sliderOf = (name, min, max) =>
    slider({ label: WORDS[name], min, max, onInput: (value) => change({ [name]: value }) });
  const toggleOf = (name) => toggle({ label: WORDS[name], onInput: (on) => change({ [name]: on }) });
  const controls = {
    num_examples: sliderOf("num_examples", ...LIMITS.num_examples),
    batch_size: sliderOf("batch_size", 1, 30),
    seed: numberField({
      label: WORDS.seed,
      min: 0,
      max: LIMITS.seed[1],
      onInput: (value) => change({ seed: value }),
    }),
    shuffle: toggleOf("shuffle"),
    drop_last: toggleOf("drop_last"),
  };
  const showControls = () => SETTINGS.forEach((name) => controls[name].set(settings[name]));

  // ---- parts of the page ---------------------------------------------------------------------

  const voice = announcer();
  const engineText = h("span", { class: "lr-engine" });
  const error = h("p", { class: "lr-error", role: "alert" });
  const sentence = h("p", { class: "lr-batches-sentence" });
  const cells = h("div", { class: "lr-cells", "aria-hidden": "true" });
  const orderTitle = h("p", { class: "lr-subhead" });
  const list = h("ol", { class: "lr-batches-list" });
  const copied = h("span", { class: "lr-note", role: "status" });
  const copyButton = button({
    label: WORDS.copy,
    onClick: async () => {
      say(copied, (await copyText(address.link(linkState(), fromModel()))) ? WORDS.copied : WORDS.notCopied);
      setTimeout(() => say(copied, ""), 3000);
    },
  });
  const total = () => epochs.reduce((sum, batches) => sum + batches.length, 0);
  const player = createPlayer({
    words: WORDS,
    length: total,
    seconds: 24,
    slowest: 900,
    calmStops: 12,
    positionText: (at) => WORDS.positionText(at, total()),
    onMove: () => {
      address.write(linkState(), fromModel());
      draw();
    },
  });
  const key = (kind) => h("span", {}, h("span", { class: `lr-cell lr-${kind}`, "aria-hidden": "true" }, "0"), ` ${WORDS[kind]}`);

  root.append(
    h(
      "div",
      { class: "lr-frame" },
      h("div", { class: "lr-head" }, h("span", { class: "lr-title" }, model.get("title") || WORDS.title), engineText),
      h(
        "div",
        { class: "lr-batches-controls" },
        controls.num_examples.el,
        controls.batch_size.el,
        controls.seed.el,
        h("div", { class: "lr-batches-toggles" }, controls.shuffle.el, controls.drop_last.el),
      ),
      player.el,
      sentence,
      error,
      h("p", { class: "lr-subhead" }, WORDS.dataTitle),
      cells,
      h("p", { class: "lr-hint lr-batches-legend" }, ["unseen", "current", "seen"].map(key)),
      orderTitle,
      list,
      address.owned ? h("div", { class: "lr-batches-foot" }, copyButton, copied) : null,
    ),
    voice.el,
  );

  // ---- drawing -------------------------------------------------------------------------------

  function showEngine(status, engine) {
    const text = WORDS.engines[status];
    say(engineText, typeof text === "function" ? text(engine) : text);
    put(engineText, { "data-status": status });
  }

  let start = Number(linked?.at) || 0;
  function show(newEpochs, newSettings) {
    epochs = newEpochs;
    drawn = newSettings;
    player.go(start || player.at);
    start = 0;
    const n = drawn.num_examples;
    while (cells.children.length < n) cells.append(h("span", { class: "lr-cell" }, String(cells.children.length)));
    while (cells.children.length > n) cells.lastChild.remove();
    draw();
  }

  function draw() {
    const at = player.at;
    const count = epochs[0].length;
    const epoch = at === 0 ? 0 : Math.min(epochs.length - 1, Math.floor((at - 1) / (count || 1)));
    const current = at === 0 ? -1 : (at - 1) % count;
    const batches = epochs[epoch];
    const state = new Map();
    batches.forEach((batch, k) => batch.forEach((i) => state.set(i, k < current ? "seen" : k === current ? "current" : "unseen")));
    const missing = Array.from({ length: drawn.num_examples }, (_, i) => i).filter((i) => !state.has(i));
    [...cells.children].forEach((cell, i) => put(cell, { class: `lr-cell lr-${state.get(i) ?? "unseen"}` }));

    say(orderTitle, WORDS.orderTitle(epoch + 1, epochs.length));
    const items = batches.map((batch, k) => {
      // What is still to come is not told: the reader is asked to say it.
      if (k > current) return row(WORDS.batch(k + 1), [], "unseen", WORDS.pending);
      const short = batch.length < drawn.batch_size ? WORDS.short(batch.length, drawn.batch_size) : "";
      return row(WORDS.batch(k + 1), batch, k === current ? "current" : "seen", short);
    });
    if (missing.length && current === count - 1) items.push(row("", missing, "dropped", WORDS.dropped));
    list.replaceChildren(...items);

    const text = describe({ at, epoch, current, count, batches, missing });
    say(sentence, text);
    if (!player.running) voice.say(text);
  }

  function row(name, indices, kind, remark) {
    return h(
      "li",
      { class: `lr-batches-${kind}`, "aria-current": kind === "current" ? "step" : null },
      h("span", { class: "lr-batches-name" }, name),
      indices.map((i) => [h("span", { class: `lr-cell lr-${kind}` }, String(i)), " "]),
      remark && h("span", { class: "lr-hint" }, remark),
    );
  }

  function describe({ at, epoch, current, count, batches, missing }) {
    if (count === 0) return WORDS.nothing;
    if (at === 0) return WORDS.before({ epochs: epochs.length, count });
    const indices = batches[current];
    const short = indices.length < drawn.batch_size ? WORDS.short(indices.length, drawn.batch_size) : "";
    const text = WORDS.sentence({ epoch: epoch + 1, batch: current + 1, count, indices, short });
    return current === count - 1 ? text + WORDS.end(missing) : text;
  }

  // ---- life ----------------------------------------------------------------------------------

  const linkState = () => ({ ...settings, ...(player.at ? { at: player.at } : {}) });
  const fromPython = () => change(fromModel());
  for (const name of SETTINGS) model.on(`change:${name}`, fromPython);
  showEngine(kernel.status, kernel.engine);
  showControls();
  computeHere();

  return () => {
    cancelAnimationFrame(frame);
    player.stop();
    voice.stop();
    address.stop();
    kernel.stop();
    for (const name of SETTINGS) model.off(`change:${name}`, fromPython);
    root.remove();
  };
}

export default { render };
