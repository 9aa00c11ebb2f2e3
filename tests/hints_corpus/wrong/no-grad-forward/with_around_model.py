import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(torch.randn(12, 2), torch.randn(12, 1)), batch_size=4)
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
opt = torch.optim.Adam(net.parameters())
for xb, yb in loader:
    with torch.no_grad():
        out = net(xb)  # <- cause
    loss = ((out - yb) ** 2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
