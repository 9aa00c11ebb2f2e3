import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 4)
        self.out = nn.Linear(4, 1)

    def forward(self, x, h):
        y, h = self.gru(x, h)
        return self.out(y), h


model = Model()
opt = torch.optim.Adam(model.parameters())
h = None
for i in range(3):
    x = torch.randn(5, 2, 1)
    y_hat, h = model(x, h)  # <- cause
    loss = (y_hat - x).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
