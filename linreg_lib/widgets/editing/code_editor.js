// A field to write Python in.
//
//   const editor = createCodeEditor({ label, code, onRun, onInput });
//   editor.el;  editor.value();  editor.set(code);  editor.mark(line, text);  editor.focus()
//   editor.replace(code)  as if typed: undo brings the text back
//   editor.goTo(line)     the cursor goes to a line's end
//   editor.locked(yes)    read only
//
// It is a native textarea: screen readers, phones, spelling of one's own keyboard, undo and selection
// work as everywhere. Its letters are transparent; a layer behind it draws the same text in color,
// with the lines' numbers, and gives the field its height. (CodeMirror 6 would do more and weigh
// twenty times as much; it would need a bundler, and on phones it is the poorer field.)
import { freshId, h, put, say } from "../js/dom.js";
import { CODE_EDITOR_CSS } from "./code_editor.css";
import { highlight } from "./highlight.js";
import { injectStyle } from "./style.js";
import { backspace, comment, dedent, indent, newline } from "./typing.js";
import { EDITOR_WORDS } from "./words.js";

export function createCodeEditor({ label = EDITOR_WORDS.label, code = "", rows = 5, onRun = null, onInput = null }) {
  injectStyle("lr-code-editor-style", CODE_EDITOR_CSS);
  const [id, keysId, errorId] = ["program", "keys", "error"].map(freshId);
  const layer = h("div", { class: "lr-code-layer", "aria-hidden": "true" });
  const area = h("textarea", {
    id,
    class: "lr-code-area",
    rows,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    autocorrect: "off",
    "aria-describedby": keysId,
    onkeydown: onKey,
    oninput: () => (paint(), unmark(), onInput?.(area.value)),
    onblur: () => (leaving = false),
  });
  const box = h("div", { class: "lr-code-box" }, layer, area);
  const error = h("p", { class: "lr-error", id: errorId });
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const keys = h("p", { class: "lr-hint lr-code-keys", id: keysId }, EDITOR_WORDS.keys(mac ? "⌘" : "Ctrl+", onRun !== null));
  const el = h("div", { class: "lr-code-editor" }, h("label", { for: id }, label), box, error, keys);
  let leaving = false; // Escape was pressed: the next Tab leaves the field
  let marked = null;
  let drawn = []; // what each line of the layer shows

  function paint() {
    const lines = highlight(area.value).map((words) => ({ words, key: JSON.stringify(words) }));
    lines.forEach(({ words, key }, i) => {
      if (drawn[i] === key) return;
      const line = h("div", { class: "lr-code-line" }, words.map(([kind, text]) => (kind ? h("span", { class: `lr-py-${kind}` }, text) : text)));
      if (layer.children[i]) layer.children[i].replaceWith(line);
      else layer.append(line);
    });
    while (layer.children.length > lines.length) layer.lastChild.remove();
    drawn = lines.map(({ key }) => key);
  }

  // An edit that undo can take back.
  function apply(edit) {
    area.setSelectionRange(edit.from, edit.to);
    const command = edit.insert === "" ? "delete" : "insertText";
    if (edit.from !== edit.to || edit.insert !== "") {
      const done = document.activeElement === area && document.execCommand(command, false, edit.insert);
      if (!done) {
        area.setRangeText(edit.insert, edit.from, edit.to);
        area.dispatchEvent(new Event("input"));
      }
    }
    area.setSelectionRange(edit.start, edit.end);
  }

  function onKey(event) {
    event.stopPropagation(); // Jupyter and the page have shortcuts of their own
    if (event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    const out = leaving;
    leaving = event.key === "Escape" || (leaving && ["Shift", "Control", "Alt", "Meta"].includes(event.key));
    if (event.key === "Enter" && control && onRun) {
      event.preventDefault();
      onRun();
      return;
    }
    const act = action(event, control, out);
    const edit = act && !area.readOnly ? act(area.value, area.selectionStart, area.selectionEnd) : null;
    if (edit || (act && event.key === "Tab")) event.preventDefault();
    if (edit) apply(edit);
  }

  function action(event, control, out) {
    if (event.altKey) return null;
    if (control) return event.key === "/" ? comment : null;
    if (event.key === "Tab") return out ? null : event.shiftKey ? dedent : indent;
    if (event.shiftKey) return null;
    return { Enter: newline, Backspace: backspace }[event.key] ?? null;
  }

  function unmark() {
    put(area, { "aria-invalid": null });
    if (marked) marked.classList.remove("lr-code-wrong", "lr-code-refused");
    marked = null;
  }

  // Says what is wrong, and at which line (1-based, or null); mark(null, "") takes it back. kind: "wrong", or
  // "refused", where the fault is not the program's. When the reader types, the line's mark goes, since lines move; the words stay until the next run.
  function mark(line, text, kind = "wrong") {
    unmark();
    say(error, text);
    put(area, { "aria-describedby": text ? `${errorId} ${keysId}` : keysId, "aria-invalid": text ? "true" : null });
    marked = (line && layer.children[line - 1]) || null;
    if (!marked) return;
    marked.classList.add(`lr-code-${kind}`);
    const low = marked.offsetTop + marked.offsetHeight - box.clientHeight;
    box.scrollTop = Math.max(low, Math.min(box.scrollTop, marked.offsetTop));
  }

  function set(text) {
    if (area.value !== text) {
      area.value = text;
      area.setSelectionRange(0, 0);
      box.scrollTop = 0;
    }
    paint();
    mark(null, "");
  }

  set(code);
  return {
    el,
    area,
    value: () => area.value,
    set,
    replace(text) {
      area.focus();
      apply({ from: 0, to: area.value.length, insert: text, start: 0, end: 0 });
      box.scrollTop = 0;
      mark(null, "");
    },
    mark,
    focus: () => area.focus(),
    goTo(line) {
      const end = area.value.split("\n").slice(0, line).join("\n").length;
      area.focus();
      area.setSelectionRange(end, end);
    },
    locked: (yes) => (area.readOnly = yes),
  };
}
