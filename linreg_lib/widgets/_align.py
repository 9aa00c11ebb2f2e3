"""Two recordings beside each other: who stands where, and where they part.

The browser does the same (js/align.js and js/expand.js), for it aligns programs that the reader has
changed; a test holds the two together.
"""

from linreg_lib.autograd import expand

MAX_CELLS = 4_000_000  # of the table below; longer recordings are paired by number

# What a reader sees of a tensor, and compares.
SEEN = (
    ("value", "digest", "shape", "dtype"),
    ("requires_grad", "is_leaf", "grad_fn"),
    ("version",),
    ("grad", "grad_value", "grad_digest"),
)


def common(a: list, b: list) -> list[tuple[int, int]]:
    """Return a longest common subsequence of two lists, as pairs of indices."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            same = a[i] == b[j]
            best[i][j] = 1 + best[i + 1][j + 1] if same else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def align_steps(a: dict, b: dict) -> list[tuple[int, int]]:
    """Pair the steps of two recordings.

    Steps that ran the same text go together; between such pairs both go on, and one waits in the
    end.
    """
    last = len(a["steps"]) - 1, len(b["steps"]) - 1
    small = (last[0] + 1) * (last[1] + 1) <= MAX_CELLS
    meetings = common(_keys(a), _keys(b)) if small else [(0, 0)]
    pairs: list[tuple[int, int]] = []

    def walk(i, j):
        i0, j0 = pairs[-1] if pairs else (-1, -1)
        for t in range(1, max(i - i0, j - j0) + 1):
            pairs.append((min(i0 + t, i), min(j0 + t, j)))

    for i, j in meetings:
        i0, j0 = pairs[-1] if pairs else (-1, -1)
        if i - 1 > i0 or j - 1 > j0:
            walk(i - 1, j - 1)
        pairs.append((i, j))
    walk(*last)
    return pairs


def _keys(recording) -> list[str]:
    lines = recording["code"].split("\n")
    return [
        f"{lines[step['line'] - 1].strip()} {step['event']}" if step["line"] else step["event"]
        for step in recording["steps"]
    ]


def first_difference(a: dict, b: dict) -> int:
    """Return the first position at which some name holds something else in the two programs.

    Where none ever does, it is the last one: there only their ends differ.
    """
    pairs = align_steps(a, b)
    for position, (i, j) in enumerate(pairs):
        first, second = (_seen(expand(recording, k)) for recording, k in ((a, i), (b, j)))
        if first != second:
            return position
    return len(pairs) - 1


def _seen(state) -> dict:
    return {
        name: [[facts[key] for key in keys] for keys in SEEN]
        for facts in state["tensors"].values()
        for name in facts["names"]
    }
