import torch
from torch.utils.data import DataLoader, Dataset
class CSV(Dataset):
    def __init__(self, text, transform=None):
        rows = [list(map(float, l.split(","))) for l in text.strip().splitlines()]
        self.x = torch.tensor([r[:-1] for r in rows]); self.y = torch.tensor([r[-1] for r in rows]); self.transform = transform
    def __len__(self): return len(self.x)
    def __getitem__(self, i):
        s = self.x[i], self.y[i]
        return self.transform(s) if self.transform else s
ds = CSV("1,2,3\n4,5,6\n7,8,9\n1,0,1", transform=lambda s: (s[0] / 10, s[1])); print(len(ds), ds[0], ds[-1])
for x, y in DataLoader(ds, batch_size=3): print(x, y, x.shape, y.dtype)
torch.manual_seed(1); print([y.tolist() for _, y in DataLoader(ds, batch_size=2, shuffle=True)], [y.tolist() for _, y in DataLoader(ds, batch_size=2, shuffle=True)])
x, y = next(iter(DataLoader(ds, batch_size=len(ds)))); print(x.mean(0), x.std(0)); print(iter(DataLoader(ds)).__class__.__name__, DataLoader(ds).dataset is ds)
