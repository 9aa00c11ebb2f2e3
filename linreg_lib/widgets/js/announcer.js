// Says in words what a widget shows, to those who listen to the page.
//
//   const voice = announcer();  el.append(voice.el);  voice.say("epoch 3, ...");  voice.stop();
//
// A visible sentence may change with every pixel of a drag; a live region that did so would talk
// without end. So the region gets only what has stood still for `calm` milliseconds.
import { h, say } from "./dom.js";

export function announcer(calm = 500) {
  const el = h("div", { class: "lr-sr-only", role: "status", "aria-live": "polite" });
  let timer = null;
  return {
    el,
    say(text) {
      clearTimeout(timer);
      timer = setTimeout(() => say(el, text), calm);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
