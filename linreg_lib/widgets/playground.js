// The playground: a program of one's own, run in the page, stepped through, sent as a link.
//
// State of the model: programs ([{ name, group, title, code, page, colab }], those of the book; in the
// menu where they have a group), chapters ([{ page, title, colab, cells }]; a cell with those before it
// is a program, PAGE/NUMBER) and opening (the program of an empty start). A program that came with a
// link is shown and waits.
import { copyText } from "./js/address.js";
import { button, freshId, h, put, say } from "./js/dom.js";
import { pageComputer } from "./editing/computers.js";
import { createOutcome } from "./editing/outcome.js";
import { createPanel } from "./editing/panel.js";
import { LONGEST_LINK } from "./editing/share.js";
import { takeAway } from "./editing/take_away.js";
import { fragmentOf, readFragment } from "./playground/link.js";
import { createResults } from "./playground/results.js";
import { programStore } from "./js/store.js";
import { PLAY_WORDS } from "./playground/words.js";

const LIMITS = { max_steps: 1000, max_seconds: 20 };

const ofCells = ({ page, title, colab, cells }) =>
  cells.map((_, i) => {
    const code = `${cells.slice(0, i + 1).join("\n\n")}\n`;
    return { name: `${page}/${i + 1}`, group: null, title, code, page: `${page}.html`, colab };
  });

function render({ model, el }) {
  const programs = [...model.get("programs"), ...model.get("chapters").flatMap(ofCells)];
  const opening = model.get("opening");
  const python = window.linregPython;
  const nobody = { name: "", obstacle: PLAY_WORDS.absent, needs: 0, stop: null };
  const computer = python && python.status !== "absent" ? pageComputer(python, LIMITS) : nobody;
  const root = window.linregEditing?.root ?? new URL("../", location.href).href;
  const store = programStore(`linreg-playground ${new URL(root).pathname}`);

  let linkedView = null; // where a link says to stand, once its program has run
  let ran = null; // the code that the results belong to

  // The program of the book that this is, unchanged; or null.
  const ofBook = (text) => programs.find(({ code }) => code.trim() === text.trim()) ?? null;
  const bookProgram = () => ofBook(panel.editor.value());

  const outcome = createOutcome({ name: PLAY_WORDS.file, colab: (code) => ofBook(code)?.colab ?? null });
  const panel = createPanel({ computer: () => computer, outcome, onResult: take, onInput: edited, rows: 8 });
  const results = createResults();

  // The menu: a choice and a button, since a list that is gone through by keys must change nothing.
  const menuId = freshId("menu");
  const listed = programs.filter(({ group }) => group !== null);
  const groups = new Map(listed.map(({ group }) => [group, []]));
  for (const program of listed) groups.get(program.group).push(program);
  const menu = h(
    "select",
    { id: menuId },
    h("option", { value: "" }, PLAY_WORDS.empty),
    [...groups].map(([label, members]) => h("optgroup", { label }, members.map(({ name, title }) => h("option", { value: name }, title)))),
  );
  const open = button({ label: PLAY_WORDS.open, onClick: () => choose(menu.value) });
  const origin = h("p", { class: "lr-hint" });
  const notice = h("p", { class: "lr-note", role: "status" });
  const shown = h("input", { type: "text", readonly: true, hidden: true, "aria-label": PLAY_WORDS.copyByHand });
  const kept = h("span", {});
  const forget = button({ label: PLAY_WORDS.forget, kind: "lr-quiet", onClick: forgetIt });
  const before = button({ label: PLAY_WORDS.before, kind: "lr-quiet", onClick: bringBack });
  const copy = button({ label: PLAY_WORDS.copy, onClick: copyLink });
  const away = h("div", {});
  const frame = h(
    "div",
    { class: "lr-frame lr-playground" },
    h("div", { class: "lr-menu" }, h("div", { class: "lr-control lr-choice" }, h("label", { for: menuId }, PLAY_WORDS.menu), menu), open),
    origin,
    notice,
    panel.el,
    outcome.el,
    h("div", { class: "lr-keep" }, kept, forget, before),
    away,
    shown,
  );
  const top = h("div", { class: "lr-widget" }, frame);
  el.append(top, h("div", { class: "lr-widget lr-stepper-place" }, results.el));

  function take({ recording, code }) {
    ran = null;
    if (!recording) {
      results.clear();
      return;
    }
    results.show(recording, recording.engine, linkedView);
    ran = code;
    linkedView = null;
  }

  // Shows a program; `mine`: it is the reader's own, so that it is kept.
  function show(code, { mine = false, view = null, text = "" } = {}) {
    linkedView = view;
    panel.editor.set(code);
    outcome.clear();
    results.clear();
    ran = null;
    say(notice, text);
    if (mine) store.write(code);
    describe();
  }

  let saving = null;
  function edited(code) {
    if (!touched) {
      touched = true;
      leaveLink();
      store.replace(code);
    }
    linkedView = null;
    clearTimeout(saving);
    saving = setTimeout(save, 400);
    describe();
  }
  let touched = false; // the reader has changed what stands here, so that it is the one to keep
  function save() {
    clearTimeout(saving);
    saving = null;
    store.write(panel.editor.value());
    describe();
  }
  const saveNow = () => saving !== null && save();

  // The address no longer says what stands in the field.
  function leaveLink() {
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  }

  // What goes with the program that stands here now.
  function describe() {
    const known = bookProgram();
    const page = known?.page && h("a", { href: root + known.page }, known.title);
    origin.replaceChildren(...(page ? PLAY_WORDS.origin(page) : []));
    away.replaceChildren(takeAway({ code: panel.editor.value, name: known?.name.replace("/", "-") ?? PLAY_WORDS.file, colab: known?.colab ?? null, first: copy }).el);
    const entry = store.read();
    say(kept, !store.works ? PLAY_WORDS.notKept : touched ? PLAY_WORDS.kept : entry ? PLAY_WORDS.stillKept : "");
    put(forget, { hidden: entry === null });
    const other = touched ? entry?.before : entry?.code;
    put(before, { hidden: !other?.trim() || other === panel.editor.value() || programs.some(({ code }) => code === other) });
    put(shown, { hidden: true });
  }

  function choose(name) {
    saveNow();
    touched = false;
    leaveLink();
    show(name === "" ? opening : programs.find((program) => program.name === name).code);
    panel.editor.focus();
  }

  function bringBack() {
    saveNow();
    const entry = store.read();
    const code = touched ? entry.before : entry.code;
    if (touched) store.replace(code);
    touched = true;
    leaveLink();
    show(code);
    panel.editor.focus();
  }

  function forgetIt() {
    clearTimeout(saving);
    saving = null;
    store.forget();
    touched = false;
    describe();
    say(kept, PLAY_WORDS.forgotten);
  }

  async function copyLink() {
    const code = panel.editor.value();
    const view = ran === code ? results.view() : linkedView;
    const url = location.href.split("#")[0] + (await fragmentOf({ code, name: bookProgram()?.name ?? null, view }));
    put(shown, { hidden: true });
    if (url.length > LONGEST_LINK) {
      say(notice, PLAY_WORDS.tooLong(url.length, LONGEST_LINK));
    } else if (await copyText(url)) {
      say(notice, PLAY_WORDS.copied);
    } else {
      say(notice, PLAY_WORDS.copyByHand);
      shown.value = url;
      put(shown, { hidden: false });
      shown.select();
    }
  }

  // A link shows its program; running it is the reader's decision.
  async function follow() {
    const said = await readFragment(location.hash);
    const named = said?.name !== undefined ? programs.find(({ name }) => name === said.name) : null;
    if (named || said?.code !== undefined) {
      touched = false;
      show(named?.code ?? said.code, { view: said.view, text: named ? "" : PLAY_WORDS.linked });
      if (named) menu.value = named.group === null ? "" : named.name;
      return;
    }
    const own = store.read();
    touched = own !== null;
    show(own?.code ?? opening, { text: said?.bad ? PLAY_WORDS.badLink : said ? PLAY_WORDS.unknown : "" });
  }

  const onHash = () => location.hash && (saveNow(), follow());
  addEventListener("hashchange", onHash);
  addEventListener("pagehide", saveNow);
  show(opening);
  follow();
  return () => {
    removeEventListener("hashchange", onHash);
    removeEventListener("pagehide", saveNow);
    saveNow();
    results.stop();
    el.replaceChildren();
  };
}

export default { render };
