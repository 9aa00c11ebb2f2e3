import torch
from torch import nn


class ResBlock(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.lin = nn.Linear(d, d)

    def forward(self, x):
        out = torch.sigmoid(self.lin(x))
        out += x  # <- cause
        return out


net = ResBlock(3)
net(torch.randn(2, 3)).sum().backward()
