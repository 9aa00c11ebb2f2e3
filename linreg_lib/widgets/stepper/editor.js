// With a kernel: "Edit" puts a text field in the place of the listing.
import { button, freshId, h, put, say } from "../js/dom.js";
import { WORDS } from "./words.js";

export function createEditor() {
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
