import torch
from torch import nn


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.ones(1)

    def forward(self, x):
        return x * self.scale


m = Scale()
out = m(torch.randn(4)).pow(2).mean()
out.backward()
