import torch

start = [torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)]
w, b = [p.detach().clone() for p in start]  # <- cause
x = torch.randn(4, 2)
loss = ((x @ w + b) - 1).pow(2).mean()
loss.backward()
