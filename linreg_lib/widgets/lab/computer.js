// Who computes a run: PyTorch where a kernel answers, this page otherwise.
//
//   const computer = createComputer(model, problems, { onRun(run, settings, data), onStatus(status, engine), onError(text) });
//   computer.compute(settings);  computer.here(settings);  computer.busy;  computer.stop();
import { connectKernel } from "../js/kernel.js";
import { SETTINGS, stepsOf } from "./settings.js";

// Milliseconds that PyTorch may need for a step on a slow machine.
const PATIENCE_PER_STEP = 0.6;

export function createComputer(model, problems, { onRun, onStatus, onError }) {
  let newest = null;

  function here(settings) {
    newest = settings;
    const data = problems.of(settings);
    onRun(problems.train(settings, data), { ...settings }, data);
  }

  const kernel = connectKernel(model, {
    onChange(status, engine) {
      onStatus(status, engine);
      if (status === "live") compute(newest);
      if (status === "lost") here(newest);
    },
    onReply({ settings }, buffers) {
      onError("");
      onRun(runOf(buffers), settings, problems.of(settings));
    },
    onError(text) {
      onError(text);
      here(newest);
    },
  });

  function compute(settings) {
    newest = settings;
    const question = Object.fromEntries(SETTINGS.map((name) => [name, settings[name]]));
    if (!kernel.ask(question, stepsOf(settings) * PATIENCE_PER_STEP)) here(settings);
  }

  return {
    compute,
    here,
    get busy() {
      return kernel.busy;
    },
    stop: kernel.stop,
  };
}

// A run out of Python's five arrays. The bytes are copied: a view of them need not be aligned.
function runOf(buffers) {
  const copied = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  const [losses, params, grads] = buffers.slice(0, 3).map((view) => new Float32Array(copied(view)));
  const [epochLosses, trueLosses] = buffers.slice(3).map((view) => [...new Float64Array(copied(view))]);
  const perEpoch = losses.length / epochLosses.length;
  return { steps: losses.length, perEpoch, losses, params, grads, epochLosses, trueLosses };
}
