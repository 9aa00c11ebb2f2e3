import torch
from torch.utils.data import DataLoader
data = [torch.ones(i) for i in (1, 3, 2)]
def pad(batch):
    m = max(len(b) for b in batch)
    out = torch.zeros(len(batch), m)
    for i, b in enumerate(batch):
        out[i, :len(b)] = b
    return out
for b in DataLoader(data, batch_size=3, collate_fn=pad):
    print(b)
