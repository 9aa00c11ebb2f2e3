"""Rows of numbers by number."""

from torch._mini.creation import empty
from torch._mini.dtypes import int32, int64
from torch._mini.modes import no_grad
from torch._mini.modules import Module
from torch._mini.nodes import Node, attach, tracking
from torch._mini.parameters import Parameter
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor, make, values


class EmbeddingBackward0(Node):
    """d embedding."""

    saves = ("indices",)

    def backward(self, g):
        from torch._mini import modes

        if modes.recording[0] and g.requires_grad:
            refuse("a second derivative of embedding")
        indices, width = values(self.saved("indices")), g._shape[-1]
        rows, numbers = self._saved_weight_sym_argsize_0, values(g)
        out = [0.0] * (rows * width)
        for k, row in enumerate(indices):
            if row == self._saved_padding_idx:
                continue
            for j in range(width):
                out[row * width + j] += numbers[k * width + j]
        return make(out, (rows, width), g.dtype)


def embedding(input, weight, padding_idx=-1):
    if input.dtype not in (int32, int64):
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, "
            f"Int; but got torch.{input.dtype.word}Tensor instead (while checking arguments for "
            "embedding)"
        )
    if input.dtype is int32:
        refuse("embedding by int32")
    rows, width = weight._shape
    numbers, out = values(weight), []
    for k in values(input):
        if not 0 <= k < rows:
            raise IndexError("index out of range in self")
        out += numbers[k * width : (k + 1) * width]
    result = make(out, (*input._shape, width), weight.dtype)
    if tracking(weight):
        node = EmbeddingBackward0(
            weight,
            padding_idx=padding_idx % 2**64,
            scale_grad_by_freq=False,
            sparse=False,
            weight_sym_argsize_0=rows,
        )
        attach(result, node.keep(indices=input))
    return result


class Embedding(Module):
    """A row of numbers for each whole number."""

    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, **options):
        super().__init__()
        if options:
            refuse("Embedding with options")
        if padding_idx is not None:
            n = num_embeddings
            side = "num_embeddings" if padding_idx > 0 else "-num_embeddings"
            assert -n <= padding_idx < n, f"Padding_idx must be within {side}"
            padding_idx %= n
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.padding_idx = padding_idx
        self.weight = Parameter(empty(num_embeddings, embedding_dim))
        with no_grad():
            self.weight.normal_()
            if padding_idx is not None:
                self.weight[padding_idx].fill_(0)

    @classmethod
    def from_pretrained(cls, embeddings, freeze=True, **options):
        if options or embeddings.ndim != 2:
            refuse("Embedding.from_pretrained with options")
        rows, columns = embeddings._shape
        found = cls.__new__(cls)
        Module.__init__(found)
        found.num_embeddings, found.embedding_dim, found.padding_idx = rows, columns, None
        found.weight = Parameter(embeddings, requires_grad=not freeze)
        return found

    def forward(self, input):
        if not isinstance(input, Tensor):
            refuse("an embedding of something else than a tensor")
        return embedding(input, self.weight, -1 if self.padding_idx is None else self.padding_idx)

    def extra_repr(self):
        padding = "" if self.padding_idx is None else f", padding_idx={self.padding_idx}"
        return f"{self.num_embeddings}, {self.embedding_dim}{padding}"
