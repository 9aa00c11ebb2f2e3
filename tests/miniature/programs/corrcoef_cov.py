import torch
x = torch.tensor([[0., 1., 2.], [2., 1., 0.5]])
print(torch.corrcoef(x))
print(torch.cov(x))
