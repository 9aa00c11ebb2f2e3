import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 4)

    def forward(self, x):
        h = torch.tanh(self.fc(x))
        out = (h * h).sum()
        h.mul_(0)
        return out


Net()(torch.randn(3, 2)).backward()
