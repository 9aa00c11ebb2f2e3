import torch
torch.manual_seed(42); a = torch.rand(3)
torch.manual_seed(42); b = torch.rand(3)
print(torch.equal(a, b), a, torch.randint(5, (3,)), torch.randn(2, 2), torch.randperm(4), torch.normal(0., 1., (2,)), torch.rand_like(a))
print(torch.empty(2).uniform_(), torch.bernoulli(torch.full((5,), 0.5)), torch.empty(3).bernoulli_(0.3))
