import torch
from torch import nn
torch.manual_seed(3)
net = nn.Linear(4, 1)
x = torch.randn(8, 4)
y = torch.randn(8, 1)
l1_lambda = 0.01
opt = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9, nesterov=True)
for _ in range(6):
    mse = nn.functional.mse_loss(net(x), y)
    l1 = sum(p.abs().sum() for p in net.parameters())
    l2 = sum((p ** 2).sum() for name, p in net.named_parameters() if 'weight' in name)
    loss = mse + l1_lambda * l1 + 0.5 * 1e-3 * l2
    opt.zero_grad()
    loss.backward()
    opt.step()
print(mse, l1, l2)
print(loss)
print(net.weight)
