import torch

x = torch.arange(3.0)
w = torch.ones(1)
loss = (w * x).sum()
w.requires_grad_(True)
loss.backward()
