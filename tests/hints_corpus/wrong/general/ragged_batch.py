import torch
from torch.utils.data import DataLoader

data = [torch.ones(3), torch.ones(2)]
for batch in DataLoader(data, batch_size=2):
    pass
