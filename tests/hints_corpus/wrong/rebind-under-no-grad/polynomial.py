import math

import torch

x = torch.linspace(-math.pi, math.pi, 200)
y = torch.sin(x)
a = torch.randn((), requires_grad=True)
b = torch.randn((), requires_grad=True)
c = torch.randn((), requires_grad=True)
learning_rate = 1e-6
for t in range(10):
    y_pred = a + b * x + c * x**2
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        a = a - learning_rate * a.grad  # <- cause
        b = b - learning_rate * b.grad  # <- cause
        c = c - learning_rate * c.grad  # <- cause
        a.grad = None
        b.grad = None
        c.grad = None
