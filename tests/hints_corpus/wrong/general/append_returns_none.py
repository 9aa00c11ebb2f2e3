import torch

losses = []
w = torch.ones(1, requires_grad=True)
losses = losses.append((w**2).sum())
losses.append(1)
