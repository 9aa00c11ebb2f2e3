import torch
from torch.utils.data import Dataset, DataLoader
class DS(Dataset):
    def __init__(self):
        self.x = [1., 2., 3.]
    def __len__(self):
        return 4
    def __getitem__(self, i):
        return self.x[i]
for b in DataLoader(DS(), batch_size=2):
    print(b)
