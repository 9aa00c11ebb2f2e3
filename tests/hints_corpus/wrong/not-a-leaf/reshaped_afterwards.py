import torch

raw = torch.zeros(2, requires_grad=True)
w = raw.reshape(2, 1)
loss = (torch.ones(4, 2) @ w - 1).pow(2).mean()
loss.backward()
step = 0.1 * w.grad
