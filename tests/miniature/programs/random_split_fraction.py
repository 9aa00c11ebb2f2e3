import torch
from torch.utils.data import TensorDataset, random_split, DataLoader
torch.manual_seed(0)
ds = TensorDataset(torch.arange(10).float(), torch.arange(10))
tr, va, test = random_split(ds, [0.7, 0.2, 0.1])
print(len(tr), len(va), len(test), list(va.indices))
for x, y in DataLoader(tr, batch_size=4, shuffle=True): print(x, y)
random_split(ds, [5, 6])
