// Puts a style sheet into the page, once: what is loaded late brings its own.
import { h } from "../js/dom.js";

export function injectStyle(id, text) {
  if (!document.getElementById(id)) document.head.append(h("style", { id }, text));
}
