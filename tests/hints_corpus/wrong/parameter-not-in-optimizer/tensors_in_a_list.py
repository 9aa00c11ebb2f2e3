import torch
from torch import nn


class Poly(nn.Module):
    def __init__(self, degree):
        super().__init__()
        self.coeffs = [torch.zeros(1, requires_grad=True) for _ in range(degree)]  # <- cause

    def forward(self, x):
        return sum(c * x**i for i, c in enumerate(self.coeffs))


poly = Poly(3)
opt = torch.optim.SGD(poly.parameters(), lr=0.1)
