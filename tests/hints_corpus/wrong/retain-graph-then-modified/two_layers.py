import torch
from torch import nn

model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
opt = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(6, 2), torch.randn(6, 1)
loss = nn.functional.mse_loss(model(x), y)
for i in range(3):
    opt.zero_grad()
    loss.backward(retain_graph=True)  # <- retain
    opt.step()  # <- cause
