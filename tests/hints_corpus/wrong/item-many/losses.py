import torch

l = torch.ones(8)
history = []
history.append(l.item())
