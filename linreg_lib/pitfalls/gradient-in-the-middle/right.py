import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
y_hat = x * w
y_hat.retain_grad()
loss = ((y_hat - 2 * x) ** 2).sum()
loss.backward()
gradient = y_hat.grad
print(w.grad, gradient)
