import torch
from torch.utils.data import TensorDataset, DataLoader
x = torch.zeros(4, 2)
y = torch.zeros(3)
try:
    TensorDataset(x, y)
except AssertionError as e:
    print(e)
class Bad:
    def __len__(self):
        return 2
    def __getitem__(self, i):
        return torch.zeros(i + 1)
for b in DataLoader(Bad(), batch_size=2):
    print(b)
