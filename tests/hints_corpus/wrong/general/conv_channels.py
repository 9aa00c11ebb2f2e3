import torch
from torch import nn

nn.Conv2d(3, 4, 3)(torch.randn(2, 28, 28, 3))
