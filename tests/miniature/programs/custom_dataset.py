import torch
from torch.utils.data import Dataset, DataLoader
class Squares(Dataset):
    def __init__(self, n):
        self.n = n
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        return float(i), i * i
dl = DataLoader(Squares(5), batch_size=2)
for x, y in dl:
    print(x, y, x.dtype, y.dtype)
xb, yb = next(iter(dl))
print(xb * 2)
