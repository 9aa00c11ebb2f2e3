"""Where a tensor comes from: kept beside the tensors of one run of a step."""

import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace

from torch import Tensor


@dataclass(frozen=True)
class Cut:
    """A place where the way back to some parameters was lost.

    Attributes:
        kind: "number" (`item`, `float`), "detached", "no-grad", "no-derivative" (`==`, `argmax`),
            "flat" (`round`: a derivative that is 0 everywhere) or "constant" (`relu` of negative
            numbers alone: a derivative that is 0 here).
        name: the operation.
        params: indices of the parameters that its input was computed from.
        time: when, in operations of this run.
        value: the number that was taken out, where it was one.
    """

    kind: str
    name: str
    params: frozenset[int]
    time: int
    value: float | None = None


@dataclass(frozen=True)
class Origin:
    """What a tensor was computed from.

    Attributes:
        params: indices of parameters, also where the graph has lost them.
        labels, features: whether y, or X, took part.
        gradient: index of the parameter whose gradient took part.
        averaged: how often it was averaged over the examples.
        featurewise: a product of X and weights that nothing has summed over the features.
        hidden: index of the parameter whose memory it is, by way of `.data` or `detach()`.
        cuts: where the graph was lost on the way.
    """

    params: frozenset[int] = frozenset()
    labels: bool = False
    features: bool = False
    gradient: int | None = None
    averaged: int = 0
    featurewise: bool = False
    hidden: int | None = None
    cuts: frozenset[Cut] = frozenset()

    def passed_on(self) -> "Origin":
        """Return it without what only holds for this very tensor."""
        if self.hidden is None and not self.featurewise:
            return self
        return replace(self, hidden=None, featurewise=False)


NOWHERE = Origin()


class Origins:
    """The origins of tensors, without keeping any of them alive."""

    def __init__(self):
        self._known: dict[int, tuple[weakref.ref, Origin]] = {}

    def __setitem__(self, tensor: Tensor, origin: Origin) -> None:
        self._known[id(tensor)] = (weakref.ref(tensor), origin)

    def __getitem__(self, tensor: Tensor) -> Origin:
        reference, origin = self._known.get(id(tensor), (None, NOWHERE))
        return origin if reference is not None and reference() is tensor else NOWHERE

    def together(self, tensors: list[Tensor]) -> Origin:
        """Return the origin of what is computed from these."""
        each = [o for o in (self[t] for t in tensors) if o is not NOWHERE]
        if len(each) < 2:
            return each[0].passed_on() if each else NOWHERE
        return Origin(
            params=frozenset().union(*(o.params for o in each)),
            labels=any(o.labels for o in each),
            features=any(o.features for o in each),
            gradient=next((o.gradient for o in each if o.gradient is not None), None),
            averaged=max((o.averaged for o in each), default=0),
            cuts=frozenset().union(*(o.cuts for o in each)),
        )


def tensors_in(values: object, depth: int = 3) -> Iterator[Tensor]:
    """Yield the tensors in an argument or a result: alone, in lists, tuples and dicts."""
    if isinstance(values, Tensor):
        yield values
    elif depth and isinstance(values, dict):
        for value in values.values():
            yield from tensors_in(value, depth - 1)
    elif depth and isinstance(values, (list, tuple)):
        for value in values:
            yield from tensors_in(value, depth - 1)
