"""A miniature of PyTorch in plain Python.

Its law: what it does is what PyTorch 2.13 does, in values, shapes, messages and graph; what it
cannot do it refuses, by name. `torch._mini` holds how.
"""

import sys as _sys

from torch._mini import activation_layers as _activation_layers
from torch._mini import beside as _beside
from torch._mini import blending as _blending
from torch._mini import classification as _classification
from torch._mini import comparing as _comparing
from torch._mini import comparisons as _comparisons
from torch._mini import conveniences as _conveniences
from torch._mini import converting as _converting
from torch._mini import (
    creation as _creation,
)
from torch._mini import distances as _distances
from torch._mini import drawing as _drawing
from torch._mini import dropping as _dropping
from torch._mini import einsum as _einsum
from torch._mini import elementwise as _elementwise
from torch._mini import embedding as _embedding
from torch._mini import extremes as _extremes
from torch._mini import functions as _functions
from torch._mini import indexing as _indexing  # its import gives tensors their [...]
from torch._mini import inplace as _inplace
from torch._mini import joining as _joining
from torch._mini import leaving as _leaving  # its import gives tensors item, tolist ...
from torch._mini import limits as _limits
from torch._mini import losses as _losses
from torch._mini import matmul as _matmul
from torch._mini import matrices as _matrices
from torch._mini import normalisation as _normalisation
from torch._mini import operators as _operators
from torch._mini import ordering as _ordering
from torch._mini import overrides as _overrides
from torch._mini import overwriting as _overwriting
from torch._mini import parts as _parts
from torch._mini import places as _places
from torch._mini import powers as _powers
from torch._mini import products as _products
from torch._mini import random as _random
from torch._mini import ranking as _ranking
from torch._mini import reductions as _reductions
from torch._mini import refusal as _refusal
from torch._mini import remainders as _remainders
from torch._mini import repeating as _repeating
from torch._mini import rounding as _rounding
from torch._mini import running as _running
from torch._mini import scattering as _scattering
from torch._mini import shaping as _shaping
from torch._mini import softmax as _softmax
from torch._mini import solving as _solving
from torch._mini import spread as _spread
from torch._mini import statistics as _statistics
from torch._mini import tensor_types as _tensor_types
from torch._mini import views as _views
from torch._mini.anomaly import is_anomaly_check_nan_enabled, is_anomaly_enabled
from torch._mini.devices import device
from torch._mini.dtypes import (
    bfloat16,
    can_cast,
    dtype,
    finfo,
    float16,
    float32,
    float64,
    iinfo,
    int8,
    int16,
    int32,
    int64,
    promote_types,
    result_type,
    uint8,
)
from torch._mini.dtypes import bool_ as bool
from torch._mini.dtypes import default as _default
from torch._mini.modes import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from torch._mini.names import TORCH as _TORCH
from torch._mini.printing import set_printoptions
from torch._mini.random import Generator, default_generator, manual_seed, seed
from torch._mini.saving import load, save
from torch._mini.shapes import Size
from torch._mini.tensor import Tensor

__version__ = "2.13.0+miniature"
half, float, double = float16, float32, float64
short, int, long = int16, int32, int64
strided = "torch.strided"
inf, nan, pi, e = _elementwise.inf, _elementwise.nan, 3.141592653589793, 2.718281828459045
globals().update(_tensor_types.BY_NAME)


def is_tensor(obj):
    return isinstance(obj, Tensor)


def is_floating_point(input):
    return input.is_floating_point()


def numel(input):
    return input.numel()


def get_default_dtype():
    return _default[0]


def set_default_dtype(d):
    if not isinstance(d, dtype) or d.code is None or not d.is_floating_point:
        _refusal.refuse("set_default_dtype to this")
    _default[0] = d


def typename(obj):
    from torch._mini.parameters import _typename

    return _typename(obj)


def set_num_threads(n):
    pass


def use_deterministic_algorithms(mode, *, warn_only=False):
    pass  # all of them are


def get_num_threads():
    return 1


def detach(input):
    return input.detach()


_functions_of_torch = [
    function
    for module, names in {
        _creation: "zeros ones empty full zeros_like ones_like empty_like full_like tensor "
        "as_tensor scalar_tensor frombuffer from_numpy arange linspace eye",
        _drawing: "randn rand randn_like rand_like normal randint randperm bernoulli multinomial",
        _elementwise: "add sub rsub mul div",
        _remainders: "floor_divide remainder",
        _powers: "pow square",
        _functions: "neg abs exp log log1p log2 log10 sqrt sin cos tanh sigmoid relu reciprocal "
        "rsqrt tan asin acos atan arctan arcsin arccos sinh cosh erf expm1 deg2rad",
        _rounding: "ceil floor trunc sign sgn round frac nan_to_num",
        _comparisons: "isnan isinf isfinite logical_not logical_and logical_or logical_xor eq ne lt "
        "le gt ge bitwise_and bitwise_or bitwise_xor",
        _limits: "clamp clamp_min clamp_max where maximum minimum",
        _blending: "fmod atan2 lerp addcmul addcdiv hypot",
        _ordering: "permute t transpose movedim",
        _shaping: "reshape flatten ravel unsqueeze squeeze broadcast_to broadcast_tensors "
        "broadcast_shapes unflatten",
        _parts: "select narrow unbind split chunk tensor_split",
        _places: "nonzero index_select gather masked_fill",
        _joining: "cat stack hstack vstack column_stack atleast_1d atleast_2d atleast_3d dstack "
        "block_diag",
        _repeating: "tile flip roll repeat_interleave rot90",
        _converting: "clone",
        _reductions: "sum mean prod logsumexp",
        _spread: "var std norm var_mean std_mean dist",
        _extremes: "max min argmax argmin amax amin aminmax",
        _comparing: "all any allclose equal isclose",
        _ranking: "sort argsort topk median kthvalue mode quantile unique unique_consecutive bincount "
        "searchsorted bucketize count_nonzero histc",
        _statistics: "nansum nanmean cov corrcoef",
        _running: "cumsum cumprod cummax cummin diff trapezoid",
        _scattering: "scatter scatter_add index_fill index_add masked_select take",
        _matrices: "triu tril diagonal diag trace matrix_power meshgrid tril_indices triu_indices "
        "cartesian_prod",
        _solving: "det inverse",
        _distances: "cdist cosine_similarity",
        _einsum: "einsum",
        _conveniences: "is_nonzero argwhere isin fliplr flipud hsplit vsplit dsplit kron vander logspace "
        "inner combinations diag_embed diagflat take_along_dim heaviside rad2deg positive gcd lcm msort",
        _dropping: "dropout",
        _products: "mm mv dot bmm addmm",
        _matmul: "matmul outer",
        _softmax: "softmax_along log_softmax_along",
        _random: "initial_seed get_rng_state set_rng_state",
    }.items()
    for function in (getattr(module, name) for name in names.split())
]
_overrides.publish(globals(), "torch", _functions_of_torch)
for _alias, _name in {
    "concat": "cat",
    "concatenate": "cat",
    "multiply": "mul",
    "subtract": "sub",
    "divide": "div",
    "true_divide": "div",
    "absolute": "abs",
    "negative": "neg",
    "clip": "clamp",
    "row_stack": "vstack",
    "swapaxes": "transpose",
    "swapdims": "transpose",
    "moveaxis": "movedim",
    "ger": "outer",
    "trapz": "trapezoid",
}.items():
    globals()[_alias] = globals()[_name]
_overrides.publish_methods(Tensor)
for _name in ("randn_like", "rand_like"):
    globals()[_name] = getattr(_drawing, _name)

from torch import (
    _C,
    autograd,
    backends,
    cuda,
    linalg,
    multiprocessing,
    nn,
    optim,
    overrides,
    random,
    utils,
    version,
)
from torch._mini.homes import settle as _settle

_settle(_sys.modules[__name__], autograd, nn, optim, optim.lr_scheduler, overrides, utils.data)


class _Lacking:
    """Submodules that PyTorch has and the miniature lacks are refused, not missing."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.startswith("torch."):
            _refusal.refuse(name)


for _module in list(_sys.modules.values()):
    if _module.__name__.startswith("torch.") and not hasattr(_module, "__path__"):
        _module.__path__ = []  # so that what is not in it is looked for, and refused
_sys.meta_path.insert(0, _beside.Finder)
_sys.meta_path.append(_Lacking)


__getattr__ = _refusal.lacking("torch", _TORCH)
