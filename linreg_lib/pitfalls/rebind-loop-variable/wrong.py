import torch

X = torch.tensor([[1.0], [2.0], [3.0]])
y = 2 * X
w = torch.zeros(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
loss = ((X @ w + b - y) ** 2 / 2).sum()
loss.backward()
with torch.no_grad():
    for param in [w, b]:
        param = param - 0.1 * param.grad / 3
print(w, b)
