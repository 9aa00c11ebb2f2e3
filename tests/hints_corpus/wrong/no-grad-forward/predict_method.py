import torch
from torch import nn


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)

    def forward(self, x):
        return self.lin(x)

    def predict(self, x):
        with torch.no_grad():
            return self(x)  # <- cause


reg = Regressor()
opt = torch.optim.SGD(reg.parameters(), lr=0.1)
x, y = torch.randn(4, 2), torch.randn(4, 1)
loss = ((reg.predict(x) - y) ** 2).mean()
loss.backward()
opt.step()
