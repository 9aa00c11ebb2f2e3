// A program that can be edited and run: the editor, its buttons, what is loaded, what came of it.
//
//   const panel = createPanel({ title, computer, onResult, onInput, onClose, outcome });
//   panel.el;  panel.editor;  panel.run();  panel.prepare();  panel.busy();  panel.refresh()
//
// computer(): who runs programs now (computers.js); a kernel may come and go, then: panel.refresh().
// title: of one of two programs, or null; outcome: where hints and refusals are shown (outcome.js);
// onResult({ recording, refused, hint, shift, code }): the program has run, or was refused (then
// there is no recording); onClose: null where the panel is always open.
import { button, h, put, say } from "../js/dom.js";
import { createCodeEditor } from "./code_editor.js";
import { createLoading } from "./loading.js";
import { PANEL_CSS } from "./panel.css";
import { injectStyle } from "./style.js";
import { EDITOR_WORDS } from "./words.js";

export function createPanel({ title = null, computer, outcome, onResult, onInput = null, onClose = null, rows = 5 }) {
  injectStyle("lr-panel-style", PANEL_CSS);
  const voice = h("p", { class: "lr-sr-only", role: "status" });
  const announce = (text) => say(voice, text);
  const editor = createCodeEditor({ label: title ? EDITOR_WORDS.labelOf(title) : EDITOR_WORDS.label, rows, onRun: run, onInput });
  const loading = createLoading(computer, announce);
  const runButton = button({ label: EDITOR_WORDS.run, kind: "lr-next", onClick: run });
  const stopButton = button({ label: EDITOR_WORDS.stop, onClick: stop });
  const closeButton = onClose && button({ label: EDITOR_WORDS.close, onClick: onClose });
  const buttons = h("div", { class: "lr-buttons" }, runButton, stopButton, closeButton);
  const el = h("div", { class: "lr-panel" }, editor.el, loading.el, buttons, voice);
  let busy = false;
  let stopped = false; // while it was still loading

  function work(yes) {
    busy = yes;
    // Not disabled: the focus would be lost.
    put(runButton, { "aria-disabled": yes || computer().obstacle ? "true" : null });
    say(runButton, yes ? EDITOR_WORDS.running : EDITOR_WORDS.run);
    const held = document.activeElement === stopButton;
    put(stopButton, { hidden: !yes || !computer().stop });
    if (held && !yes) editor.focus();
  }

  function stop() {
    stopped = true;
    computer().stop();
  }

  async function run() {
    if (busy || computer().obstacle) return;
    const code = editor.value();
    stopped = false;
    work(true);
    editor.mark(null, "");
    outcome.clear();
    try {
      if (!(await loading.begin())) return;
      if (stopped) throw { kind: "stopped", text: EDITOR_WORDS.stopped };
      report(await computer().run(code), code);
    } catch (failure) {
      editor.mark(null, failure.text ?? String(failure));
      announce(failure.text ?? String(failure));
    } finally {
      work(false);
    }
  }

  function report(result, code) {
    const { recording, refused, hint, shift = 0 } = result;
    const error = recording?.error ?? null;
    const line = (error?.line ?? refused?.line ?? 0) + shift;
    if (refused) {
      outcome.refuse(refused, code);
      editor.mark(line > shift ? line : null, "", "refused");
      announce(outcome.el.textContent);
    } else if (error) {
      const text = `${error.type}: ${error.message}`;
      editor.mark(line > shift ? line : null, line > shift ? EDITOR_WORDS.line(line, text) : text);
      if (hint) outcome.hint(hint);
      announce(`${EDITOR_WORDS.ranInto(text)} ${outcome.el.textContent}`);
    } else announce(EDITOR_WORDS.ran);
    onResult({ ...result, code });
  }

  work(false);
  return {
    el,
    editor,
    run,
    prepare: loading.begin,
    busy: () => busy,
    refresh() {
      loading.foretell();
      if (!busy) work(false);
    },
  };
}
