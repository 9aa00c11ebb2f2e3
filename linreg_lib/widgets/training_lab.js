// The training lab: hyperparameters on one side, what training does with them on the other.
//
// Settings have the names of the Python traits (lr, batch_size, ...) everywhere: in the model, in
// the questions to the kernel and in the page's address. Data flow, one way:
//   a control changes `settings` -> compute() -> show(run) -> draw(position)
// The engine in this page and PyTorch in a kernel give the same run, so that all below is common.
import { copyText, pageAddress } from "./js/address.js";
import { announcer } from "./js/announcer.js";
import { button, choice, h, numberField, put, say, slider, toggle } from "./js/dom.js";
import { train } from "./js/engine.js";
import { connectKernel } from "./js/kernel.js";
import { createLossChart } from "./js/loss_chart.js";
import { outcome } from "./js/outcome.js";
import { createPathChart } from "./js/path_chart.js";
import { createPlayer } from "./js/player.js";
import { labelsOf, problem } from "./js/random.js";
import { createRateScan } from "./js/rate_scan.js";
import { clamp, fixed, plain, short } from "./js/scales.js";
import { surface } from "./js/surface.js";

const WORDS = {
  title: "Training lab",
  preset: "Preset",
  changed: "(changed)",
  presets: {
    default: "The default run",
    "too-small": "Learning rate too small",
    border: "At the border",
    "too-large": "Just too large",
    diverging: "Far too large: inf, then nan",
    "full-batch": "Full batch",
    "one-example": "One example at a time",
    "short-batch": "A short last minibatch",
    "forgotten-gradients": "Gradients not cleared",
    "no-division": "Not divided by the batch size",
    "no-division-large-batch": "Not divided, large batch",
    broadcast: "Labels not reshaped",
    rebound: "Loop variable rebound",
    noisy: "Noisy labels",
  },
  lr: "Learning rate",
  batch_size: "Batch size",
  num_epochs: "Epochs",
  num_examples: "Examples",
  noise_std: "Noise",
  seed: "Seed",
  clear_gradients: "Clear gradients",
  divide_by_batch_size: "Divide by batch size",
  reshape_labels: "Reshape labels",
  update: "Update",
  updates: { inplace: "in place", rebind: "rebinding the loop variable" },
  axes: "Axes of the path",
  parameters: ["w₁", "w₂", "b"],
  unitless: "(dimensionless)",
  all: (n) => `${n} (all)`,
  play: "Play",
  pause: "Pause",
  step: "Step",
  reset: "Reset",
  position: "Position",
  positionText: (at, steps) => `step ${at} of ${steps}`,
  copy: "Copy link",
  copied: "Link copied",
  notCopied: "Copying is not allowed here",
  engines: {
    none: "Computed in your browser",
    live: (engine) => `Computed by ${engine} in the kernel`,
    lost: "The kernel does not answer: computed in your browser",
  },
  limit: "2/λmax",
  limitNote: (limit, border) =>
    `Full-batch limit 2/λmax = ${limit}; here ${
      border === null ? "no rate makes the loss grow" : `the loss grows from ${border} on`
    }`,
  more: "Data and switches",
  lossTitle: "Loss by step",
  pathTitle: "Path over the loss",
  gradientTitle: (step) => `The gradient in step ${step}`,
  gradientNone: "The gradient: before the first step, .grad is None",
  gradientColumns: ["", ".grad before", "minibatch adds", ".grad now", "step taken", ".grad after"],
  notApplied: "(to a new tensor: lost)",
  tableTitle: "Epoch by epoch",
  tableColumns: ["epoch", "step", "loss", "w₁", "w₂", "b", "error w₁", "error w₂", "error b"],
  now: "now",
  chart: {
    step: "step",
    loss: "loss (squared units of the label)",
    minibatch: "minibatch",
    epoch: "epoch, all data",
    printed: "as the code prints it",
    floor: "noise floor",
    ceiling: "largest float32",
    inf: "inf",
    nan: "nan",
    start: "start",
    truth: "true",
    best: "least squares",
    here: "now",
    outside: "outside the picture",
  },
  kinds: {
    diverged: "diverged",
    grew: "growing: the rate is too large",
    unchanged: "w and b have not changed",
    converged: "converged",
    falling: "still falling",
    stuck: "settled far from the minimum",
    wobbling: "wobbling",
  },
  sentence: ({ epoch, step, loss, w1, w2, b, printed, kind }) =>
    `epoch ${epoch}, step ${step}, loss ${loss}${printed ? ` (the code prints ${printed})` : ""}, ` +
    `w = ${w1}, ${w2}, b = ${b}${kind ? `, ${kind}` : ""}`,
  divergence: ({ overflow, nan }) =>
    [
      overflow && `the loss overflows float32 to inf at step ${overflow}`,
      nan && `inf − inf makes nan at step ${nan}`,
    ]
      .filter(Boolean)
      .join(", "),
};

const SETTINGS = [
  "lr",
  "batch_size",
  "num_epochs",
  "num_examples",
  "noise_std",
  "seed",
  "clear_gradients",
  "divide_by_batch_size",
  "reshape_labels",
  "update",
];
const NUMBERS = {
  lr: [1e-4, 10],
  batch_size: [1, 1000],
  num_epochs: [1, 20],
  num_examples: [10, 1000],
  noise_std: [0, 2],
  seed: [0, 2 ** 32 - 1],
};
const SWITCHES = ["clear_gradients", "divide_by_batch_size", "reshape_labels"];
const AXES = { "w1,w2": [0, 1], "w1,b": [0, 2], "w2,b": [1, 2] };
const NOISES = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2];
const BATCHES = [
  ...Array.from({ length: 20 }, (_, i) => i + 1),
  ...[24, 25, 28, 30, 32, 36, 40, 45, 48, 50, 56, 60, 64, 70, 75, 80, 90, 96, 100, 110, 120, 125],
  ...[128, 140, 150, 160, 180, 192, 200, 225, 250, 256, 300, 333, 350, 400, 450, 500, 512, 600],
  ...[700, 800, 900, 1000],
];
// Milliseconds that PyTorch may need for a step on a slow machine.
const PATIENCE_PER_STEP = 0.6;

// The roundest learning rate within half a step of the slider (a hundredth of a decade).
export function rateAt(position) {
  const exact = 10 ** (position / 100);
  for (let digits = 1; digits <= 3; digits++) {
    const round = Number(exact.toPrecision(digits));
    if (Math.abs(Math.log10(round) * 100 - position) <= 0.5) return round;
  }
  return Number(exact.toPrecision(4));
}

// Settings out of an address: what is missing or senseless there is taken from `fallback`.
export function readSettings(texts, fallback) {
  const settings = { ...fallback };
  for (const [name, [low, high]] of Object.entries(NUMBERS)) {
    const value = Number(texts[name]);
    if (!texts[name] || !Number.isFinite(value)) continue;
    const whole = name !== "lr" && name !== "noise_std";
    settings[name] = clamp(whole ? Math.round(value) : value, low, high);
  }
  for (const name of SWITCHES) {
    if (["true", "false"].includes(texts[name])) settings[name] = texts[name] === "true";
  }
  if (Object.hasOwn(WORDS.updates, texts.update)) settings.update = texts.update;
  const axes = texts.axes?.replace("-", ",");
  if (Object.hasOwn(AXES, axes)) settings.axes = axes;
  return settings;
}

function nearest(list, value) {
  return list.reduce((best, v, i) => (Math.abs(v - value) < Math.abs(list[best] - value) ? i : best), 0);
}

function render({ model, el }) {
  const views = model.get("views");
  const shown = model.get("controls");
  const presets = model.get("presets");
  const truth = { w: model.get("true_w"), b: model.get("true_b") };
  const goal = [...truth.w, truth.b];

  const fromModel = () => Object.fromEntries([...SETTINGS, "axes"].map((name) => [name, model.get(name)]));
  const root = h("div", { class: "lr-widget lr-lab" });
  el.append(root);
  const address = pageAddress(el, model.get("address"));
  const linked = address.read();
  let settings = linked ? readSettings(linked, { ...fromModel(), ...presets.default }) : fromModel();

  // What is drawn: a run, the settings and data it belongs to, and the position in it.
  let data = null;
  let run = null;
  let ran = null;
  let verdict = null;
  const cache = { key: "", problem: null };

  // ---- data and computing ------------------------------------------------------------------

  function dataFor({ seed, num_examples, noise_std }) {
    const key = `${seed} ${num_examples}`;
    if (cache.key !== key) {
      cache.key = key;
      cache.problem = problem(seed, num_examples);
      cache.noise = null;
    }
    if (cache.noise !== noise_std) {
      cache.noise = noise_std;
      const labels = labelsOf(cache.problem, truth, noise_std);
      const bowl = surface(cache.problem.x, labels);
      const start = [cache.problem.start[0], cache.problem.start[1], 0];
      cache.data = { problem: cache.problem, labels, bowl, start, startLoss: bowl.loss(start) };
    }
    return cache.data;
  }

  function trainHere(chosen, { problem: p, labels }, more = {}) {
    return train({
      features: p.x,
      labels,
      start: p.start,
      orders: Array.from({ length: chosen.num_epochs }, (_, epoch) => p.order(epoch)),
      lr: chosen.lr,
      batchSize: chosen.batch_size,
      clear: chosen.clear_gradients,
      divide: chosen.divide_by_batch_size,
      reshape: chosen.reshape_labels,
      rebind: chosen.update === "rebind",
      ...more,
    });
  }

  const question = () => Object.fromEntries(SETTINGS.map((name) => [name, settings[name]]));
  const stepsOf = (s) => s.num_epochs * Math.ceil(s.num_examples / s.batch_size);

  function compute() {
    if (!kernel.ask(question(), stepsOf(settings) * PATIENCE_PER_STEP)) computeHere();
    showBusy();
  }

  // Until the picture is that of the settings: the newest question is asked, waits, or will be.
  function showBusy() {
    put(parts.engine, { "aria-busy": String(frame !== null || kernel.busy) });
  }

  function computeHere() {
    const here = dataFor(settings);
    show(trainHere(settings, here), { ...settings }, here);
  }

  // Bytes of a reply, copied: a view of them need not be aligned.
  const copied = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);

  const kernel = connectKernel(model, {
    onChange(status, engine) {
      showEngine(status, engine);
      if (status === "live") compute();
      if (status === "lost") computeHere();
      showBusy();
    },
    onReply({ settings: answered }, buffers) {
      const [losses, params, grads] = buffers.slice(0, 3).map((v) => new Float32Array(copied(v)));
      const [epochLosses, trueLosses] = buffers.slice(3).map((v) => [...new Float64Array(copied(v))]);
      const perEpoch = losses.length / epochLosses.length;
      say(parts.error, "");
      show(
        { steps: losses.length, perEpoch, losses, params, grads, epochLosses, trueLosses },
        answered,
        dataFor(answered),
      );
      showBusy();
    },
    onError(text) {
      say(parts.error, text);
      computeHere();
      showBusy();
    },
  });

  // ---- controls ----------------------------------------------------------------------------

  function change(part) {
    settings = { ...settings, ...part };
    changed();
  }

  let frame = null;
  // Several input events may come before one frame: compute once for it.
  function changed() {
    showControls();
    address.write(linkState());
    frame ??= requestAnimationFrame(() => {
      frame = null;
      compute();
      scanSoon();
    });
    showBusy();
  }

  const batches = () => {
    const n = settings.num_examples;
    return [...BATCHES.filter((size) => size < n), n];
  };

  const scan = createRateScan(WORDS);
  const controls = {
    lr: slider({
      label: WORDS.lr,
      min: -400,
      max: 100,
      onInput: (position) => change({ lr: rateAt(position) }),
      below: scan.el,
    }),
    batch_size: slider({
      label: WORDS.batch_size,
      min: 0,
      max: 1,
      onInput: (index) => change({ batch_size: batches()[index] }),
    }),
    num_epochs: slider({
      label: WORDS.num_epochs,
      min: 1,
      max: 20,
      onInput: (value) => change({ num_epochs: value }),
    }),
    num_examples: slider({
      label: WORDS.num_examples,
      min: 10,
      max: 1000,
      onInput: (value) => change({ num_examples: value }),
    }),
    noise_std: slider({
      label: WORDS.noise_std,
      min: 0,
      max: NOISES.length - 1,
      onInput: (index) => change({ noise_std: NOISES[index] }),
    }),
    seed: numberField({
      label: WORDS.seed,
      min: 0,
      max: 2 ** 32 - 1,
      onInput: (value) => change({ seed: value }),
    }),
    ...Object.fromEntries(
      SWITCHES.map((name) => [name, toggle({ label: WORDS[name], onInput: (on) => change({ [name]: on }) })]),
    ),
    update: choice({
      label: WORDS.update,
      options: Object.entries(WORDS.updates),
      onInput: (value) => change({ update: value }),
    }),
  };
  controls.lr.el.classList.add("lr-lab-rate");
  controls.lr.input.before(scan.curve);

  const presetChoice = choice({
    label: WORDS.preset,
    options: [["", WORDS.changed], ...Object.keys(presets).map((name) => [name, WORDS.presets[name] ?? name])],
    onInput: (name) => name && change({ ...presets[name] }),
  });
  presetChoice.input.options[0].hidden = true;

  const axesChoice = choice({
    label: WORDS.axes,
    options: Object.entries(AXES).map(([key, [i, j]]) => [key, `${WORDS.parameters[i]}, ${WORDS.parameters[j]}`]),
    onInput: (axes) => {
      settings = { ...settings, axes };
      address.write(linkState());
      drawRun();
    },
  });

  function showControls() {
    const s = settings;
    const sizes = batches();
    controls.lr.set(Math.round(Math.log10(s.lr) * 100), plain(s.lr));
    put(controls.batch_size.input, { max: sizes.length - 1 });
    const size = Math.min(s.batch_size, s.num_examples);
    controls.batch_size.set(nearest(sizes, size), size === s.num_examples ? WORDS.all(size) : String(size));
    controls.num_epochs.set(s.num_epochs);
    controls.num_examples.set(s.num_examples);
    controls.noise_std.set(nearest(NOISES, s.noise_std), plain(s.noise_std));
    controls.seed.set(s.seed);
    for (const name of SWITCHES) controls[name].set(s[name]);
    controls.update.set(s.update);
    axesChoice.set(s.axes);
    const match = Object.entries(presets).find(([, values]) => SETTINGS.every((name) => values[name] === s[name]));
    presetChoice.set(match ? match[0] : "");
    const limit = 2 / dataFor(s).bowl.largest;
    scan.mark(limit, s.lr);
  }

  // ---- parts of the page -------------------------------------------------------------------

  const chosen = (names) => names.filter((name) => shown.includes(name)).map((name) => controls[name].el);
  const voice = announcer();
  const parts = {
    engine: h("span", { class: "lr-engine" }),
    error: h("p", { class: "lr-error", role: "alert" }),
    sentence: h("p", { class: "lr-lab-sentence" }),
    event: h("p", { class: "lr-lab-event" }),
    copied: h("span", { class: "lr-note", role: "status" }),
  };
  const copyButton = button({
    label: WORDS.copy,
    onClick: async () => {
      const done = await copyText(address.link(linkState()));
      say(parts.copied, done ? WORDS.copied : WORDS.notCopied);
      setTimeout(() => say(parts.copied, ""), 3000);
    },
  });

  const key = (symbol, kind, text) => h("span", {}, h("b", { class: `lr-key-${kind}`, "aria-hidden": "true" }, symbol), ` ${text}`);
  const printedKey = key("○", "second", WORDS.chart.printed);
  const legend = {
    loss: h(
      "p",
      { class: "lr-hint lr-lab-legend" },
      key("—", "accent", WORDS.chart.minibatch),
      key("●", "second", WORDS.chart.epoch),
      printedKey,
      key("┄", "good", WORDS.chart.floor),
    ),
    path: h(
      "p",
      { class: "lr-hint lr-lab-legend" },
      key("□", "ink", WORDS.chart.start),
      key("+", "good", WORDS.chart.truth),
      key("○", "good", WORDS.chart.best),
      key("●", "ink", WORDS.chart.here),
    ),
  };

  const player = createPlayer({
    words: WORDS,
    length: () => run?.steps ?? 0,
    positionText: (at) => WORDS.positionText(at, run?.steps ?? 0),
    onMove: () => {
      atEnd = player.at === run.steps;
      address.write(linkState());
      moved();
    },
  });
  let atEnd = linked !== null || !model.get("predict");
  if (linked && Number.isFinite(Number(linked.at ?? NaN))) atEnd = false;
  let firstAt = atEnd ? null : Number(linked?.at ?? 0);

  let moveFrame = null;
  function moved() {
    moveFrame ??= requestAnimationFrame(() => {
      moveFrame = null;
      drawPosition();
    });
  }

  const seek = (at) => {
    player.stop();
    player.go(at);
    atEnd = player.at === run.steps;
    address.write(linkState());
    moved();
  };
  // What may be wider than its place scrolls, by keyboard too.
  const scrolling = (title, content) =>
    h("div", { class: "lr-scroll", tabindex: "0", role: "region", "aria-label": title }, content);
  const section = (name, title, ...content) =>
    h("div", { class: `lr-lab-${name}`, role: "group", "aria-label": title }, ...content);
  const lossChart = views.includes("loss") ? createLossChart(WORDS, seek) : null;
  const pathChart = views.includes("path") ? createPathChart(WORDS) : null;
  const gradient = views.includes("gradient") ? createGradientTable() : null;
  const table = views.includes("table") ? createEpochTable() : null;

  const secondary = [
    chosen(["num_examples", "noise_std", "seed"]),
    chosen([...SWITCHES, "update"]),
  ].filter((group) => group.length);
  const groups = secondary.map((group, i) =>
    h("div", { class: i === secondary.length - 1 ? "lr-lab-switches" : "lr-lab-data" }, group),
  );
  // Many of them hide in a fold where the place is narrow.
  const details =
    secondary.flat().length > 3 && h("details", { class: "lr-lab-more" }, h("summary", {}, WORDS.more), groups);

  root.append(
    h(
      "div",
      { class: "lr-frame" },
      h("div", { class: "lr-head" }, h("span", { class: "lr-title" }, model.get("title") || WORDS.title), parts.engine),
      h(
        "div",
        { class: "lr-lab-body" },
        h(
          "div",
          { class: "lr-lab-controls" },
          shown.includes("preset") ? presetChoice.el : null,
          chosen(["lr"]),
          h("div", { class: "lr-lab-pair" }, chosen(["batch_size", "num_epochs"])),
          details || groups,
        ),
        h(
          "div",
          { class: "lr-lab-main" },
          h("div", { class: "lr-lab-said" }, parts.sentence, parts.event),
          parts.error,
          h(
            "div",
            { class: "lr-lab-charts" },
            lossChart && section("loss", WORDS.lossTitle, h("p", { class: "lr-subhead" }, WORDS.lossTitle), lossChart.el, legend.loss),
            pathChart &&
              section(
                "path",
                WORDS.pathTitle,
                h("div", { class: "lr-lab-path-head" }, h("p", { class: "lr-subhead" }, WORDS.pathTitle), axesChoice.el),
                pathChart.el,
                legend.path,
              ),
          ),
          player.el,
          gradient?.el,
          table?.el,
          h("div", { class: "lr-lab-foot" }, address.owned ? [copyButton, parts.copied] : null),
        ),
      ),
    ),
    voice.el,
  );
  if (!shown.includes("lr")) scan.stop();

  // ---- drawing -----------------------------------------------------------------------------

  function showEngine(status, engine) {
    const text = WORDS.engines[status];
    say(parts.engine, typeof text === "function" ? text(engine) : text);
    put(parts.engine, { "data-status": status });
  }

  function show(newRun, newRan, newData) {
    run = newRun;
    ran = newRan;
    data = newData;
    verdict = outcome(run, data.bowl.floor, data.startLoss);
    player.go(firstAt ?? (atEnd ? run.steps : player.at));
    firstAt = null;
    drawRun();
  }

  function drawRun() {
    printedKey.hidden = ran.reshape_labels;
    lossChart?.drawRun({ run, settings: ran, startLoss: data.startLoss, verdict });
    pathChart?.drawRun({ run, data, goal, axes: AXES[settings.axes] });
    table?.drawRun();
    drawPosition();
  }

  // Parameters and loss on all data after `at` steps.
  function stateAt(at) {
    const theta = at === 0 ? data.start : [0, 1, 2].map((k) => run.params[3 * (at - 1) + k]);
    const whole = at > 0 && at % run.perEpoch === 0;
    const loss = whole ? run.trueLosses[at / run.perEpoch - 1] : Math.fround(data.bowl.loss(theta));
    const printed = whole && !ran.reshape_labels ? run.epochLosses[at / run.perEpoch - 1] : null;
    return { at, epoch: Math.max(1, Math.ceil(at / run.perEpoch)), theta, loss, printed };
  }

  function drawPosition() {
    const now = stateAt(player.at);
    lossChart?.drawPosition(now);
    pathChart?.drawPosition(now);
    gradient?.draw(now);
    table?.drawNow(now);
    const kind = now.at === run.steps ? WORDS.kinds[verdict.kind] : "";
    const sentence = WORDS.sentence({
      epoch: now.epoch,
      step: now.at,
      loss: lossText(now.loss),
      printed: now.printed === null ? "" : lossText(now.printed),
      w1: fixed(now.theta[0], 3),
      w2: fixed(now.theta[1], 3),
      b: fixed(now.theta[2], 3),
      kind,
    });
    const event = WORDS.divergence(verdict);
    say(parts.sentence, sentence);
    say(parts.event, event);
    put(parts.sentence, { "data-kind": now.at === run.steps ? verdict.kind : "" });
    if (!player.running) voice.say(event ? `${sentence}; ${event}` : sentence);
  }

  const lossText = (loss) => (loss >= 1e-5 && loss < 0.1 ? loss.toFixed(loss < 1e-3 ? 6 : 4) : short(loss));

  function createGradientTable() {
    const title = h("p", { class: "lr-subhead" });
    const rows = WORDS.parameters.map((name) =>
      h("tr", {}, h("th", { scope: "row" }, name), ...[0, 1, 2, 3, 4].map(() => h("td"))),
    );
    const head = h("tr", {}, WORDS.gradientColumns.map((text) => (text ? h("th", { scope: "col" }, text) : h("td"))));
    const lost = h("p", { class: "lr-note" });
    const grid = h("table", { class: "lr-table" }, h("thead", {}, head), h("tbody", {}, rows));
    const box = scrolling("", grid);
    const el = section("gradient", "", title, box, lost);
    const cell = (row, column, text) => say(rows[row].children[column + 1], text);
    function draw({ at }) {
      say(title, at ? WORDS.gradientTitle(at) : WORDS.gradientNone);
      put(el, { "aria-label": title.textContent });
      put(box, { "aria-label": title.textContent });
      const t = at - 1;
      const size = Math.min(ran.batch_size, ran.num_examples - (t % run.perEpoch) * ran.batch_size);
      for (let k = 0; k < 3; k++) {
        if (at === 0) {
          for (let c = 0; c < 5; c++) cell(k, c, c === 0 || c === 4 ? "None" : "–");
          continue;
        }
        const grad = run.grads[3 * t + k];
        const before = t === 0 || ran.clear_gradients ? 0 : run.grads[3 * (t - 1) + k];
        const taken = (-ran.lr * grad) / (ran.divide_by_batch_size ? size : 1);
        cell(k, 0, t === 0 ? "None" : short(before));
        cell(k, 1, short(grad - before));
        cell(k, 2, short(grad));
        cell(k, 3, short(taken));
        cell(k, 4, ran.clear_gradients ? "0" : short(grad));
      }
      say(lost, ran.update === "rebind" ? WORDS.notApplied : "");
    }
    return { el, draw };
  }

  function createEpochTable() {
    const head = h("tr", {}, WORDS.tableColumns.map((text) => h("th", { scope: "col" }, text)));
    const body = h("tbody");
    const nowRow = makeRow();
    nowRow.className = "lr-lab-now";
    const grid = h("table", { class: "lr-table" }, h("thead", {}, head), body, h("tfoot", {}, nowRow));
    const el = section(
      "table",
      WORDS.tableTitle,
      h("p", { class: "lr-subhead" }, WORDS.tableTitle),
      scrolling(WORDS.tableTitle, grid),
    );
    function makeRow() {
      return h("tr", {}, h("th", { scope: "row" }), ...WORDS.tableColumns.slice(1).map(() => h("td")));
    }
    function fill(row, first, { at, theta, loss }) {
      const texts = [
        first,
        String(at),
        lossText(loss),
        ...theta.map((v) => fixed(v, 4)),
        ...theta.map((v, k) => short(v - goal[k], 2)),
      ];
      texts.forEach((text, i) => say(row.children[i], text));
    }
    return {
      el,
      drawRun() {
        const epochs = run.trueLosses.length;
        while (body.children.length < epochs + 1) body.append(makeRow());
        while (body.children.length > epochs + 1) body.lastChild.remove();
        for (let e = 0; e <= epochs; e++) fill(body.children[e], String(e), stateAt(e * run.perEpoch));
      },
      drawNow(now) {
        fill(nowRow, WORDS.now, now);
      },
    };
  }

  // ---- the scan over learning rates, when nothing else is to do --------------------------------

  let scanKey = "";
  function scanSoon() {
    if (!shown.includes("lr")) return;
    const { lr: _, axes: __, ...rest } = settings;
    const key = JSON.stringify(rest);
    if (key === scanKey) return;
    scanKey = key;
    const here = dataFor(settings);
    const frozen = { ...settings };
    scan.start({
      endLoss: (lr) => trainHere({ ...frozen, lr }, here, { record: false }).trueLosses.at(-1),
      startLoss: here.startLoss,
      floor: here.bowl.floor,
      rateAt,
    });
  }

  // ---- life --------------------------------------------------------------------------------

  function linkState() {
    const state = { ...settings, axes: settings.axes.replace(",", "-") };
    if (!atEnd) state.at = player.at;
    return state;
  }

  const sized = new ResizeObserver(() => {
    scan.resize();
    const grew = [lossChart, pathChart].map((chart) => chart?.resize());
    if (run && grew.some(Boolean)) drawRun();
  });
  for (const chart of [lossChart, pathChart]) if (chart) sized.observe(chart.el);
  sized.observe(controls.lr.el);

  if (details) details.open = root.clientWidth >= 560 || root.clientWidth === 0;

  const fromPython = () => {
    settings = fromModel();
    changed();
  };
  for (const name of [...SETTINGS, "axes"]) model.on(`change:${name}`, fromPython);

  showEngine(kernel.status, kernel.engine);
  showControls();
  lossChart?.resize();
  pathChart?.resize();
  scan.resize();
  computeHere();
  scanSoon();

  return () => {
    cancelAnimationFrame(frame);
    cancelAnimationFrame(moveFrame);
    sized.disconnect();
    player.stop();
    scan.stop();
    voice.stop();
    address.stop();
    kernel.stop();
    for (const name of [...SETTINGS, "axes"]) model.off(`change:${name}`, fromPython);
    root.remove();
  };
}

export default { render };
