import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)

    def forward(self, x):
        self.lin(x)


loss = (Net()(torch.randn(3, 2)) - 1).pow(2).mean()
