// Who runs a program where there is a kernel: PyTorch itself (see editing/computers.js).
//
//   const computer = kernelComputer(ask);  computer.run(code) -> a promise
//   ask(code): sends it, and gives whether there is a kernel
//   computer.reply(message), computer.fail(text)     what connectKernel hears
import { WORDS } from "./words.js";

export function kernelComputer(ask) {
  let waiting = null;

  function settle(how) {
    const last = waiting;
    waiting = null;
    if (last) how(last);
  }
  const fail = (text) => settle(({ reject }) => reject({ kind: "failed", text }));

  return {
    name: "",
    obstacle: "",
    needs: 0,
    prepare: () => Promise.resolve(),
    run(code) {
      fail(WORDS.superseded);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject, shift: code.match(/^\n*/)[0].length };
        if (!ask(code)) fail(WORDS.lost);
      });
    },
    reply: ({ recording, hint = null }) => settle(({ resolve, shift }) => resolve({ recording, refused: null, hint, shift })),
    fail,
    stop: null, // the time limit of the recorder ends it
  };
}
