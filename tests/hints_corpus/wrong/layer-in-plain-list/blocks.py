import torch.nn as nn
import torch.optim as optim


class Deep(nn.Module):
    def __init__(self, depth):
        super(Deep, self).__init__()
        self.blocks = [nn.Linear(4, 4) for _ in range(depth)]  # <- cause

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


def build():
    net = Deep(3)
    return net, optim.RMSprop(net.parameters(), lr=1e-3)


build()
