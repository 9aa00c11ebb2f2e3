import torch

X, y = torch.randn(10, 2), torch.randn(10, 1)
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    y_hat = X.mm(w) + b
    l = (y_hat - y) ** 2 / 2
    l.backward()  # <- cause
