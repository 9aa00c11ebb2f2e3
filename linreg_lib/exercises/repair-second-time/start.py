import torch

X = torch.tensor([[1.0, 2.0], [3.0, 1.0], [0.0, 1.0], [2.0, 2.0]])
y = torch.tensor([[1.0], [4.0], [-1.0], [2.0]])
w = torch.ones(2, 1, requires_grad=True) * 0.1

for start in (0, 2):
    rows = slice(start, start + 2)
    loss = ((X[rows] @ w - y[rows]) ** 2).sum() / 2
    loss.backward()

with torch.no_grad():
    w -= 0.05 * w.grad
print(w)
