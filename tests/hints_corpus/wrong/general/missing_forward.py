import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)

    def forwards(self, x):
        return self.lin(x)


Net()(torch.randn(3, 2))
