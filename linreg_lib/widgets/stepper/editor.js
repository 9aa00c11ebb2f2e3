// "Edit": puts the program editor in the place of the listing. The editor itself is loaded at the
// first press: by a script of the page's, or from the text that a kernel's model carries.
//
//   const editor = createEditor({ title, parts, shareable, store, onResult, onOriginal });
//   editor.el                      the editor with its buttons, and what an error means
//   editor.offer(make)             make(parts) gives who would run a program (editing/computers.js);
//                                  null: nobody
//   editor.set(code, original)     the program that is shown; original: it is as the book has it
//   editor.onToggle(open);  editor.stop()
//
// title: of one of two programs, or null; parts(): a promise of what editing.js exports; shareable:
// the program runs by itself, elsewhere too; store: keeps what the reader writes (js/store.js), or
// null.
import { button, h, put, say } from "../js/dom.js";
import { playgroundLink } from "./playground_link.js";
import { WORDS } from "./words.js";

export async function editingParts(text) {
  if (window.linregEditing) return window.linregEditing();
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const module = await import(url);
  URL.revokeObjectURL(url);
  return module.default;
}

export function createEditor({ title, parts, shareable, store = null, onResult, onOriginal }) {
  let offered = null;
  let computer = null;
  let code = "";
  let panel = null;
  let isOriginal = true;
  const place = h("div", { hidden: true });
  const editButton = button({ label: WORDS.edit, kind: "lr-quiet", onClick: edit });
  const originalButton = button({ label: WORDS.original, kind: "lr-quiet", onClick: toOriginal });
  const link = shareable ? playgroundLink() : null;
  const status = h("p", { class: "lr-error", role: "alert" });
  const note = h("p", { class: "lr-hint" });
  const buttons = h("div", { class: "lr-editor-buttons" }, editButton, originalButton, link?.el);
  const outcome = h("div", {});
  const el = h("div", { class: "lr-editor" }, place, status, buttons, note, outcome);
  const editor = { el, onToggle() {}, offer, set, stop };

  async function edit() {
    if (!panel) {
      say(status, "");
      say(editButton, WORDS.opening);
      try {
        panel = build(await parts());
      } catch {
        say(status, WORDS.notOpened);
        return;
      } finally {
        say(editButton, WORDS.edit);
      }
    }
    panel.editor.set(kept() ?? code);
    open(true);
    panel.editor.focus();
    panel.prepare();
  }

  function build(loaded) {
    const shown = loaded.createOutcome({ name: WORDS.file, still: true });
    const now = () => (computer ??= offered?.(loaded) ?? nobody);
    const made = loaded.createPanel({ title, computer: now, outcome: shown, onResult: take, onInput: store && typed, onClose: close });
    place.replaceChildren(made.el);
    outcome.replaceChildren(shown.el);
    return { ...made, outcome: shown, now };
  }
  // What the reader wrote last, here or before the page was left; null where it is what is shown.
  function kept() {
    const entry = store?.read();
    return entry && entry.code !== code ? entry.code : null;
  }

  let saving = null;
  function typed() {
    clearTimeout(saving);
    saving = setTimeout(save, 400);
  }
  function save() {
    if (saving === null) return;
    clearTimeout(saving);
    saving = null;
    store.write(panel.editor.value());
  }
  if (store) window.addEventListener("pagehide", save);

  const nobody = { name: "", obstacle: WORDS.lost, needs: 0, stop: null };

  function take({ recording }) {
    if (!recording) return; // refused: the figure stays as it is
    onResult(recording);
    if (!recording.error) close();
  }

  function toOriginal() {
    panel?.outcome.clear();
    clearTimeout(saving);
    saving = null;
    store?.forget();
    onOriginal();
    close();
  }

  function open(yes) {
    put(place, { hidden: !yes });
    put(editButton, { hidden: yes || !offered });
    editor.onToggle(yes);
  }

  function close() {
    const inside = el.contains(document.activeElement) || document.activeElement === document.body;
    save();
    open(false);
    describe();
    if (inside) editButton.focus();
  }

  // A reader in the middle of an edit keeps the text even if the kernel went away.
  function offer(make) {
    offered = make;
    computer = null;
    put(editButton, { hidden: make === null || !place.hidden });
    describe();
    panel?.refresh();
  }

  function set(text, original) {
    code = text;
    isOriginal = original;
    describe();
    link?.set(text);
  }

  // An edit from another visit is not run by itself: the reader is told where it is.
  function describe() {
    const other = place.hidden && kept() !== null;
    put(originalButton, { hidden: isOriginal && !other });
    say(note, other && offered ? WORDS.kept : "");
  }

  function stop() {
    save();
    window.removeEventListener("pagehide", save);
    if (panel?.busy()) panel.now().stop?.();
  }

  offer(null);
  return editor;
}
