import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Linear(8, 4)
        self.classifier = nn.Linear(4, 2)

    def forward(self, x):
        return self.classifier(torch.relu(self.features(x)))


net = Net()
for param in net.parameters():
    param.requires_grad = False
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 8), torch.randint(0, 2, (6,))
loss = nn.CrossEntropyLoss()(net(x), y)
opt.zero_grad()
loss.backward()
