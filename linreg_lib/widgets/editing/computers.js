// Who runs a program: the page's own Python (window.linregPython). What is in a kernel does so with
// the same methods (stepper/kernel_computer.js).
//
//   computer.name                      "a miniature of PyTorch 2.13"
//   computer.obstacle                  why it cannot run here, or ""
//   computer.needs                     bytes to be loaded before the first run; 0: nothing any more
//   computer.prepare(onProgress)       a promise; onProgress gets 0 to 1
//   computer.run(code)                 a promise of { recording, refused, hint, shift }
//   computer.stop                      ends the run, or null where it cannot be ended
//
// A promise rejects with { kind: "stopped" | "failed", text }. shift: lines that the program begins
// with and a recording leaves out, for they are blank.
export function pageComputer(python, settings = {}) {
  let running = null;
  return {
    name: python.engine,
    obstacle: python.why ?? "",
    get needs() {
      return ["ready", "busy"].includes(python.status) ? 0 : python.bytes;
    },
    prepare: (onProgress) => python.start({ onProgress }),
    async run(code) {
      running = python.call("trace", { code, ...settings });
      try {
        return { ...(await running), shift: blankLines(code) };
      } finally {
        running = null;
      }
    },
    stop: () => running && python.stop(running),
  };
}

export const blankLines = (code) => code.match(/^\n*/)[0].length;
