import torch
from torch.utils.data import Dataset, DataLoader
class D(Dataset):
    def __init__(self, x): self.x = x
    def __getitem__(self, i): return self.x[i]
try:
    len(D([1, 2]))
except TypeError as e: print(e)
print(list(DataLoader([1, 2, 3], batch_size=2)), list(DataLoader([1.5, 2.5], batch_size=2)), list(DataLoader(["a", "b"], batch_size=2)))
print(next(iter(DataLoader([(torch.zeros(1), 1), (torch.ones(1), 2)], batch_size=2))))
for b in DataLoader(D(torch.arange(3)), batch_size=2): print(b)
