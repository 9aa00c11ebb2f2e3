import torch
a = torch.arange(9).view(3, 3)
print(torch.triu(a), torch.tril(a))
print(torch.diag(torch.tensor([1, 2, 3])), torch.diag(a), a.diagonal())
print(torch.trace(a), a.sum(0))
