// Two programs and their recordings beside each other: pure, no page.
//
//   common(["a", "b"], ["b", "c"]) -> [[1, 0]]   a longest common subsequence, as pairs of indices
//   alignSteps(recordingA, recordingB) -> [[0, 0], [1, 1], [2, 1], ...]  who stands where
//   ownLines(codeA, codeB) -> [Set, Set]  numbers of the lines that the other program lacks

const MAX_CELLS = 4e6; // of the table below; longer recordings are paired by number

export function common(a, b) {
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i] === b[j] ? 1 + best[(i + 1) * width + j + 1] : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

// Steps that ran the same text go together; between such pairs both go on, and one waits in the end.
export function alignSteps(a, b) {
  const keys = (recording) => {
    const lines = recording.code.split("\n");
    return recording.steps.map((step) => (step.line > 0 ? `${lines[step.line - 1].trim()} ${step.event}` : step.event));
  };
  const small = a.steps.length * b.steps.length <= MAX_CELLS;
  const meetings = small ? common(keys(a), keys(b)) : [[0, 0]];
  const pairs = [];
  const walk = (i, j) => {
    const [i0, j0] = pairs.at(-1) ?? [-1, -1];
    for (let t = 1; t <= Math.max(i - i0, j - j0); t++) pairs.push([Math.min(i0 + t, i), Math.min(j0 + t, j)]);
  };
  for (const [i, j] of meetings) {
    const [i0, j0] = pairs.at(-1) ?? [-1, -1];
    if (i - 1 > i0 || j - 1 > j0) walk(i - 1, j - 1);
    pairs.push([i, j]);
  }
  walk(a.steps.length - 1, b.steps.length - 1);
  return pairs;
}

export function ownLines(codeA, codeB) {
  const lines = [codeA, codeB].map((code) => code.split("\n").map((line) => line.trimEnd()));
  const own = lines.map((all) => new Set(all.map((_, i) => i + 1)));
  for (const [i, j] of common(...lines)) {
    own[0].delete(i + 1);
    own[1].delete(j + 1);
  }
  return own;
}
