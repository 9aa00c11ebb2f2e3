import torch
from torch.utils.data import TensorDataset, DataLoader, random_split
torch.manual_seed(0)
ds = TensorDataset(torch.arange(10.).unsqueeze(1))
train, val = random_split(ds, [7, 3])
print(len(train), len(val), train.indices)
a, b = random_split(ds, [0.8, 0.2], generator=torch.Generator().manual_seed(1))
print(len(a), len(b))
for (x,) in DataLoader(val, batch_size=2):
    print(x)
for (x,) in DataLoader(train, batch_size=3, drop_last=True):
    print(x.shape)
