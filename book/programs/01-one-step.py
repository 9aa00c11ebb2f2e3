# One training step, line by line | book/autograd
import torch

X = torch.tensor([[1.0, 2.0], [3.0, 1.0]])
y = torch.tensor([[-0.6], [6.8]])
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
y_hat = X @ w + b
loss = ((y_hat - y) ** 2 / 2).sum()
loss.backward()
with torch.no_grad():
    for param in [w, b]:
        param -= 0.1 * param.grad / 2
        param.grad.zero_()
print("w:", w.detach().flatten(), "b:", b.item())
