import torch

w = torch.ones(1, requires_grad=True)
loss = (((w - 1) ** 2).sum(),)
loss.backward()
