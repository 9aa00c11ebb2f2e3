// Words with code between backticks.
import { h } from "../js/dom.js";

export const marked = (text) => text.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));
