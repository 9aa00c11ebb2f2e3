import torch

x = torch.tensor([1.0, 2.0, 3.0])
y = 2 * x
w = torch.zeros(1, requires_grad=True)
y_hat = x * w
loss = ((y_hat - y) ** 2 / 2).mean()
loss.backward()
print(w.grad)
