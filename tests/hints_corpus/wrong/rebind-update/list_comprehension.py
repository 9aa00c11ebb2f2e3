import torch

X, y = torch.randn(8, 3), torch.randn(8, 1)
params = [torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
for step in range(4):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    loss.backward()
    params = [p - 0.1 * p.grad for p in params]
