import torch
from torch import nn


class Reg(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.zeros(2, 1, requires_grad=True)  # <- cause
        self.b = torch.zeros(1, requires_grad=True)  # <- cause

    def forward(self, x):
        return x @ self.w + self.b


net = Reg()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
