"""The loader: minibatches of a data set, in one process."""

from itertools import islice

from torch._mini.creation import as_tensor, tensor
from torch._mini.datasets import IterableDataset
from torch._mini.dtypes import float64
from torch._mini.joining import stack
from torch._mini.refusal import refuse
from torch._mini.sampling import BatchSampler, RandomSampler, SequentialSampler, draw_seed
from torch._mini.tensor import Tensor


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
    if type(first).__name__ == "ndarray":
        return default_collate([as_tensor(example) for example in batch])
    if isinstance(first, float):
        return tensor(batch, dtype=float64)
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, str):
        return batch
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {type(first)}"
    )


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
        if num_workers or other or timeout or multiprocessing_context is not None:
            refuse("this option of DataLoader")
        if batch_size is None or isinstance(dataset, dict):
            refuse("this option of DataLoader")
        self.dataset, self.generator, self.collate_fn = dataset, generator, collate_fn
        self.num_workers, self.pin_memory, self.timeout = 0, pin_memory, 0
        self._streams = isinstance(dataset, IterableDataset)
        if self._streams and (shuffle or sampler is not None or batch_sampler is not None):
            refuse("an order of the examples of an IterableDataset")
        if sampler is not None and shuffle:
            raise ValueError("sampler option is mutually exclusive with shuffle")
        if batch_sampler is not None:
            if batch_size != 1 or shuffle or sampler is not None or drop_last:
                raise ValueError(
                    "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, "
                    "and drop_last"
                )
            batch_size, sampler = None, None
        if sampler is None and not self._streams:
            sampler = (
                RandomSampler(dataset, generator=generator)
                if shuffle
                else SequentialSampler(dataset)
            )
        order = _Endless() if self._streams else sampler
        if batch_sampler is None:
            batch_sampler = BatchSampler(order, batch_size, drop_last)
        self.sampler, self.batch_sampler = order, batch_sampler
        self.batch_size, self.drop_last = batch_size, drop_last
        if collate_fn is None:
            self.collate_fn = default_collate

    def __len__(self):
        if self._streams:
            if not hasattr(type(self.dataset), "__len__"):
                raise TypeError(f"object of type '{type(self.dataset).__name__}' has no len()")
            refuse("the length of a loader of a stream")
        return len(self.batch_sampler)

    def __iter__(self):
        return _SingleProcessDataLoaderIter(self)


class _Endless:
    """The order of a stream: there is always a next one."""

    def __iter__(self):
        while True:
            yield None


class _SingleProcessDataLoaderIter:
    """One pass. It draws a seed when it starts, and the order with the first minibatch."""

    def __init__(self, loader):
        self._loader = loader
        draw_seed(loader.generator)
        self._batches = _streamed(loader) if loader._streams else _fetched(loader)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._batches)

    def __len__(self):
        return len(self._loader)


def _fetched(loader):
    """The minibatches of a data set whose examples have numbers."""
    for chosen in loader.batch_sampler:
        yield loader.collate_fn([loader.dataset[i] for i in chosen])


def _streamed(loader):
    """The minibatches of a stream."""
    stream = iter(loader.dataset)
    while True:
        batch = list(islice(stream, loader.batch_size))
        if not batch or (loader.drop_last and len(batch) < loader.batch_size):
            return
        yield loader.collate_fn(batch)
