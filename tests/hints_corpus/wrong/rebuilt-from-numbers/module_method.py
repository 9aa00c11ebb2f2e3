import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)

    def forward(self, X):
        return self.linear(X).data


net = Net()
loss = (net(torch.ones(3, 2)) ** 2).mean()
loss.backward()
