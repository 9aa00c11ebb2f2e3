import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

net = nn.Linear(2, 1)
loader = DataLoader(TensorDataset(torch.randn(6, 2), torch.randn(6, 1)), batch_size=3)
total = 0.0
for x, y in loader:
    total += nn.functional.mse_loss(net(x), y).item()  # <- cause
total.backward()
