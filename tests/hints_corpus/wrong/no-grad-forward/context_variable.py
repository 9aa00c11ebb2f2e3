import torch
from torch import nn

model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)


def run(x, y, train):
    with torch.set_grad_enabled(train):
        out = model(x)
        loss = ((out - y) ** 2).mean()
    if train or True:
        opt.zero_grad()
        loss.backward()
        opt.step()


run(torch.randn(3, 2), torch.randn(3, 1), train=False)
