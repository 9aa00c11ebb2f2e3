import torch

X = torch.tensor([[1.0], [2.0], [3.0]])
y = torch.tensor([2.0, 4.0, 6.0])
w = torch.zeros(1, 1, requires_grad=True)
for step in range(100):
    loss = (X @ w - y.reshape(-1, 1)) ** 2 / 2
    loss.mean().backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
print(loss.shape, w)
