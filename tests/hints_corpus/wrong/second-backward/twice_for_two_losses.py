import torch
from torch import nn

encoder = nn.Linear(4, 3)
head_a, head_b = nn.Linear(3, 1), nn.Linear(3, 1)
x = torch.randn(5, 4)
features = torch.tanh(encoder(x))  # <- shared
loss_a = head_a(features).pow(2).mean()
loss_b = head_b(features).abs().mean()
loss_a.backward()  # <- first
loss_b.backward()
