import torch

X = torch.tensor([[1.0, 180.0], [2.0, 210.0], [3.0, 195.0]])
y = X @ torch.tensor([[2.0], [0.1]])
w = torch.zeros(2, 1, requires_grad=True)
for step in range(100):
    loss = ((X @ w - y) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None
print(loss)
