import torch
from torch import nn

nn.BatchNorm1d(2)(torch.randn(1, 2))
