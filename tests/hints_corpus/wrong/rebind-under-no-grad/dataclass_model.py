from dataclasses import dataclass

import torch


@dataclass
class Params:
    w: torch.Tensor
    b: torch.Tensor


p = Params(torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True))
X, y = torch.randn(5, 2), torch.randn(5)
for epoch in range(2):
    loss = ((X @ p.w + p.b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        p.w = p.w - 0.1 * p.w.grad  # <- cause
        p.b = p.b - 0.1 * p.b.grad  # <- cause
