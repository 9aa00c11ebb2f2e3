import torch

w = torch.tensor([2.0, -1.0], requires_grad=True)
X = torch.randn(8, 2)
y = torch.exp(X @ w) + 0.01 * torch.randn(8)  # <- cause
for step in range(3):
    loss = (torch.exp(X @ w) - y).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        w.grad.zero_()
