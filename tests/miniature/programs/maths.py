import torch
x = torch.tensor([0.5, 1.0, 2.0])
print(x.exp(), x.log(), x.sqrt(), x.rsqrt(), x.sin(), x.cos(), x.tan(), x.tanh(), x.sigmoid())
print(x.pow(3), x ** -1, 2 ** x, x.square(), x.reciprocal(), torch.log10(x), torch.log2(x), torch.expm1(x))
print(torch.asin(torch.tensor(0.5)), torch.atan2(x, torch.ones(3)), torch.erf(x), torch.logsumexp(x, 0))
print(torch.dist(x, torch.zeros(3)), torch.cross(x, torch.ones(3), dim=0), torch.nn.functional.cosine_similarity(x, torch.ones(3), dim=0))
