import torch
from torch.utils.data import Dataset, DataLoader
class DS(Dataset):
    def __init__(self, data, transform=None):
        self.data, self.transform = data, transform
    def __len__(self):
        return len(self.data)
    def __getitem__(self, i):
        x = self.data[i]
        if self.transform:
            x = self.transform(x)
        return {"x": x, "i": i}
dl = DataLoader(DS(torch.arange(5.), lambda t: t * 10), batch_size=2, drop_last=True)
for batch in dl:
    print(batch)
print(len(dl.dataset), dl.batch_size)
