import torch
from torch import nn

enc, dec, disc = nn.Linear(3, 2), nn.Linear(2, 3), nn.Linear(2, 1)
x = torch.randn(5, 3)
z = torch.tanh(enc(x))  # <- shared
rec = (dec(z) - x).pow(2).mean()
rec.backward()  # <- first
adv = torch.sigmoid(disc(z)).mean()
adv.backward()
