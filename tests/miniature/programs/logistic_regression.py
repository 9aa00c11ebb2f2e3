import torch
import torch.nn as nn
torch.manual_seed(0)
X = torch.cat([torch.randn(25, 2) - 1.5, torch.randn(25, 2) + 1.5])
y = torch.cat([torch.zeros(25), torch.ones(25)])
class LogReg(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)
    def forward(self, x):
        return torch.sigmoid(self.linear(x)).squeeze(1)
net = LogReg()
loss_fn = nn.BCELoss()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(30):
    p = net(X)
    loss = loss_fn(p, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
acc = ((p > 0.5).float() == y).float().mean()
print(loss, acc)
print("accuracy: {:.2f}%".format(acc * 100))
