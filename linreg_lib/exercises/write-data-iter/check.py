"""Rows that can be told from each other: which came, with which labels, in what order."""

from collections import Counter

import torch

from linreg_lib.exercises import _show as show

N, BATCH_SIZE = 23, 4  # the last minibatch is short; four portions are not portions of four
EVEN = 20


def data(n):
    """Row i holds (i, i + 0.5) and the label 10 i: no two rows share a number."""
    rows = torch.arange(n, dtype=torch.float32).reshape(-1, 1)
    return torch.cat([rows, rows + 0.5], dim=1), 10 * rows


class Epoch:
    """One pass: the minibatches, and the rows that their features and labels belong to."""

    def __init__(self, answer, n, batch_size):
        self.answer, self.n, self.batch_size = answer, n, batch_size
        self.features, self.labels = data(n)
        came = answer.call(batch_size, self.features, self.labels)
        self.given = came
        self.batches = self._take(came)
        self.facts = {"n": n, "batch_size": batch_size, "want_x": str((batch_size, 2))}
        self.facts |= {"want_y": str((batch_size, 1)), "want": -(-n // batch_size)}

    def _take(self, came):
        if callable(came) and not hasattr(came, "__iter__"):
            self.answer.stop(self.answer.mistake("generator-made"))
        if not hasattr(came, "__iter__") or isinstance(came, torch.Tensor):
            self.answer.stop(self.answer.mistake("not-the-form", got=show.thing(came)))
        batches = []
        with self.answer.explained():
            for batch in came:
                batches.append(batch)
                if len(batches) > 4 * self.n:
                    break
        return batches

    @property
    def endless(self):
        """Whether the pass had no end of its own."""
        return len(self.batches) > 4 * self.n

    def read(self):
        """Note the rows, once the form is known to be right."""
        self.sizes = [len(X) for X, _ in self.batches]
        # A row's first number is whole, its second a half more, in whatever order they stand.
        self.rows = [int(min(row)) for X, _ in self.batches for row in X.tolist()]
        firsts = [row[0] for X, _ in self.batches for row in X.tolist()]
        self.foreign = next(
            (row for X, _ in self.batches for row in X.tolist() if max(row) != int(min(row)) + 0.5),
            None,
        )
        self.turned = [i + 0.5 for i in self.rows] == firsts
        self.label_rows = [round(v / 10) for _, y in self.batches for v in y.flatten().tolist()]
        self.missing = self.n - len(set(self.rows))
        return self


def check(answer):
    """The form of a minibatch first; then rows, pairs, order; then another pass and other data."""
    epoch = Epoch(answer, N, BATCH_SIZE)
    return (
        _form(answer, epoch)
        or _rows(answer, epoch)
        or _order(answer, epoch)
        or _even(answer)
        or _harm(answer, epoch)
    )


def _form(answer, epoch):
    facts = epoch.facts
    if not epoch.batches:
        return answer.wrong("rows", count=0, sizes="none", **facts)
    if _is_one_batch(epoch.given):
        size = len(epoch.given[0])
        if size == 2 and len(epoch.batches) == 2 and epoch.given[0].dim() == 1:
            return answer.mistake("not-a-pair", got=show.thing(epoch.given))
        return answer.mistake("one-batch" if size < N else "all-at-once", size=size, **facts)
    first = epoch.batches[0]
    if isinstance(first, torch.Tensor) and not first.is_floating_point():
        return answer.mistake("indices", got=show.numbers(first))
    if isinstance(first, list) and first and all(isinstance(i, int) for i in first):
        return answer.mistake("indices", got=show.numbers(first))
    if isinstance(first, torch.Tensor):
        both = first.dim() == 2 and first.shape[1] == 3
        return answer.mistake("glued" if both else "labels-missing", x_shape=show.shape(first))
    if _is_two_lists(epoch.given):
        return answer.mistake("two-lists", count=len(epoch.given[0]))
    if not isinstance(first, tuple | list) or len(first) != 2:
        return answer.mistake("not-a-pair", got=show.thing(first))
    X, y = first
    if isinstance(X, list | tuple):
        return answer.mistake("lists", count=len(X), **facts)
    if not isinstance(X, torch.Tensor) or not isinstance(y, torch.Tensor):
        return answer.mistake("not-a-pair", got=f"({show.thing(X)}, {show.thing(y)})")
    facts |= {"x_shape": show.shape(X), "y_shape": show.shape(y)}
    if X.dim() == 2 and X.shape[1] == 1 and y.dim() == 2 and y.shape[1] == 2:
        return answer.mistake("swapped", **facts)
    count = len(epoch.batches)
    if X.dim() == 1 and len(X) == 2:
        return answer.mistake("single-rows", count=count, **facts)
    if epoch.endless:
        return answer.mistake("endless", count=count, **facts)
    if X.dim() > 2 and X.shape[-1] == 2:
        return answer.mistake("extra-dimension", **facts)
    if X.dim() == 2 and y.dim() == 1 and len(X) == len(y):
        return answer.mistake("flat-labels", **facts)
    shapes = show.shape(epoch.features), show.shape(epoch.labels)
    fits = [
        X.dim() == 2 and X.shape[1] == 2 and y.dim() == 2 and y.shape == (len(X), 1)
        for X, y in epoch.batches
    ]
    if not all(fits):
        X, y = epoch.batches[fits.index(False)]
        facts |= {"x_shape": show.shape(X), "y_shape": show.shape(y)}
        if len(X) != len(y) or X.dim() != 2:
            both = {"features_shape": shapes[0], "labels_shape": shapes[1]}
            return answer.wrong("shape", **both, **facts)
        return answer.mistake("flat-labels", **facts)
    return None


def _is_one_batch(given):
    """Tell a pair (X, y) that was returned from a list of pairs."""
    return (
        isinstance(given, tuple | list)
        and len(given) == 2
        and all(isinstance(one, torch.Tensor) for one in given)
    )


def _is_two_lists(given):
    """Tell all the features and all the labels, each in portions, from a list of pairs."""
    if not isinstance(given, tuple | list) or len(given) != 2:
        return False
    return all(
        isinstance(one, list) and len(one) > 2 and isinstance(one[0], torch.Tensor) for one in given
    )


def _rows(answer, epoch):
    epoch.read()
    # Of two columns half of all orders are the right one: four more passes will tell.
    if epoch.turned or any(Epoch(answer, N, BATCH_SIZE).read().turned for _ in range(4)):
        return answer.mistake("columns-shuffled")
    if epoch.foreign:
        return answer.mistake("not-of-the-data", row=show.numbers(epoch.foreign))
    facts = epoch.facts | {"count": len(epoch.rows), "missing": epoch.missing}
    facts["sizes"] = _sizes(epoch.sizes)
    for row, other in zip(epoch.rows, epoch.label_rows, strict=True):
        if row not in range(N):
            return answer.wrong("foreign", row=row)
        if row != other and len(set(epoch.rows)) == len(epoch.rows):
            return answer.mistake("pairs-broken", row=row, other=other)
    counted = Counter(epoch.rows)
    row, times = counted.most_common(1)[0]
    if times > 1:
        return _repeated(answer, epoch, row, times, facts)
    if epoch.missing:
        return _lost(answer, epoch, facts)
    return None


def _sizes(sizes):
    """Name the sizes: 5, 5, 5, 5, 3."""
    shown = ", ".join(map(str, sizes[:8]))
    return shown + (", ..." if len(sizes) > 8 else "")


def _repeated(answer, epoch, row, times, facts):
    facts |= {"row": row, "times": times}
    if not torch.equal(epoch.features, data(N)[0]):
        return answer.mistake("rows-overwritten", **facts)
    if set(epoch.sizes[:-1]) == {BATCH_SIZE + 1} and not epoch.missing:
        return answer.mistake("too-long", **facts)
    full = -(-N // BATCH_SIZE)
    if epoch.sizes[:2] == [BATCH_SIZE] * 2 and len(epoch.sizes) > 2 * full and not epoch.missing:
        return answer.mistake("overlapping", **facts)
    dealt = epoch.rows[: N // BATCH_SIZE * BATCH_SIZE]
    if epoch.sizes == [BATCH_SIZE] * full and len(set(dealt)) == len(dealt) and not epoch.missing:
        return answer.mistake("last-overlaps", **facts)
    if epoch.missing and _stretches(epoch):
        return answer.mistake("random-stretches", **facts)
    if epoch.missing:
        return answer.mistake("repeats", **facts)
    return answer.wrong("rows", **facts)


def _stretches(epoch):
    """Whether every minibatch is a stretch of neighbours."""
    batches = [[int(min(row)) for row in X.tolist()] for X, _ in epoch.batches]
    return all(rows == list(range(rows[0], rows[0] + len(rows))) for rows in batches if rows)


def _lost(answer, epoch, facts):
    sizes = epoch.sizes
    if len(sizes) == 1:
        name = "one-yield" if sizes[0] <= BATCH_SIZE else None
        if name:
            return answer.mistake(name, size=sizes[0], **facts)
    if set(sizes) == {BATCH_SIZE} and len(sizes) == N // BATCH_SIZE:
        return answer.mistake("dropped-last", **facts)
    if max(sizes) == BATCH_SIZE - 1 and len(sizes) >= N // BATCH_SIZE:
        return answer.mistake("row-lost", **facts)
    if sizes[0] == BATCH_SIZE and len(sizes) > 1 and not any(sizes[1:]):
        return answer.mistake("slice-end", **facts)
    if set(sizes) == {BATCH_SIZE} and len(sizes) == BATCH_SIZE and _counts_size(answer):
        return answer.mistake("size-counted", **facts)
    if sum(sizes) == N - epoch.missing and (row := _never_drawn(answer, epoch)) is not None:
        return answer.mistake("never-drawn", row=row, **facts)
    return answer.mistake("rows-missing", **facts)


def _counts_size(answer):
    """Whether there are as many minibatches as each has rows, for another size too."""
    return len(Epoch(answer, N, 3).batches) == 3


def _never_drawn(answer, epoch):
    """Find the one row, the first or the last, that misses every epoch; else None."""
    missing = set(range(N)) - set(epoch.rows)
    for _ in range(3):
        again = Epoch(answer, N, BATCH_SIZE)
        again.read()
        missing &= set(range(N)) - set(again.rows)
    return missing.pop() if missing in ({0}, {N - 1}) and epoch.missing == 1 else None


def _order(answer, epoch):
    facts = epoch.facts | {"sizes": _sizes(epoch.sizes)}
    whole = [BATCH_SIZE] * (N // BATCH_SIZE) + [N % BATCH_SIZE]
    if epoch.sizes != whole:
        if 0 in epoch.sizes:
            return answer.mistake("empty-last", **facts)
        if len(epoch.sizes) == 1:
            return answer.mistake("all-at-once", **facts)
        if len(epoch.sizes) == BATCH_SIZE and max(epoch.sizes) - min(epoch.sizes) <= BATCH_SIZE:
            if sorted(epoch.sizes) == sorted(whole):
                return _neighbours(answer, epoch)
            return answer.mistake("parts-counted", count=len(epoch.sizes), **facts)
        if sorted(epoch.sizes) == sorted(whole):
            return _neighbours(answer, epoch)
        return answer.mistake("sizes", **(facts | {"want": _sizes(whole)}))
    order = ", ".join(map(str, epoch.rows[:8])) + ", ..."
    if epoch.rows == list(range(N)):
        return answer.mistake("not-shuffled", order=order)
    if _shuffled_inside(epoch):
        return answer.mistake("shuffled-inside", rows=_sizes(sorted(epoch.rows[:BATCH_SIZE])))
    if found := _neighbours(answer, epoch):
        return found
    again = Epoch(answer, N, BATCH_SIZE)
    again.read()
    if again.rows == epoch.rows:
        return answer.mistake("same-order", order=order)
    return None


def _shuffled_inside(epoch):
    """Whether each minibatch holds the rows that it would hold without any shuffling."""
    rows, size = epoch.rows, epoch.batch_size
    return all(
        sorted(rows[at : at + size]) == list(range(at, at + len(rows[at : at + size])))
        for at in range(0, len(rows), size)
    )


def _neighbours(answer, epoch):
    """Find minibatches that hold neighbours, whatever their order."""
    at = 0
    for size in epoch.sizes:
        rows = epoch.rows[at : at + size]
        if rows != list(range(rows[0], rows[0] + size)):
            return None
        at += size
    shown = ", ".join(map(str, epoch.rows[: epoch.sizes[0]]))
    return answer.mistake("batches-shuffled", rows=shown)


def _even(answer):
    """Data that come out even; and minibatches of one row."""
    epoch = Epoch(answer, EVEN, BATCH_SIZE)
    if any(len(batch[0]) == 0 for batch in epoch.batches):
        return answer.mistake("empty-last", **epoch.facts)
    epoch.read()
    if epoch.missing or len(epoch.rows) != EVEN:
        facts = epoch.facts | {"count": len(epoch.rows), "sizes": _sizes(epoch.sizes)}
        return answer.wrong("rows", **facts)
    single = Epoch(answer, 3, 1)
    X, y = single.batches[0]
    if tuple(X.shape) != (1, 2) or tuple(y.shape) != (1, 1):
        shapes = {"x_shape": show.shape(X), "y_shape": show.shape(y)}
        whole = {"features_shape": "(3, 2)", "labels_shape": "(3, 1)"}
        return answer.wrong("shape", **shapes, **whole, **single.facts)
    return None


def _harm(answer, epoch):
    features, _ = data(N)
    if not torch.equal(epoch.features, features):
        before, after = show.numbers(features[0]), show.numbers(epoch.features[0])
        return answer.mistake("data-changed", before=before, after=after)
    return None
