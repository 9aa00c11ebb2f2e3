"""Data sets and loaders, in one process."""

import math

from torch._mini import random
from torch._mini.creation import tensor
from torch._mini.drawing import randperm
from torch._mini.dtypes import float64
from torch._mini.joining import stack
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor


class Dataset:
    """Examples by number."""

    def __getitem__(self, index):
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")

    def __add__(self, other):
        refuse("adding data sets")


class IterableDataset(Dataset):
    """Refused: a stream of examples."""

    def __init__(self, *args):
        refuse("IterableDataset")


class TensorDataset(Dataset):
    """Tensors whose rows belong together."""

    def __init__(self, *tensors):
        assert all(tensors[0].size(0) == t.size(0) for t in tensors), (
            "Size mismatch between tensors"
        )
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple(t[index] for t in self.tensors)

    def __len__(self):
        return self.tensors[0].size(0)


class Subset(Dataset):
    """Some examples of a data set."""

    def __init__(self, dataset, indices):
        self.dataset, self.indices = dataset, indices

    def __getitem__(self, index):
        if isinstance(index, list):
            return self.dataset[[self.indices[i] for i in index]]
        return self.dataset[self.indices[index]]

    def __len__(self):
        return len(self.indices)


def _by_shares(shares, n) -> list[int]:
    """Shares of the whole as numbers of examples; what is left over goes to the first ones."""
    lengths = [math.floor(n * share) for share in shares]
    for i in range(n - sum(lengths)):
        lengths[i % len(lengths)] += 1
    return lengths


def random_split(dataset, lengths, generator=None):
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        lengths = _by_shares(lengths, len(dataset))
    if sum(lengths) != len(dataset):
        raise ValueError("Sum of input lengths does not equal the length of the input dataset!")
    order = randperm(sum(lengths), generator=generator).tolist()
    parts, start = [], 0
    for n in lengths:
        parts.append(Subset(dataset, order[start : start + n]))
        start += n
    return parts


def default_collate(batch):
    """Make one batch of several examples."""
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(batch, 0)
    if isinstance(first, tuple) and hasattr(first, "_fields"):
        return type(first)(*(default_collate(list(part)) for part in zip(*batch, strict=True)))
    if isinstance(first, (tuple, list)):
        if any(len(example) != len(first) for example in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        return [default_collate(list(part)) for part in zip(*batch, strict=True)]
    if isinstance(first, dict):
        return {key: default_collate([example[key] for example in batch]) for key in first}
    if isinstance(first, float):
        return tensor(batch, dtype=float64)
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, str):
        return batch
    if first is None:
        raise TypeError(
            "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
            f"found {type(first)}"
        )
    refuse(f"a batch of {type(first).__name__}")


def _draw(generator):
    """A seed, as PyTorch draws it: 64 bits, the first of them zero."""
    return random.source(generator).bits64() & (2**63 - 1)


class Sampler:
    """An order of examples."""


class SequentialSampler(Sampler):
    """0, 1, 2 ..."""

    def __init__(self, data_source):
        self.data_source = data_source

    def __iter__(self):
        return iter(range(len(self.data_source)))

    def __len__(self):
        return len(self.data_source)


class SubsetRandomSampler(Sampler):
    """Some examples in random order."""

    def __init__(self, indices, generator=None):
        self.indices, self.generator = indices, generator

    def __iter__(self):
        order = randperm(len(self.indices), generator=self.generator)
        return iter([self.indices[i] for i in order.tolist()])

    def __len__(self):
        return len(self.indices)


class ConcatDataset(Dataset):
    """Data sets one after the other."""

    def __init__(self, datasets):
        self.datasets = list(datasets)
        assert len(self.datasets) > 0, "datasets should not be an empty iterable"

    def __len__(self):
        return sum(map(len, self.datasets))

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            refuse("an index beyond a ConcatDataset")
        for dataset in self.datasets:
            if index < len(dataset):
                return dataset[index]
            index -= len(dataset)
        return None


class DataLoader:
    """Minibatches of a data set, shuffled or in order."""

    def __init__(
        self,
        dataset,
        batch_size=1,
        shuffle=None,
        sampler=None,
        batch_sampler=None,
        num_workers=0,
        collate_fn=None,
        pin_memory=False,
        drop_last=False,
        timeout=0,
        worker_init_fn=None,
        multiprocessing_context=None,
        generator=None,
        **other,
    ):
        if batch_sampler is not None or num_workers or other:
            refuse("this option of DataLoader")
        if sampler is not None and shuffle:
            raise ValueError("sampler option is mutually exclusive with shuffle")
        self.sampler = sampler
        if batch_size is None or timeout or multiprocessing_context is not None:
            refuse("this option of DataLoader")
        if isinstance(batch_size, bool) or not isinstance(batch_size, int) or batch_size <= 0:
            raise ValueError(
                f"batch_size should be a positive integer value, but got batch_size={batch_size}"
            )
        if shuffle and not len(dataset):
            raise ValueError(
                f"num_samples should be a positive integer value, but got num_samples={len(dataset)}"
            )
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, bool(shuffle)
        self.drop_last, self.generator = drop_last, generator
        self.num_workers, self.pin_memory = 0, False
        self.collate_fn = default_collate if collate_fn is None else collate_fn

    def __len__(self):
        n = len(self.dataset) if self.sampler is None else len(self.sampler)
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        return _Batches(self)


class _Batches:
    """One pass. It draws a seed when it starts, and the order with the first minibatch."""

    def __init__(self, loader):
        self._loader = loader
        _draw(loader.generator)
        self._batches = self._in_order()

    def _in_order(self):
        loader = self._loader
        n = len(loader.dataset)
        if loader.sampler is not None:
            order = list(loader.sampler)
            n = len(order)
        elif loader.shuffle:
            generator = loader.generator
            if generator is None:
                generator = random.Generator()
                generator.manual_seed(_draw(None))
            order = randperm(n, generator=generator).tolist()
        else:
            order = list(range(n))
        for start in range(0, n, loader.batch_size):
            chosen = order[start : start + loader.batch_size]
            if len(chosen) == loader.batch_size or not loader.drop_last:
                yield loader.collate_fn([loader.dataset[i] for i in chosen])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._batches)

    def __len__(self):
        return len(self._loader)
