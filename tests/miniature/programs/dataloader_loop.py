import torch
from torch.utils.data import TensorDataset, DataLoader
torch.manual_seed(0)
X = torch.arange(20.).view(10, 2)
y = X.sum(1, keepdim=True)
ds = TensorDataset(X, y)
print(len(ds), ds[3])
dl = DataLoader(ds, batch_size=4, shuffle=True)
for epoch in range(2):
    for i, (xb, yb) in enumerate(dl):
        print(epoch, i, xb.shape, yb.squeeze().tolist())
print(len(dl))
