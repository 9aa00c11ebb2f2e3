"""torch.nn: layers, losses and the parts they are made of."""

from torch._mini.activation_layers import (
    ELU,
    GELU,
    SELU,
    Hardtanh,
    LeakyReLU,
    LogSigmoid,
    Mish,
    ReLU6,
    SiLU,
    Softmin,
    Softplus,
    Softsign,
)
from torch._mini.containers import ModuleDict, ModuleList, ParameterList, Sequential
from torch._mini.dropping import Dropout
from torch._mini.embedding import Embedding
from torch._mini.layers import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    Flatten,
    HuberLoss,
    Identity,
    L1Loss,
    Linear,
    LogSoftmax,
    MSELoss,
    NLLLoss,
    ReLU,
    Sigmoid,
    SmoothL1Loss,
    Softmax,
    Tanh,
)
from torch._mini.modules import Module
from torch._mini.names import NN
from torch._mini.normalisation import BatchNorm1d, LayerNorm
from torch._mini.parameters import Parameter
from torch._mini.refusal import lacking
from torch.nn import functional, init, parameter, utils

__all__ = [name for name in globals() if name[0].isupper()]
__getattr__ = lacking("torch.nn", NN)
