import torch

x = torch.linspace(-1, 1, 10)
theta = [torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)]
for _ in range(2):
    loss = ((theta[0] * x + theta[1] - x) ** 2).sum()
    loss.backward()
    for i, p in enumerate(theta):
        theta[i] = p - 0.01 * p.grad
