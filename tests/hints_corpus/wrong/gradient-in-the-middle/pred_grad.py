import torch

x = torch.randn(10, 1)
y = 2 * x
w = torch.zeros(1, 1, requires_grad=True)
y_pred = torch.mm(x, w)  # <- cause
loss = (y_pred - y).pow(2).mean()
loss.backward()
grad_out = y_pred.grad * 2
