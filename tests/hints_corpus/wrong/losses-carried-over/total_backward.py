import torch
from torch import nn

model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
opt = torch.optim.SGD(model.parameters(), lr=0.1)
batches = [(torch.randn(4, 2), torch.randn(4, 1)) for _ in range(3)]
running_loss = 0
for xb, yb in batches:
    opt.zero_grad()
    running_loss += nn.functional.mse_loss(model(xb), yb)  # <- cause
    running_loss.backward()
    opt.step()
