import torch
from torch.utils.data import TensorDataset, DataLoader, Subset, SubsetRandomSampler
ds = TensorDataset(torch.arange(6))
print([d[0].item() for d in Subset(ds, [0, 2, 4])])
torch.manual_seed(0)
dl = DataLoader(ds, batch_size=2, sampler=SubsetRandomSampler([1, 3, 5]))
print(sum(len(b[0]) for b in dl))
