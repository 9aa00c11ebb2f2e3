import torch

torch.manual_seed(0)
X = torch.randn(50, 3)
y = X @ torch.tensor([1.0, -2.0, 0.5]) + 0.3

w = torch.zeros(3, requires_grad=True)
velocity = torch.zeros(3)
lr, mu = 0.05, 0.9

for epoch in range(20):
    pred = X @ w
    loss = ((pred - y) ** 2).mean()
    loss.backward()
    velocity = mu * velocity + w.grad
    w = w - lr * velocity  # <- cause
    w.grad.zero_()
