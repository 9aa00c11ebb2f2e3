import torch
from torch.utils.data import DataLoader

for x, y, z in DataLoader(list(zip(range(4), range(4))), batch_size=2):
    pass
