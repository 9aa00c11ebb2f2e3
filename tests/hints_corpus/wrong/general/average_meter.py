import torch
from torch import nn


class AverageMeter:
    def __init__(self):
        self.sum, self.n = 0.0, 0

    def update(self, value):
        self.sum += value
        self.n += 1

    @property
    def avg(self):
        return self.sum / self.n


meter = AverageMeter()
net = nn.Linear(2, 1)
for i in range(2):
    loss = net(torch.randn(3, 2)).pow(2).mean()
    meter.update(loss.item())
meter.avg.backward()
