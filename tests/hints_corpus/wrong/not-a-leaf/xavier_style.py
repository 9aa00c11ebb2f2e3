import math

import torch

n_in, n_out = 4, 2
weights = torch.randn(n_in, n_out, requires_grad=True) / math.sqrt(n_in)  # <- cause
bias = torch.zeros(n_out, requires_grad=True)
x = torch.randn(16, n_in)
t = torch.randn(16, n_out)
out = x @ weights + bias
loss = ((out - t) ** 2).mean()
loss.backward()
with torch.no_grad():
    weights -= 0.1 * weights.grad
    bias -= 0.1 * bias.grad
