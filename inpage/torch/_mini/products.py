"""Products of matrices and vectors of fixed dimensions: mm, mv, dot, bmm."""

from torch._mini.dtypes import bool_
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse
from torch._mini.sums import dot as dot_product
from torch._mini.tensor import Tensor, make, method, spread, values


def _column_major(sizes, strides) -> bool:
    """Whether a matrix lies in memory column by column, as a transposed one does."""
    return strides[0] == 1 and strides[1] == sizes[0] and strides[1] != 1


def _gradients(g, a, b, needs, a_layout, b_layout, last_first):
    """Gradients of a @ b, laid out in memory as PyTorch lays them out, in its order."""

    def first():
        b_matrix = b()
        return mm(b_matrix, g.t()).t() if _column_major(*a_layout) else mm(g, b_matrix.t())

    def second():
        a_matrix = a()
        return mm(g.t(), a_matrix).t() if _column_major(*b_layout) else mm(a_matrix.t(), g)

    found = [None, None]
    for i in (1, 0) if last_first else (0, 1):
        found[i] = (first, second)[i]() if needs[i] else None
    return tuple(found)


class MmBackward0(Node):
    """d of a product of two matrices."""

    saves = ("mat2", "self")

    def backward(self, g):
        return _gradients(
            g,
            lambda: self.saved("self"),
            lambda: self.saved("mat2"),
            self.needs,
            (self._saved_self_sym_sizes, self._saved_self_sym_strides),
            (self._saved_mat2_sym_sizes, self._saved_mat2_sym_strides),
            last_first=True,
        )


class AddmmBackward0(Node):
    """d of a linear layer: c + a @ b."""

    saves = ("mat1", "mat2")

    def backward(self, g):
        first, second = _gradients(
            g,
            lambda: self.saved("mat1"),
            lambda: self.saved("mat2"),
            self.needs[1:],
            (self._saved_mat1_sym_sizes, self._saved_mat1_sym_strides),
            (self._saved_mat2_sym_sizes, self._saved_mat2_sym_strides),
            last_first=False,
        )
        return (g if self.needs[0] else None, first, second)


class MvBackward0(Node):
    """d of a product of a matrix and a vector."""

    saves = ("self", "vec")

    def backward(self, g):
        first = second = None
        if self.needs[0]:
            first = g.unsqueeze(1) * self.saved("vec")
        if self.needs[1]:
            second = mv(self.saved("self").t(), g)
        return first, second


class DotBackward0(Node):
    """d of a product of two vectors."""

    saves = ("self", "tensor")

    def backward(self, g):
        return (
            g * self.saved("tensor") if self.needs[0] else None,
            g * self.saved("self") if self.needs[1] else None,
        )


class BmmBackward0(Node):
    """d of a product of stacks of matrices."""

    saves = ("mat2", "self")

    def backward(self, g):
        first = second = None
        if self.needs[1]:
            second = bmm(self.saved("self").transpose(1, 2), g)
        if self.needs[0]:
            first = bmm(g, self.saved("mat2").transpose(1, 2))
        return first, second


def _rows(t) -> list:
    numbers, n = values(t), t._shape[1]
    return [numbers[i * n : (i + 1) * n] for i in range(t._shape[0])]


def _columns(t) -> list:
    numbers, n = values(t), t._shape[1]
    return [numbers[i::n] for i in range(n)]


def _product(a, b) -> list:
    if a.dtype is bool_:
        refuse("a product of truth values")
    columns = _columns(b)
    return [dot_product(row, column, a.dtype) for row in _rows(a) for column in columns]


def _fit(a, b) -> None:
    if a._shape[1] != b._shape[0]:
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({a._shape[0]}x{a._shape[1]} and "
            f"{b._shape[0]}x{b._shape[1]})"
        )


def _recorded(out, node_class, second, a, b, **facts):
    """Record a product of two tensors; each is saved where the other needs its gradient."""
    if tracking(a, b):
        node = node_class(a, b, **facts)
        if node.needs[0]:
            node.keep(**{second: b})
        if node.needs[1]:
            node.keep(self=a)
        attach(out, node)
    return out


def mm(input, mat2):
    for name, t in (("self", input), ("mat2", mat2)):
        if t.ndim != 2:
            raise RuntimeError(f"{name} must be a matrix")
    _fit(input, mat2)
    if input.dtype is not mat2.dtype:
        raise RuntimeError(
            "expected m1 and m2 to have the same dtype, but got: "
            f"{input.dtype.c_word} != {mat2.dtype.c_word}"
        )
    out = make(_product(input, mat2), (input._shape[0], mat2._shape[1]), input.dtype)
    return _recorded(
        out,
        MmBackward0,
        "mat2",
        input,
        mat2,
        self_sym_sizes=input._shape,
        self_sym_strides=input._strides,
        mat2_sym_sizes=mat2._shape,
        mat2_sym_strides=mat2._strides,
    )


def addmm(input, mat1, mat2, *, beta=1, alpha=1):
    if beta != 1 or alpha != 1:
        refuse("addmm with factors")
    _fit(mat1, mat2)
    if not mat1.dtype is mat2.dtype is input.dtype:
        raise RuntimeError(
            f"mat1 and mat2 must have the same dtype, but got {mat1.dtype.word} and "
            f"{mat2.dtype.word}"
        )
    shape = (mat1._shape[0], mat2._shape[1])
    numbers = zip(_product(mat1, mat2), spread(input, shape), strict=True)
    out = make([x + y for x, y in numbers], shape, input.dtype)
    if tracking(input, mat1, mat2):
        node = AddmmBackward0(
            input,
            mat1,
            mat2,
            alpha=1,
            beta=1,
            mat1_sym_sizes=mat1._shape,
            mat1_sym_strides=mat1._strides,
            mat2_sym_sizes=mat2._shape,
            mat2_sym_strides=mat2._strides,
        )
        if node.needs[1]:
            node.keep(mat2=mat2)
        if node.needs[2]:
            node.keep(mat1=mat1)
        attach(out, node)
    return out


def mv(input, vec):
    if input.ndim != 2 or vec.ndim != 1:
        raise RuntimeError(f"vector + matrix @ vector expected, got 1, {input.ndim}, {vec.ndim}")
    if input.dtype is not vec.dtype:
        raise RuntimeError(
            f"addmv input tensors must have the same dtype, but got {vec.dtype.word}, "
            f"{input.dtype.word}, and {vec.dtype.word}"
        )
    if input._shape[1] != vec._shape[0]:
        raise RuntimeError(
            f"size mismatch, got input ({input._shape[0]}), mat "
            f"({input._shape[0]}x{input._shape[1]}), vec ({vec._shape[0]})"
        )
    if input.dtype is bool_:
        refuse("a product of truth values")
    x = values(vec)
    numbers = [dot_product(row, x, input.dtype) for row in _rows(input)]
    out = make(numbers, (input._shape[0],), input.dtype)
    return _recorded(out, MvBackward0, "vec", input, vec)


def dot(input, tensor):
    if input.ndim != 1 or tensor.ndim != 1:
        raise RuntimeError(f"1D tensors expected, but got {input.ndim}D and {tensor.ndim}D tensors")
    if input.dtype is not tensor.dtype:
        raise RuntimeError(
            "dot : expected both vectors to have same dtype, but found "
            f"{input.dtype.word} and {tensor.dtype.word}"
        )
    n, m = input._shape[0], tensor._shape[0]
    if n != m:
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor [{n}] and src [{m}] to have the same "
            f"number of elements, but got {n} and {m} elements respectively"
        )
    if input.dtype is bool_:
        refuse("a product of truth values")
    out = make([dot_product(values(input), values(tensor), input.dtype)], (), input.dtype)
    return _recorded(out, DotBackward0, "tensor", input, tensor)


def bmm(input, mat2):
    if input.ndim != 3 or mat2.ndim != 3:
        raise RuntimeError(("batch1" if input.ndim != 3 else "batch2") + " must be a 3D tensor")
    if input._shape[0] != mat2._shape[0] or input._shape[2] != mat2._shape[1]:
        raise RuntimeError(
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"[{input._shape[0]}, {input._shape[2]}] but got: "
            f"[{mat2._shape[0]}, {mat2._shape[1]}]."
        )
    if input.dtype is not mat2.dtype:
        raise RuntimeError(f"expected scalar type {input.dtype.word} but found {mat2.dtype.word}")
    numbers = []
    for a, b in zip(input.detach().unbind(0), mat2.detach().unbind(0), strict=True):
        numbers += _product(a, b)
    shape = (input._shape[0], input._shape[1], mat2._shape[2])
    out = make(numbers, shape, input.dtype)
    return _recorded(out, BmmBackward0, "mat2", input, mat2)


for _function in (mm, mv, dot, bmm, addmm):
    method(_function)
Tensor.inner = lambda self, other: dot(self, other) if self.ndim == 1 else refuse("inner")
