"""The tensor: shape, memory, flags, gradient, and the way out to plain Python."""

import math
import weakref
from operator import attrgetter

from torch._mini import modes
from torch._mini.devices import CPU
from torch._mini.dtypes import FLOAT
from torch._mini.nodes import AccumulateGrad, Handle, Hooks, edge_of
from torch._mini.refusal import refuse
from torch._mini.shapes import (
    Size,
    contiguous_strides,
    is_contiguous,
    places,
    words,
    wrap,
)
from torch._mini.storage import Storage, Version, pack
from torch._mini.warn import warn

NON_LEAF_GRAD = (
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
    "attribute won't be populated during autograd.backward(). If you indeed want the .grad field to "
    "be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access "
    "the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See "
    "github.com/pytorch/pytorch/pull/30531 for more information. (Triggered internally at "
    "/__w/pytorch/pytorch/build/aten/src/ATen/core/TensorBody.h:493.)"
)
NO_FLAG = (
    "you can only change requires_grad flags of leaf variables. If you want to use a computed "
    "variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach()."
)
DEEPCOPY = (
    "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at "
    "the moment.  If you were attempting to deepcopy a module, this may be because of a "
    "torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001"
)
DETACH_VIEW = (
    "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel "
    "(DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP "
    "buckets, and hence detach_() cannot be called on these gradients. To fix this error, please "
    "refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as the solution."
)
GRAD_DTYPE = (
    "attempting to assign a gradient with dtype '{}' to a tensor with grad_dtype '{}'. The gradient "
    "must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's "
    "grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with "
    "caution. Diverging the dtypes of a tensor and its gradient may break downstream systems that "
    "assume they match."
)


def _fact(name, read):
    """A property that nobody may set."""

    def refuse_to_set(self, value):
        raise AttributeError(f"attribute '{name}' of 'torch._C.TensorBase' objects is not writable")

    return property(read, refuse_to_set)


class Tensor:
    """An n-dimensional array of one dtype, a part of a memory, with or without a history.

    `_base` is the tensor that a view was taken of, with the way to it (`_view`); `_counter` counts
    the changes of the memory in place, `_seen` its value when the view's history was made.
    """

    _requires_grad_flag = True  # what the engine knows a tensor by
    __array_priority__ = 1000

    # What a tensor is born with; most never get anything else, so it stands with the class.
    _requires = _retains = _detached = False
    _node = _gradient = _accumulator = _accumulated_hooks = _base = _kind_of_view = None
    _slot = _seen = 0

    def __new__(cls, *data, device=None):
        from torch._mini.creation import legacy

        if cls is not Tensor and not getattr(cls, "_known_subclass", False):
            refuse("a subclass of Tensor")
        return legacy(data)

    @classmethod
    def _raw(cls, storage, shape, strides, offset, counter=None):
        tensor = object.__new__(cls)
        tensor._storage, tensor._shape = storage, tuple(shape)
        tensor._strides, tensor._offset = tuple(strides), offset
        tensor._counter = Version() if counter is None else counter
        return tensor

    def _alias(self):
        """Another tensor on the same memory and version counter, without history."""
        return Tensor._raw(self._storage, self._shape, self._strides, self._offset, self._counter)

    def _copy(self):
        """The same values in memory of their own, without history."""
        return make(values(self), self._shape, self.dtype)

    # Facts ---------------------------------------------------------------------------------------

    shape = _fact("shape", lambda self: Size(self._shape))
    dtype = _fact("dtype", attrgetter("_storage.dtype"))  # asked for at every turn
    device = _fact("device", lambda self: CPU)
    ndim = _fact("ndim", lambda self: len(self._shape))
    is_leaf = _fact("is_leaf", lambda self: self.grad_fn is None)
    retains_grad = _fact("retains_grad", lambda self: self._retains)
    output_nr = _fact("output_nr", lambda self: self._slot)
    itemsize = _fact("itemsize", lambda self: self.dtype.itemsize)
    nbytes = _fact("nbytes", lambda self: self.numel() * self.dtype.itemsize)
    is_cuda = is_meta = is_sparse = is_nested = is_quantized = is_mkldnn = False
    layout = _fact("layout", lambda self: "torch.strided")

    @property
    def requires_grad(self):
        """A view's is its base's, even where the view has no history."""
        if self._requires or self._node is not None:
            return True
        return self._base is not None and self._base.requires_grad

    @property
    def _version(self):
        if self._counter.inference:
            raise RuntimeError("Inference tensors do not track version counter.")
        return self._counter.changes

    @property
    def grad_fn(self):
        """The node that made the tensor; a view whose memory has changed gets a new one."""
        if self._base is not None and self._seen != self._counter.changes:
            from torch._mini.views import renew_history

            renew_history(self)
        return self._node

    def _is_view(self):
        return self._base is not None

    def size(self, dim=None):
        if dim is None:
            return self.shape
        if not self._shape:
            raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
        return self._shape[wrap(dim, self.ndim)]

    def dim(self):
        return len(self._shape)

    ndimension = dim

    def numel(self):
        return math.prod(self._shape)

    nelement = numel

    def element_size(self):
        return self.dtype.itemsize

    def stride(self, dim=None):
        return self._strides if dim is None else self._strides[wrap(dim, self.ndim)]

    def storage_offset(self):
        return self._offset

    def untyped_storage(self):
        return self._storage

    def data_ptr(self):
        return self._storage.address + self._offset * self.dtype.itemsize

    def is_contiguous(self):
        return is_contiguous(self._shape, self._strides)

    def contiguous(self):
        if self.is_contiguous():
            return self
        return self.clone(memory_format="contiguous")

    def is_floating_point(self):
        return self.dtype.category == FLOAT

    def is_complex(self):
        return False

    def is_inference(self):
        return self._counter.inference

    def is_shared(self):
        return False

    def get_device(self):
        return -1

    def type(self, dtype=None):
        from torch._mini.tensor_types import meant

        return f"torch.{self.dtype.word}Tensor" if dtype is None else self.to(meant(dtype))

    # Flags and gradients -------------------------------------------------------------------------

    @requires_grad.setter
    def requires_grad(self, value):
        if not self.is_leaf and not value:
            raise RuntimeError(NO_FLAG)
        if value and self.dtype.category != FLOAT:
            raise RuntimeError(
                "only Tensors of floating point and complex dtype can require gradients"
            )
        self._requires = bool(value)

    def requires_grad_(self, requires_grad=True):
        if not isinstance(requires_grad, bool):
            raise TypeError(
                "requires_grad_(): argument 'requires_grad' (position 1) must be bool, "
                f"not {type(requires_grad).__name__}"
            )
        if not self.is_leaf and not requires_grad:
            raise RuntimeError(NO_FLAG)
        if requires_grad and self.dtype.category != FLOAT:
            raise RuntimeError("only Tensors of floating point dtype can require gradients")
        if requires_grad and self._counter.inference and not modes.inference[0]:
            raise RuntimeError(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed."
            )
        self._requires = bool(requires_grad)
        return self

    @property
    def grad(self):
        if self._requires and not self._retains and self.grad_fn is not None:
            warn(NON_LEAF_GRAD)
        return self._gradient

    @grad.setter
    def grad(self, gradient):
        if gradient is not None:
            if not isinstance(gradient, Tensor):
                raise TypeError(
                    "assigned grad expected to be a Tensor or None but got grad of type "
                    f"{type(gradient).__name__}"
                )
            if gradient is self:
                raise RuntimeError("can't assign Variable as its own grad")
            if gradient.dtype is not self.dtype:
                raise RuntimeError(GRAD_DTYPE.format(gradient.dtype.c_word, self.dtype.word))
            if gradient._shape != self._shape:
                raise RuntimeError(
                    f"attempting to assign a gradient of size '{words(gradient._shape)}' to a "
                    f"tensor of size '{words(self._shape)}'. Please ensure that the gradient and "
                    "the tensor are the same size"
                )
        self._gradient = gradient

    @grad.deleter
    def grad(self):
        self._gradient = None

    def retain_grad(self):
        if not self._requires:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        node = self.grad_fn
        if node is not None and not self._retains:
            self._retains = True
            node._retainers.append((self._slot, weakref.ref(self)))

    def register_hook(self, hook):
        if not self._requires:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        node, slot = edge_of(self)
        if isinstance(node, AccumulateGrad):
            self._keeps_accumulator = node  # PyTorch's leaf keeps it too, once it has a hook
        hooks = node.__dict__.setdefault("_tensor_hooks", {}).setdefault(slot, Hooks())
        return Handle(hooks, hook)

    def register_post_accumulate_grad_hook(self, hook):
        if not self._requires:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if self.grad_fn is not None:
            raise RuntimeError(
                "post accumulate grad hooks cannot be registered on non-leaf tensors"
            )
        if self._accumulated_hooks is None:
            self._accumulated_hooks = Hooks()
        return Handle(self._accumulated_hooks, hook)

    def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
        from torch._mini.engine import backward

        backward(self, gradient, retain_graph, create_graph, inputs=inputs)

    @property
    def data(self):
        tensor = self._alias()
        tensor._counter = Version()
        return tensor

    @data.setter
    def data(self, new):
        if not isinstance(new, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type(new).__name__}")
        if new.dtype is not self.dtype:
            refuse("assigning .data of another dtype")
        if self._node is not None or self._base is not None:
            refuse("assigning .data of a tensor that is no leaf, or a view")
        self._storage, self._shape = new._storage, new._shape
        self._strides, self._offset = new._strides, new._offset

    def detach(self):
        tensor = self._alias()
        tensor._detached = True
        return tensor

    def detach_(self):
        if self._base is not None:
            raise RuntimeError(DETACH_VIEW)
        self._node, self._requires, self._slot = None, False, 0
        self._retains = False
        return self

    def __hash__(self):
        return id(self)

    def __deepcopy__(self, memo):
        if not self.is_leaf:
            raise RuntimeError(DEEPCOPY)
        if id(self) in memo:
            return memo[id(self)]
        copy = self._copy()
        copy.__class__ = type(self)
        copy._requires = self._requires
        if self._gradient is not None:
            copy._gradient = self._gradient.__deepcopy__(memo)
        for name in self.__dict__:
            if not name.startswith("_"):
                refuse("a deep copy of a tensor with attributes of its own")
        memo[id(self)] = copy
        return copy

    def _refused(self, *others):
        refuse("this operator on tensors")

    __delitem__ = __lshift__ = __rshift__ = __rlshift__ = __rrshift__ = _refused
    __ilshift__ = __irshift__ = __rmatmul__ = __array__ = _refused

    def __copy__(self):
        refuse("copy.copy of a tensor")

    def __reduce_ex__(self, protocol):
        refuse("pickling a tensor")

    def __getattr__(self, name):
        from torch._mini.names import TENSOR

        if name in TENSOR:
            refuse(f"Tensor.{name}")
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


def make(numbers, shape, kind):
    """A new tensor of these numbers, in row-major order."""
    return Tensor._raw(Storage(pack(numbers, kind), kind), shape, contiguous_strides(shape), 0)


def values(tensor) -> list:
    """The elements in row-major order, as Python numbers."""
    numbers, offset = tensor._storage.numbers, tensor._offset
    if tensor.is_contiguous():
        return numbers[offset : offset + math.prod(tensor._shape)].tolist()
    return [numbers[i] for i in places(tensor._shape, tensor._strides, offset)]


def store(tensor, numbers) -> None:
    """Write elements, in row-major order, into a tensor's memory; the version is the caller's."""
    new = pack(numbers, tensor.dtype)
    memory = tensor._storage.numbers
    if tensor.is_contiguous():
        memory[tensor._offset : tensor._offset + len(new)] = new
    else:
        for place, number in zip(
            places(tensor._shape, tensor._strides, tensor._offset), new, strict=True
        ):
            memory[place] = number


def spread(tensor, shape) -> list:
    """The elements of a tensor, broadcast to a shape."""
    if tensor._shape == tuple(shape):
        return values(tensor)
    if math.prod(tensor._shape) == 1:
        return [tensor._storage.numbers[tensor._offset]] * math.prod(shape)
    lead = len(shape) - len(tensor._shape)
    strides = (0,) * lead + tuple(
        0 if n == 1 else stride for n, stride in zip(tensor._shape, tensor._strides, strict=True)
    )
    numbers = tensor._storage.numbers
    return [numbers[i] for i in places(shape, strides, tensor._offset)]


def method(function, *names):
    """Make a function a method of tensors, under these names or its own."""
    for name in names or (function.__name__.rstrip("_") or function.__name__,):
        setattr(Tensor, name, function)
    return function
