import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

X = np.random.randn(20, 3)
y = np.random.randn(20, 1)
ds = TensorDataset(torch.tensor(X), torch.tensor(y))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(3, 1)

    def forward(self, x):
        return self.lin(x)  # <- cause


net = Net()
for xb, yb in DataLoader(ds, batch_size=5):
    loss = ((net(xb) - yb) ** 2).mean()
    loss.backward()
