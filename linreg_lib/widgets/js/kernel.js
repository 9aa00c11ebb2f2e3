// The way to Python and back: a handshake, one question in the air, the newest one waiting.
//
//   const kernel = connectKernel(model, {
//     onChange(status, engine) {},        // "none" -> "live" <-> "lost"; engine: "PyTorch 2.13.0"
//     onReply(message, buffers) {},       // the answer to the newest question asked
//     onError(text) {},                   // Python raised
//   });
//   kernel.status;  kernel.busy;  kernel.ask({ what: "train", lr });  kernel.stop();
//
// `ask` returns false when there is no live kernel: then the caller computes by itself. A question
// asked while another is in the air waits, and a newer one takes its place, so that a drag never
// builds a queue. While Python works on an answer it says so now and then; a kernel that says nothing
// for `patience` milliseconds is "lost" (it died, was restarted, or is busy in a cell), and any later
// sign of life makes it live.
// Of `model` it uses on, off and send only; on a static page send goes nowhere.

export function connectKernel(model, { onChange, onReply, onError, patience = 2000 }) {
  let status = "none";
  let engine = "";
  let last = 0;
  let inFlight = null;
  let waiting = null;
  let timer = null;
  // Every view of the widget hears every reply: the stem tells this view's from the others'.
  const stem = Math.random().toString(36).slice(2);

  function become(next) {
    if (status === next) return;
    status = next;
    onChange(status, engine);
  }

  function post(content) {
    try {
      // A closed channel throws, or (from JupyterLab) rejects.
      Promise.resolve(model.send(content)).catch(lose);
    } catch {
      lose();
    }
  }

  function lose() {
    clearTimeout(timer);
    inFlight = waiting = null;
    if (status === "live") become("lost");
  }

  function send(question) {
    last += 1;
    inFlight = `${stem}-${last}`;
    clearTimeout(timer);
    timer = setTimeout(lose, patience);
    post({ kind: "ask", id: inFlight, ...question });
  }

  function receive(message, buffers) {
    if (message?.kind === "hello") {
      engine = message.engine;
      become("live");
      return;
    }
    if (message?.kind === "working" && message.id === inFlight) {
      clearTimeout(timer);
      timer = setTimeout(lose, patience);
      return;
    }
    if (message?.kind !== "reply" && message?.kind !== "error") return;
    if (!String(message.id).startsWith(stem)) return;
    const current = message.id === inFlight;
    if (!current) {
      become("live"); // late, hence stale, but a sign of life
      return;
    }
    clearTimeout(timer);
    inFlight = null;
    const next = waiting;
    waiting = null;
    if (next) send(next);
    if (message.kind === "error") onError(message.text);
    else onReply(message, buffers);
  }

  // The channel closed, or its liveness changed: go on alone, and ask whether anybody is there.
  const doubt = () => {
    lose();
    post({ kind: "hello" });
  };
  model.on("msg:custom", receive);
  model.on("comm:close", lose);
  model.on("comm_live_update", doubt);
  post({ kind: "hello" });

  return {
    get status() {
      return status;
    },
    get engine() {
      return engine;
    },
    get busy() {
      return inFlight !== null;
    },
    ask(question) {
      if (status === "lost") post({ kind: "hello" });
      if (status !== "live") return false;
      if (inFlight) waiting = question;
      else send(question);
      return true;
    },
    stop() {
      clearTimeout(timer);
      model.off("msg:custom", receive);
      model.off("comm:close", lose);
      model.off("comm_live_update", doubt);
    },
  };
}
