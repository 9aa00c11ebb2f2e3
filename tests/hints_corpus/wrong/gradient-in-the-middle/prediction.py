import torch

X = torch.ones(4, 2)
w = torch.zeros(2, 1, requires_grad=True)
y_hat = X @ w
(y_hat - 1).pow(2).sum().backward()
print(2 * y_hat.grad)
