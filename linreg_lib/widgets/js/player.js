// Play, pause, step and reset over positions 0..length, and a slider to scrub them.
//
//   const player = createPlayer({ words, length: () => 300, onMove: (at) => draw(at), seconds: 6 });
//   el.append(player.el);  player.at;  player.go(120);  player.refresh();  player.stop();
//
// words: { play, pause, step, reset, position }: labels; with { first, previous, next, last } in
// place of step and reset, those buttons. positionText(at) is the slider's value in words. A whole
// run plays in `seconds`, whatever its length (short ones at most `slowest` milliseconds a
// position). With reduced motion it goes in `calmStops` jumps instead; null: where each position
// is a still picture, it plays as ever.
// `go` moves without telling onMove; everything the reader does, and `move`, tells it. Any value
// is taken, as it may come out of an address: to the nearest position, and no number to 0.
// In a hidden tab a run waits.
import { button, h, put, say, slider } from "./dom.js";
import { clamp } from "./scales.js";

const LONGEST_FRAME = 100; // milliseconds: a longer pause between frames is none of the run's

export function prefersCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export function createPlayer({
  words,
  length,
  onMove,
  seconds = 6,
  slowest = 1000,
  calmStops = 6,
  positionText = (at) => String(at),
}) {
  let at = 0;
  let timer = null;
  let frame = null;

  const playButton = button({ label: words.play, kind: "lr-play", onClick: () => (running() ? pause() : play()) });
  const jump = (label, to, kind) => button({ label, kind, onClick: () => (pause(), move(to())) });
  const buttons = words.next
    ? [
        jump(words.first, () => 0),
        jump(words.previous, () => at - 1),
        jump(words.next, () => at + 1, "lr-next"),
        jump(words.last, length),
        playButton,
      ]
    : [playButton, jump(words.step, () => at + 1), jump(words.reset, () => 0)];
  const scrubber = slider({
    label: words.position,
    min: 0,
    max: 1,
    onInput: (value) => (pause(), move(value)),
  });
  const el = h("div", { class: "lr-player" }, h("div", { class: "lr-buttons" }, buttons), scrubber.el);

  // Milliseconds a position: short runs are not stretched beyond `slowest` each.
  const pace = () => Math.min(slowest, (seconds * 1000) / Math.max(length(), 1));
  const running = () => timer !== null || frame !== null;
  const position = (to) => clamp(Math.round(to) || 0, 0, length());

  function show() {
    const end = length();
    put(scrubber.input, { max: Math.max(end, 1) });
    scrubber.set(at, positionText(at));
    say(playButton, running() ? words.pause : words.play);
  }

  function move(to) {
    at = position(to);
    if (at >= length()) pause();
    show();
    onMove(at);
  }

  function play() {
    if (length() === 0) return;
    const start = at >= length() ? 0 : at;
    if (calmStops !== null && prefersCalm()) {
      const stride = Math.max(1, Math.ceil(length() / calmStops));
      timer = setInterval(() => document.hidden || move(at + stride), (seconds * 1000) / calmStops);
      move(start);
      return;
    }
    let last = performance.now();
    let passed = 0;
    const tick = (now) => {
      passed += clamp(now - last, 0, LONGEST_FRAME) / pace();
      last = now;
      const to = start + Math.floor(passed);
      frame = requestAnimationFrame(tick);
      if (to !== at) move(to);
    };
    frame = requestAnimationFrame(tick);
    move(start);
  }

  function pause() {
    clearInterval(timer);
    cancelAnimationFrame(frame);
    timer = frame = null;
    say(playButton, words.play);
  }

  return {
    el,
    get at() {
      return at;
    },
    get running() {
      return running();
    },
    go(to) {
      at = position(to);
      show();
    },
    move: (to) => (pause(), move(to)),
    refresh: show,
    play,
    stop: pause,
  };
}
