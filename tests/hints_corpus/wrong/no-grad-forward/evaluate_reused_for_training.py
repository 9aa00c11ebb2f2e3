import torch
from torch import nn

model = nn.Linear(3, 1)
criterion = nn.MSELoss()


@torch.no_grad()
def compute_loss(model, x, y):
    out = model(x)  # <- cause
    return criterion(out, y)  # <- cause


opt = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(4, 3), torch.randn(4, 1)
for epoch in range(2):
    opt.zero_grad()
    loss = compute_loss(model, x, y)
    loss.backward()
    opt.step()
