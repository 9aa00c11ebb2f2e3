import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 3)
        self.fc2 = nn.Linear(3, 1)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        out = self.fc2(h)
        return out.detach()  # <- cause


net = Net()
loss = nn.functional.mse_loss(net(torch.randn(4, 2)), torch.zeros(4, 1))
loss.backward()
