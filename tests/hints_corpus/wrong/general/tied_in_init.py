import torch
from torch import nn


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Linear(4, 2, bias=False)
        self.dec_w = self.enc.weight.t() * 1.0

    def forward(self, x):
        return torch.tanh(self.enc(x)) @ self.dec_w.t()


net = Tied()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for x in torch.randn(3, 6, 4):
    loss = (net(x) - x).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
