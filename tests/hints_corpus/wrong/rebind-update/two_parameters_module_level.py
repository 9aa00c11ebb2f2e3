import numpy as np
import torch

xs = torch.from_numpy(np.linspace(0, 1, 20)).float()
ys = 3 * xs + 1

m = torch.rand(1, requires_grad=True)
c = torch.rand(1, requires_grad=True)
learning_rate = 0.1

for i in range(100):
    y_pred = m * xs + c
    loss = torch.mean((ys - y_pred) ** 2)
    loss.backward()
    m = m - learning_rate * m.grad  # <- cause
    c = c - learning_rate * c.grad
    m.grad.zero_()
    c.grad.zero_()
