// What is being loaded, how far it is, and what went wrong with it.
//
//   const loading = createLoading(computer, announce);
//   loading.el;  loading.begin() -> a promise of true, or false where it failed
//   loading.foretell()   says what a first run would load
//
// computer(): who runs programs (computers.js); announce(text): for those who listen to the page.
import { button, freshId, h, put, say } from "../js/dom.js";
import { marked } from "./marked.js";
import { EDITOR_WORDS } from "./words.js";

export function createLoading(computer, announce) {
  const id = freshId("loading");
  const bar = h("progress", { max: 1, value: 0, "aria-labelledby": id });
  const percent = h("span", { class: "lr-loading-percent", "aria-hidden": "true" });
  const progress = h("p", { class: "lr-loading-bar", hidden: true }, h("span", { id }, EDITOR_WORDS.loading), " ", bar, " ", percent);
  const text = h("p", { class: "lr-note" });
  const again = button({ label: EDITOR_WORDS.retry, onClick: begin });
  const el = h("div", { class: "lr-loading", hidden: true }, text, progress, again);
  let started = null;

  // Says what a first run will load, before anything is.
  function foretell() {
    const needs = computer().needs > 0;
    put(el, { hidden: !needs && !computer().obstacle });
    put(again, { hidden: true });
    const size = EDITOR_WORDS.megabytes(computer().needs);
    text.replaceChildren(...marked(computer().obstacle || (needs ? EDITOR_WORDS.loads(size, computer().name) : "")));
  }

  function begin() {
    started ??= load().finally(() => (started = null));
    return started;
  }

  async function load() {
    foretell();
    if (computer().obstacle) return false;
    if (computer().needs === 0) return true;
    put(progress, { hidden: false });
    announce(`${text.textContent} ${EDITOR_WORDS.loading} …`);
    try {
      await computer().prepare((fraction) => {
        bar.value = fraction;
        say(percent, EDITOR_WORDS.percent(fraction));
      });
    } catch (failure) {
      say(text, failure.text ?? String(failure));
      announce(text.textContent);
      put(progress, { hidden: true });
      put(again, { hidden: false });
      return false;
    }
    put(progress, { hidden: true });
    put(el, { hidden: true });
    announce(EDITOR_WORDS.ready);
    return true;
  }

  foretell();
  return { el, begin, foretell };
}
