import torch
from torch.utils.data import DataLoader
from torch.nn.utils.rnn import pad_sequence
data = [torch.ones(2), torch.ones(4), torch.ones(1)]
def collate(batch):
    return pad_sequence(batch, batch_first=True), torch.tensor([len(b) for b in batch])
for x, l in DataLoader(data, batch_size=3, collate_fn=collate):
    print(x, l)
