import torch

w = torch.ones(2, requires_grad=True)
loss = float((w**2).sum())  # <- cause
loss.backward()
