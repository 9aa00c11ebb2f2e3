import torch
from torch.utils.data import DataLoader, Dataset


class Data(Dataset):
    def __len__(self):
        return 6

    def __getitem__(self, i):
        return [1, 2, 3][i]


for batch in DataLoader(Data(), batch_size=2):
    pass
