import torch

X = torch.randn(6, 2)
y = torch.randn(6)
theta = torch.randn(2, requires_grad=True)
for epoch in range(3):
    loss = torch.sum((X @ theta - y) ** 2)
    loss.backward()
    theta = theta.data - 0.01 * theta.grad.data  # <- cause
