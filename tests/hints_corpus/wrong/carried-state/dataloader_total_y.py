import torch
from torch.utils.data import DataLoader, TensorDataset

w0 = torch.randn(2, 1, requires_grad=True)
X = torch.randn(30, 2)
y = (X @ w0).exp()
net = torch.nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for x, t in DataLoader(TensorDataset(X, y), batch_size=10):
    opt.zero_grad()
    l = torch.nn.MSELoss()(net(x), t)
    l.backward()
    opt.step()
