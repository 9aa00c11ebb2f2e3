// The training lab: hyperparameters on one side, what training does with them on the other.
//
// One way through: a control changes the session's settings -> the computer makes a run -> `show`
// draws it -> `move` draws the position in it. The engine in this page and PyTorch in a kernel give
// the same run, so all drawing is common. lab/ holds one idea a file.
import { copyText, pageAddress } from "./js/address.js";
import { announcer } from "./js/announcer.js";
import { button, h, put, say } from "./js/dom.js";
import { fill } from "./js/fill.js";
import { createPlayer, prefersCalm } from "./js/player.js";
import { createComputer } from "./lab/computer.js";
import { createControls } from "./lab/controls.js";
import { createFigures } from "./lab/figures.js";
import { createMoving, whenSeen } from "./lab/moving.js";
import { outcome } from "./lab/outcome.js";
import { createProblems, momentOf } from "./lab/problems.js";
import { createRateCurve } from "./lab/rate_curve.js";
import { createReadouts } from "./lab/readouts.js";
import { createSession } from "./lab/session.js";
import { positionOf } from "./lab/settings.js";
import { wordsFor } from "./lab/words.js";

const TRIED = 100; // hundredths of a decade: who has seen so wide a range of rates has tried

function render({ model, el }) {
  const truth = { w: model.get("true_w"), b: model.get("true_b") };
  const words = wordsFor(model.get("data"));
  const names = words.parameters[truth.w.length];
  const goal = [truth.w[0], truth.w[1] ?? 0, truth.b];
  const root = h("div", { class: "lr-widget lr-lab" });
  el.append(root);

  const address = pageAddress(el, model.get("address"));
  const session = createSession(model, address, { onPython: (part) => change(part) });
  const problems = createProblems(truth, model.get("data"));
  const curve = createRateCurve(words, problems);
  const controls = createControls({
    words,
    shown: model.get("controls"),
    presets: model.get("presets"),
    buttons: model.get("buttons"),
    names,
    rate: curve,
    onChange: change,
  });
  const readouts = createReadouts(words, names, goal);
  const figures = createFigures({ words, views: model.get("views"), names, goal, seek, axes: controls.axes });
  const voice = announcer();
  const player = createPlayer({
    words,
    length: () => shown?.run.steps ?? 0,
    positionText: (at) => fill(words.at, { at, steps: shown?.run.steps ?? 0 }),
    onMove: moved,
  });
  const link = createLink(words, address, () => session.state(position()));
  const page = layOut(root, { title: model.get("title") || words.title, controls, readouts, figures, player, voice, link });

  // ---- what is shown ---------------------------------------------------------------------------

  // Below a question nothing is given away: of the run only what the reader has played.
  const opensAtStart = model.get("predict");
  let hidden = opensAtStart && session.firstAt === null;
  let atEnd = !opensAtStart && session.firstAt === null;
  let firstAt = session.firstAt ?? (atEnd ? null : 0);
  let shown = null;
  let frame = null;

  // The position for the address; null where the figure opens at it.
  function position() {
    if (opensAtStart) return player.at === 0 ? null : player.at;
    return atEnd ? null : player.at;
  }

  function show(run, ran, data) {
    const { axes } = session.settings;
    shown = { run, ran, data, goal, axes, verdict: outcome(run, data.bowl.floor, data.startLoss), upTo: run.steps };
    player.go(firstAt ?? (atEnd ? run.steps : player.at));
    firstAt = null;
    drawRun();
    showBusy();
  }

  function drawRun() {
    shown.upTo = hidden ? player.at : shown.run.steps;
    readouts.drawRun(shown);
    figures.drawRun(shown);
    drawPosition();
  }

  function drawPosition() {
    shown.now = momentOf(shown, player.at);
    figures.drawPosition(shown.now);
    readouts.drawPosition(shown.now);
    if (player.running) return;
    voice.say(readouts.spoken);
    rest();
  }

  // What waits for a pause: the tables out of sight.
  let pause = null;
  function rest() {
    clearTimeout(pause);
    pause = setTimeout(figures.finish, 150);
  }

  // ---- what the reader does ----------------------------------------------------------------------

  // Several inputs may come before one frame: it computes or draws once for all of them, and the
  // page is laid out once.
  const due = { compute: false };
  function soon(compute) {
    due.compute ||= compute;
    frame ??= requestAnimationFrame(() => {
      frame = null;
      if (due.compute) {
        showControls();
        computer.compute(session.settings);
      } else if (hidden) drawRun();
      else drawPosition();
      due.compute = false;
      showBusy();
    });
  }

  function moved() {
    atEnd = player.at === shown.run.steps;
    if (atEnd && hidden) {
      hidden = false;
      drawRun();
    }
    if (atEnd) plays = false;
    if (!plays) address.write(session.state(position()));
    soon(false);
  }

  function seek(at) {
    player.stop();
    player.go(at);
    moved();
  }

  function change(part) {
    if (plays || hidden) {
      player.stop();
      atEnd = true;
      hidden = plays = false;
    }
    moving.touch();
    session.change(part);
    address.write(session.state(position()));
    soon(true);
    showBusy();
  }

  const tried = { low: Infinity, high: -Infinity };
  const moving = createMoving(root, {
    onStart() {
      put(root, { "data-moving": true });
      figures.drawGhost(shown);
    },
    onRest() {
      put(root, { "data-moving": false });
      session.save();
      if (tried.high - tried.low >= TRIED) curve.reveal();
    },
  });

  function showControls() {
    const { settings } = session;
    controls.show(settings);
    curve.follow(settings);
    const at = positionOf(settings.lr);
    tried.low = Math.min(tried.low, at);
    tried.high = Math.max(tried.high, at);
  }

  // ---- who computes --------------------------------------------------------------------------------

  function showEngine(status, engine) {
    say(page.engine, fill(words.engines[status], { engine }));
    put(page.engine, { "data-status": status });
  }

  // Until the picture is that of the settings: the newest question is asked, waits, or will be.
  function showBusy() {
    put(page.engine, { "aria-busy": String(due.compute || computer.busy) });
  }

  const computer = createComputer(model, problems, {
    onRun: show,
    onStatus: showEngine,
    onError: (text) => say(page.error, text),
  });

  // ---- life ------------------------------------------------------------------------------------------

  const resized = () => {
    curve.resize();
    if (figures.resize() && shown) drawRun();
  };
  const sized = new ResizeObserver(resized);
  for (const one of [...figures.elements, controls.rate]) sized.observe(one);

  // A run that plays by itself does so once, when it is seen, until the reader does something.
  let plays = model.get("autoplay") && !session.linked && !prefersCalm();
  let unseen = () => {};
  if (plays) {
    hidden = true;
    atEnd = false;
    firstAt = 0;
    unseen = whenSeen(figures.charts, () => plays && player.play());
    for (const name of ["pointerdown", "keydown"]) player.el.addEventListener(name, () => (plays = false), { once: true });
  }

  showEngine("none", "");
  showControls();
  controls.unfold(root.clientWidth);
  resized();
  computer.here(session.settings);

  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(pause);
    sized.disconnect();
    unseen();
    for (const part of [player, curve, voice, moving, figures, address, session, computer]) part.stop();
    root.remove();
  };
}

// The button that copies a link to what is shown, and what became of it.
function createLink(words, address, state) {
  const note = h("span", { class: "lr-note", role: "status" });
  const copy = button({
    label: words.copy,
    kind: "lr-small",
    onClick: async () => {
      say(note, (await copyText(address.link(state()))) ? words.copied : words.notCopied);
      setTimeout(() => say(note, ""), 3000);
    },
  });
  return { el: h("div", { class: "lr-lab-foot" }, address.owned ? [copy, note] : null) };
}

function layOut(root, { title, controls, readouts, figures, player, voice, link }) {
  const engine = h("span", { class: "lr-engine" });
  const error = h("p", { class: "lr-error", role: "alert" });
  root.append(
    h(
      "div",
      { class: "lr-frame" },
      h("div", { class: "lr-head" }, h("span", { class: "lr-title" }, title), engine),
      h(
        "div",
        { class: "lr-lab-body" },
        controls.main,
        h("div", { class: "lr-lab-main" }, error, figures.charts, readouts.el, player.el),
        controls.more,
        h("div", { class: "lr-lab-rest" }, figures.tables, link.el),
      ),
    ),
    voice.el,
  );
  return { engine, error };
}

export default { render };
