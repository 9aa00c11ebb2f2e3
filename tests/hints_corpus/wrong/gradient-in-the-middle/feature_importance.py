import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1))
raw = torch.randn(2, 3, requires_grad=True)
normed = (raw - raw.mean()) / raw.std()  # <- cause
net(normed).sum().backward()
saliency = normed.grad.abs()
