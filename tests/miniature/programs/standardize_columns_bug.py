import torch
X = torch.tensor([[1., 10., 5.], [2., 20., 5.], [3., 30., 5.]])
Z = (X - X.mean(dim=0)) / X.std(dim=0)
print(Z)
print(torch.isnan(Z).any(dim=0), torch.isnan(Z).sum())
print(torch.nan_to_num(Z))
