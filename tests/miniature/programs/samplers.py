import torch
from torch.utils.data import *
torch.manual_seed(0)
ds = TensorDataset(torch.arange(6)); print(ds[2], ds[1:3], len(ds))
print(list(RandomSampler(ds)), list(SequentialSampler(ds)), list(BatchSampler(SequentialSampler(ds), 4, False)), list(SubsetRandomSampler([1, 3, 5])), list(WeightedRandomSampler([0.1, 0.9, 0.5], 5)))
print([b[0].tolist() for b in DataLoader(ds, batch_size=2, shuffle=True, generator=torch.Generator().manual_seed(2))], [b[0].tolist() for b in DataLoader(ds, batch_size=4, sampler=SubsetRandomSampler([0, 1, 2]))])
c = ConcatDataset([ds, TensorDataset(torch.arange(6, 9))]); print(len(c), c[7], len(Subset(ds, [0, 2])), Subset(ds, [0, 2])[1])
try: TensorDataset(torch.ones(2), torch.ones(3))
except AssertionError as e: print(e)
print([len(s) for s in random_split(ds, [0.5, 0.5])])
try: random_split(ds, [2, 2])
except ValueError as e: print(e)
