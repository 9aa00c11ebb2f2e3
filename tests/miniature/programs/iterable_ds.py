import torch
from torch.utils.data import IterableDataset, DataLoader
class It(IterableDataset):
    def __iter__(self):
        for i in range(5): yield torch.tensor([i])
for b in DataLoader(It(), batch_size=2): print(b)
