import torch

torch.manual_seed(1)
raw = torch.randn(3, 1, requires_grad=True)
w = raw * raw  # <- cause
X = torch.randn(10, 3)
y = torch.randn(10, 1)
for epoch in range(2):
    l = ((X @ w - y) ** 2).mean()
    l.backward()
    with torch.no_grad():
        raw -= 0.1 * raw.grad
