import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 3)
        self.b = nn.Linear(3, 3)

    def forward(self, x):
        h = torch.sigmoid(self.a(x))
        F.relu(h, inplace=True)  # <- cause
        return self.b(h)


net = Block()
out = net(torch.randn(2, 3)).sum()
out.backward()
