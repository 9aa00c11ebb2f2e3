import torch
torch.manual_seed(0)
X = torch.rand(6, 3) * torch.tensor([1., 10., 100.])
mu, sigma = X.mean(0), X.std(0)
Z = (X - mu) / sigma
print(Z.mean(0).abs().max() < 1e-5, Z.std(0))
Xmin = X.min(dim=0, keepdim=True)[0]
Xmax = X.max(dim=0, keepdim=True)[0]
S = (X - Xmin) / (Xmax - Xmin)
print(S.min(), S.max(), S.shape)
