import torch
from torch.utils.data import DataLoader, Dataset


class D(Dataset):
    def __len__(self):
        return 6

    def __getitem__(self, i):
        return torch.randn(3, 1), torch.randn(1)


w = torch.randn(3, 1, requires_grad=True)
for x, y in DataLoader(D(), batch_size=2):
    out = x @ w
