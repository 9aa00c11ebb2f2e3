import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.b = nn.Linear(2, 1)
        self.unused = nn.Linear(2, 2)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))


net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(2):
    opt.zero_grad()
    loss = net(torch.randn(3, 2)).pow(2).mean()
    loss.backward()
    for name, p in net.named_parameters():
        print(name, p.grad.norm())
    opt.step()
