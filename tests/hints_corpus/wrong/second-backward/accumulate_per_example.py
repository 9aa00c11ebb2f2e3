import torch

X = torch.randn(4, 2)
y = torch.randn(4)
w = torch.zeros(2, requires_grad=True)
errors = (X @ w - y) ** 2  # <- cause
for e in errors:
    e.backward()
