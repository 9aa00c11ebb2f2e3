import torch

w = torch.randn(2, requires_grad=True)
x = torch.randn(20, 2)
labels = (x[:, 0] > 0).float()
for step in range(10):
    p = torch.sigmoid(x @ w)
    decision = (p > 0.5).float()  # <- cause
    error = torch.abs(decision - labels).mean()
    error.backward()
