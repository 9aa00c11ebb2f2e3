import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 2)
    def forward(self, x, mask):
        return self.lin(x) * mask
net = Net()
print(net(torch.ones(1, 2), torch.zeros(1, 2)))
net(torch.ones(1, 2))
