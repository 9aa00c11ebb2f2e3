import torch
x = torch.tensor([[1., 2., 3.], [4., 5., 7.]])
print(x.mean(), x.mean(dim=0), x.mean(1, keepdim=True))
print(x.std(), x.std(dim=1), x.var(unbiased=False))
print(x.max(), x.min(dim=1), x.max(dim=0).indices)
print(x.median(), x.sum((0, 1)), x.prod(dim=1))
print(x.norm(), torch.linalg.norm(x))
print(torch.arange(5).mean())
