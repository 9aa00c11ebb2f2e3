import torch

generator = torch.Generator().manual_seed(0)
x = torch.linspace(-1, 1, 20)
y = 2 * x + 5 + torch.randn(20, generator=generator)
A = torch.stack([x, torch.ones(20)], dim=1)
params = torch.zeros(2)
for step in range(2000):
    residual = A @ params - y
    loss = (residual ** 2 / 2).mean()
    if loss <= 0.1:
        break
    params = params - 0.5 * A.T @ residual / 20
print(step, loss)
