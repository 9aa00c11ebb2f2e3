import torch
from torch.utils.data import DataLoader, TensorDataset, WeightedRandomSampler, RandomSampler, BatchSampler, SequentialSampler
torch.manual_seed(0)
ds = TensorDataset(torch.arange(6.))
print([b[0].tolist() for b in DataLoader(ds, batch_size=4, shuffle=True)])
print([b[0].tolist() for b in DataLoader(ds, batch_size=2, sampler=WeightedRandomSampler([1, 1, 1, 5, 5, 5], 4))])
print(list(BatchSampler(SequentialSampler(ds), 4, drop_last=False)))
g = torch.Generator().manual_seed(5)
print([b[0].tolist() for b in DataLoader(ds, batch_size=3, shuffle=True, generator=g)])
