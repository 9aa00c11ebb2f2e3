import torch
from torch import nn


class Trainer:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid())
        self.opt = torch.optim.SGD(self.net.parameters(), lr=0.1)

    def closure(self, x):
        self.loss = self.net(x).pow(2).mean()
        self.loss.backward()  # <- cause
        return self.loss

    def run(self):
        x = torch.randn(3, 2)
        self.opt.zero_grad()
        self.closure(x)
        self.opt.step()
        self.loss.backward()


Trainer().run()
