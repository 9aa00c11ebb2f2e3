// A link that takes a program to the book's playground, in its fragment: no server sees it.
//
//   const link = playgroundLink();  link.el;  link.set(code)
//
// The program goes uncompressed, since a link must be there before it is pressed and compressing
// takes a moment (editing/share.js reads both). On pages without a playground there is no link.
import { h, put } from "../js/dom.js";
import { WORDS } from "./words.js";

export const programFragment = (code) => {
  const bytes = Array.from(new TextEncoder().encode(code), (byte) => String.fromCharCode(byte)).join("");
  return `#program=u.${btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
};

export function playgroundLink() {
  const page = window.linregEditing?.playground ?? null;
  const el = page && h("a", { class: "lr-to-playground" }, WORDS.playground);
  return { el, set: (code) => el && put(el, { href: page + programFragment(code) }) };
}
