import torch

w = torch.ones(1, requires_grad=True)
loss = (3 * w - 1).pow(2).mean()
loss.item().backward()  # <- cause
