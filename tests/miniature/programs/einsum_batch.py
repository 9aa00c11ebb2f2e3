import torch
torch.manual_seed(2)
q = torch.randn(2, 4, 3, requires_grad=True)
k = torch.randn(2, 5, 3)
s = torch.einsum("bqd,bkd->bqk", q, k)
print(s.shape, s[0, 0])
(s ** 2).sum().backward()
print(q.grad[0, 0])
print(torch.einsum("...d->...", k).shape)
