import torch
torch.manual_seed(7)
a = torch.rand(1); torch.manual_seed(7); b = torch.rand(1); print(a == b, a, b)
g1 = torch.Generator().manual_seed(3); g2 = torch.Generator().manual_seed(3)
print(torch.equal(torch.randn(5, generator=g1), torch.randn(5, generator=g2)), torch.randperm(10, generator=g1), torch.randint(0, 100, (3,), generator=g1))
print(torch.normal(5., 2., (2, 2)), torch.empty(2).uniform_(1, 2), torch.randn(2, 2).mul_(0.01), torch.bernoulli(torch.full((5,), 0.5)), torch.rand(3) < 0.5)
idx = torch.randperm(5); print(idx, torch.arange(5)[idx], torch.arange(10.).view(5, 2)[idx[:2]])
print(torch.randn(3, 4, 5).sum(), torch.randn(1000).mean(), torch.rand(1000).std(), torch.randint(1, 7, (1000,)).float().mean())
