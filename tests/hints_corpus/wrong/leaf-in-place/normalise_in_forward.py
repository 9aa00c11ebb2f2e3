import torch
from torch import nn


class Unit(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.rand(3))

    def forward(self, x):
        self.w /= self.w.norm()  # <- cause
        return x @ self.w


Unit()(torch.randn(2, 3))
