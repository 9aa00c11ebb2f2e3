// What the playground's address says, in its fragment:
//
//   #program=z.<text>&step=3&node=2&nodes=false     a program (editing/share.js), where to stand
//   #book=rebind-update/wrong&step=3                a program of the book, by its name
//
//   await readFragment(hash) -> { code | name, view } , { bad: true }, or null where it says nothing
//   await fragmentOf({ code, name, view }) -> "#..."
import { packProgram, unpackProgram } from "../editing/share.js";

const whole = (text) => (/^\d{1,6}$/.test(text ?? "") ? Number(text) : null);

export async function readFragment(hash) {
  const said = new Map(
    hash
      .replace(/^#/, "")
      .split("&")
      .map((part) => part.split(/=(.*)/s).slice(0, 2)),
  );
  const view = { step: whole(said.get("step")), node: whole(said.get("node")), nodes: { true: true, false: false }[said.get("nodes")] ?? null };
  if (said.has("book")) return { name: said.get("book"), view };
  if (!said.has("program")) return null;
  try {
    return { code: await unpackProgram(said.get("program")), view };
  } catch {
    return { bad: true };
  }
}

export async function fragmentOf({ code, name = null, view = null }) {
  const program = name ? `book=${name}` : `program=${await packProgram(code)}`;
  const place = view ? [`step=${view.step}`, view.node > 0 && `node=${view.node}`, !view.nodes && "nodes=false"] : [];
  return `#${[program, ...place].filter(Boolean).join("&")}`;
}
