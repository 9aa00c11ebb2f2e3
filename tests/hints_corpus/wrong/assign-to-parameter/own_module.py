import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(d))

    def reset(self):
        self.w = torch.zeros_like(self.w)  # <- cause


m = Linear(3)
m.reset()
