import torch
from torch import nn


class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = {name: nn.Linear(4, 1) for name in ("a", "b")}  # <- cause

    def forward(self, x):
        return {k: h(x) for k, h in self.heads.items()}


opt = torch.optim.SGD(Heads().parameters(), lr=0.1)
